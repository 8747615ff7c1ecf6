import { jsonReply, type Reply } from '../kit/reply'
import type { ModelProtocol } from '../models/desk'
import { onlyNew, timestamp, type KeyContext, type Route } from './context'
import { middlewareError } from './envelope'
import { newUsage, oldUsage } from './key-usage'
import type { GroupRow } from './state'
import { clockTime } from './zones'

/** Model items of an OpenAI group and of all others (`contracts/sub2api.md` 14). */
function modelView(name: string, group: GroupRow | null): Record<string, unknown> {
  if (group?.platform === 'openai') {
    return {
      id: name,
      object: 'model',
      created: 1_700_000_000,
      owned_by: 'openai',
      type: 'model',
      display_name: name,
    }
  }
  return { id: name, type: 'model', display_name: name, created_at: '2026-01-01T00:00:00Z' }
}

/** `GET /v1/models`: those of the key's group; of every group for an old key without one. */
function listModels(context: KeyContext): Reply {
  const data = modelsOf(context).map((name) => modelView(name, context.group))
  return jsonReply({ object: 'list', data })
}

function modelsOf({ relay, group }: KeyContext): string[] {
  const groups = group === null ? [...relay.state.groups.values()] : [group]
  return [...new Set(groups.flatMap(({ models }) => models.map(({ name }) => name)))]
}

const DEFAULT_DAYS = 30
const MAX_DAYS = 90

function daysOf({ url }: KeyContext): number | null {
  const text = (url.searchParams.get('days') ?? '').trim()
  if (text === '') return DEFAULT_DAYS
  const days = /^\d+$/.test(text) ? Number(text) : 0
  return days >= 1 && days <= MAX_DAYS ? days : null
}

/** `GET /v1/usage`: raw JSON without an envelope (14.1). */
function readUsage(context: KeyContext): Reply {
  if (!context.relay.isNew) {
    const usage = oldUsage(context)
    if (usage !== null) return jsonReply(usage)
    return middlewareError(403, 'SUBSCRIPTION_NOT_FOUND', 'No active subscription found')
  }
  const days = daysOf(context)
  // The code of this 400 is not in the contract.
  if (days === null) return middlewareError(400, 'INVALID_REQUEST', 'days must be 1 to 90')
  return jsonReply(newUsage(context, days))
}

/** Whether a moment lies in a peak window, which may run over midnight. */
function isWithin(time: string, { start, end }: { start: string; end: string }): boolean {
  return start <= end ? time >= start && time < end : time >= start || time < end
}

/** `GET /v1/sub2api/billing`: the multiplier in force (14.2). */
function readBilling({ relay, user, group }: KeyContext): Reply {
  const { runMode, serverTimezone } = relay.state.settings
  // The body of this 404 is not in the contract.
  if (runMode === 'simple' || group === null) {
    return middlewareError(404, 'NOT_FOUND', 'billing is not available')
  }
  const own = user.rates[group.id]
  const resolved = own ?? group.rateMultiplier
  const { peak } = group
  const isPeak = peak !== null && isWithin(clockTime(relay.nowMs(), serverTimezone), peak)
  const applied = isPeak ? peak.multiplier : 1
  return jsonReply({
    object: 'sub2api.key_billing',
    schema_version: 1,
    billing_scope: 'token',
    group_rate_multiplier: group.rateMultiplier,
    ...(own === undefined ? {} : { user_rate_multiplier: own }),
    resolved_rate_multiplier: resolved,
    peak_rate_enabled: peak !== null,
    ...(peak === null
      ? {}
      : {
          peak_start: peak.start,
          peak_end: peak.end,
          peak_rate_multiplier: peak.multiplier,
          applied_peak_multiplier: applied,
          timezone: serverTimezone,
        }),
    effective_rate_multiplier: resolved * applied,
    observed_at: timestamp(relay.nowMs()),
  })
}

/** Models in Gemini's form (14). */
function listGemini(context: KeyContext): Reply {
  return jsonReply({
    models: modelsOf(context).map((name) => ({ name: `models/${name}`, displayName: name })),
  })
}

/** Which protocols a platform speaks besides its own is not in the contract: here, only its own. */
const SPOKEN: Readonly<Record<string, readonly ModelProtocol[]>> = {
  anthropic: ['messages'],
  openai: ['chat', 'responses'],
  gemini: ['gemini'],
}

/** Error of the models' side, in the form of the protocol asked for. */
function gatewayError(status: number, type: string, message: string): Reply {
  return jsonReply({ type: 'error', error: { type, message } }, status)
}

function passOn(context: KeyContext, protocol: ModelProtocol): Reply {
  const { relay, group, params, call } = context
  if (group !== null && SPOKEN[group.platform]?.includes(protocol) !== true) {
    const message = `This endpoint is not supported for ${group.platform} platform`
    return gatewayError(404, 'not_found_error', message)
  }
  // The words of this refusal are not in the contract (9).
  const isClaudeCode = (call.headers['user-agent'] ?? '').startsWith('claude-cli/')
  if (group?.claudeCodeOnly === true && !isClaudeCode) {
    const message = 'This group only allows Claude Code clients (claude_code_only)'
    return gatewayError(403, 'permission_error', message)
  }
  return relay.models.answer(protocol, call, {
    modelInPath: params['call'] ?? '',
    refusal: (model) =>
      modelsOf(context).includes(model)
        ? null
        : gatewayError(404, 'not_found_error', `model: ${model}`),
  })
}

function modelRoute(path: string, protocol: ModelProtocol): Route {
  const handle = (context: KeyContext): Reply => passOn(context, protocol)
  return { method: 'POST', path, auth: 'key', isBilled: true, handle }
}

/** What an API key can ask for (`contracts/sub2api.md` 14). */
export const gatewayRoutes: Route[] = [
  { method: 'GET', path: '/v1/models', auth: 'key', isBilled: true, handle: listModels },
  { method: 'GET', path: '/v1beta/models', auth: 'key', isBilled: true, handle: listGemini },
  modelRoute('/v1/messages', 'messages'),
  modelRoute('/v1/chat/completions', 'chat'),
  modelRoute('/v1/responses', 'responses'),
  modelRoute('/v1beta/models/:call', 'gemini'),
  { method: 'GET', path: '/v1/usage', auth: 'key', isBilled: false, handle: readUsage },
  {
    method: 'GET',
    path: '/v1/sub2api/billing',
    auth: 'key',
    // That it needs no money left is not in the contract.
    isBilled: false,
    isIn: onlyNew,
    handle: readBilling,
  },
]
