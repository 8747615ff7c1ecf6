import { jsonReply, type Reply } from '../kit/reply'
import type { ModelProtocol } from '../models/desk'
import { ownerOf, priceOf } from './catalog'
import type { HubCore, KeyContext, KeyProtocol, Route } from './context'
import { enabledGroup, maySelect } from './groups'
import { relayError } from './key-auth'
import { TEXT } from './messages'

const ANTHROPIC = 14
const GEMINI = 25

/** Why a key may not be used in its group (`contracts/donehub.md` 6.4). */
function groupRefusal({ relay, user }: KeyContext, symbol: string): string | null {
  const group = enabledGroup(relay, symbol)
  if (group === undefined) return `分组 ${symbol} 不存在`
  return maySelect(user, group) ? null : `无权使用分组 ${symbol}`
}

/** Models of the key's group, on DoneHub within the key's own limit (1.1, 6.3). */
function modelsOfKey({ relay, token }: KeyContext, group: string): string[] {
  const limit = token.setting.limits?.limit_model_setting
  const isLimited = relay.isDoneHub && limit?.enabled === true
  return [...relay.state.models]
    .filter(([, groups]) => groups.includes(group))
    .map(([model]) => model)
    .filter((model) => !isLimited || limit.models?.includes(model) === true)
}

function withModels(context: KeyContext, answer: (models: string[]) => unknown): Reply {
  const group = context.token.group || context.user.group
  const refusal = groupRefusal(context, group)
  if (refusal !== null) return relayError(context, 403, refusal)
  return jsonReply(answer(modelsOfKey(context, group)))
}

/** One Hub lists only what is priced as that provider's own; DoneHub everything (6.3). */
function ofProvider(relay: HubCore, models: string[], channelType: number): string[] {
  return models.filter(
    (model) => relay.isDoneHub || priceOf(relay, model).channel_type === channelType,
  )
}

function listOpenAi(context: KeyContext): Reply {
  const view = (id: string) => ({
    id,
    object: 'model',
    created: 1_677_649_963,
    owned_by: ownerOf(context.relay, id),
  })
  return withModels(context, (models) => ({
    object: 'list',
    data: models.length === 0 ? null : models.map(view),
  }))
}

function listClaude(context: KeyContext): Reply {
  const { relay } = context
  if (relay.options.claudeApi === false) return relayError(context, 403, TEXT.protocolOff)
  return withModels(context, (models) => ({
    data: ofProvider(relay, models, ANTHROPIC).map((id) => ({ id, type: 'model' })),
  }))
}

function listGemini(context: KeyContext): Reply {
  const { relay } = context
  if (relay.options.geminiApi === false) return relayError(context, 403, TEXT.protocolOff)
  const view = (id: string) => ({
    name: `models/${id}`,
    displayName: id,
    supportedGenerationMethods: ['generateContent'],
  })
  return withModels(context, (models) => ({
    models: ofProvider(relay, models, GEMINI).map(view),
  }))
}

/**
 * The figures the billing endpoints are about: those of the key, or of the account when the key is
 * unlimited or DoneHub's token statistics are off (9.3). In USD, or in raw quota.
 */
function figures({ relay, token, user }: KeyContext) {
  const isOff = relay.isDoneHub && relay.options.displayTokenStat === false
  const isAccount = token.unlimitedQuota || isOff
  const inUnit = (quota: number): number =>
    relay.displayInCurrency ? quota / relay.quotaPerUnit : quota
  const remaining = isAccount ? user.quota : token.remainQuota
  const used = isAccount ? user.usedQuota : token.usedQuota
  return {
    total: inUnit(remaining + used),
    used: inUnit(used),
    // Not in the contract: the account's figures come without an expiry.
    accessUntil: isAccount ? 0 : Math.max(0, token.expiredTime),
  }
}

function readSubscription(context: KeyContext): Reply {
  const { total, accessUntil } = figures(context)
  return jsonReply({
    object: 'billing_subscription',
    has_payment_method: true,
    soft_limit_usd: total,
    hard_limit_usd: total,
    system_hard_limit_usd: total,
    access_until: accessUntil,
  })
}

function readUsage(context: KeyContext): Reply {
  return jsonReply({ object: 'list', total_usage: figures(context).used * 100 })
}

/** Why the relay does not pass a call for that model on (6.4). */
function refusalFor(context: KeyContext, model: string): Reply | null {
  const { relay, token, user } = context
  const group = token.group || user.group
  const refusal = groupRefusal(context, group)
  if (refusal !== null) return relayError(context, 403, refusal)
  if (modelsOfKey(context, group).includes(model)) return null
  const message = `当前分组 ${group} 下对于模型 ${model} 无可用渠道`
  if (!relay.isDoneHub) return relayError(context, 503, message)
  const error = { message, type: 'one_hub_error', code: 'model_not_found' }
  return jsonReply({ error }, 404)
}

/** Hands a call to the models; protocols besides OpenAI's may be off (6.4). */
function passOn(context: KeyContext, protocol: ModelProtocol): Reply {
  const { claudeApi, geminiApi } = context.relay.options
  const isOff = { messages: claudeApi, gemini: geminiApi, chat: true, responses: true }[protocol]
  if (isOff === false) return relayError(context, 403, TEXT.protocolOff)
  return context.relay.models.answer(protocol, context.call, {
    modelInPath: context.params['call'] ?? '',
    refusal: (model) => refusalFor(context, model),
  })
}

function modelRoute(path: string, protocol: ModelProtocol, key: KeyProtocol = 'openai'): Route {
  const handle = (context: KeyContext): Reply => passOn(context, protocol)
  return { method: 'POST', path, auth: 'key', protocol: key, isCors: true, handle }
}

function keyRoute(
  path: string,
  handle: (context: KeyContext) => Reply,
  protocol: KeyProtocol = 'openai',
): Route {
  return { method: 'GET', path, auth: 'key', protocol, isCors: true, handle }
}

/** What an API key may ask (6.3, 6.4, 9.3). The rest of the relay is not there. */
export const keyRoutes: Route[] = [
  keyRoute('/v1/models', listOpenAi),
  modelRoute('/v1/chat/completions', 'chat'),
  modelRoute('/v1/responses', 'responses'),
  modelRoute('/claude/v1/messages', 'messages', 'claude'),
  modelRoute('/gemini/:version/models/:call', 'gemini', 'gemini'),
  keyRoute('/claude/v1/models', listClaude, 'claude'),
  keyRoute('/gemini/v1beta/models', listGemini, 'gemini'),
  keyRoute('/v1/dashboard/billing/subscription', readSubscription),
  keyRoute('/dashboard/billing/subscription', readSubscription),
  keyRoute('/v1/dashboard/billing/usage', readUsage),
  keyRoute('/dashboard/billing/usage', readUsage),
]
