import { emptyReply, jsonReply, type Reply } from '../kit/reply'
import type { RelayCore, RequestContext, Route } from './context'
import { isSince } from './generation'
import { authenticateKey, authenticateReading, type KeyHolder, type KeyResult } from './key-auth'

/** What every unlimited key has, in whatever unit (`contracts/new-api.md` 7.2). */
const UNLIMITED_AMOUNT = 100_000_000
const DEFAULT_RATE = 7.3
const CREATED_SEC = 1_626_777_600

type KeyHandler = (context: RequestContext, holder: KeyHolder) => Reply

export function withKey(
  admit: (context: RequestContext) => KeyResult,
  handle: KeyHandler,
): (context: RequestContext) => Reply {
  return (context) => {
    const result = admit(context)
    return result.ok ? handle(context, result) : result.reply
  }
}

const limitsOf = (modelLimits: string): string[] =>
  modelLimits === '' ? [] : modelLimits.split(',')

/** `GET /api/usage/token/`: quota units, and an envelope of its own (7.1). */
const readTokenUsage: KeyHandler = (_, { token }) =>
  jsonReply({
    code: true,
    message: 'ok',
    data: {
      object: 'token_usage',
      name: token.name,
      total_granted: token.remainQuota + token.usedQuota,
      total_used: token.usedQuota,
      total_available: token.remainQuota,
      unlimited_quota: token.unlimitedQuota,
      model_limits: Object.fromEntries(limitsOf(token.modelLimits).map((name) => [name, true])),
      model_limits_enabled: token.modelLimitsEnabled,
      expires_at: Math.max(0, token.expiredTime),
    },
  })

/** A quota in the unit the site shows (7.2). */
function shownAmount({ options, quotaPerUnit }: RelayCore, quota: number): number {
  if (options.quotaDisplayType === 'TOKENS') return quota
  const usd = quota / quotaPerUnit
  return options.quotaDisplayType === 'CNY' ? usd * (options.usdExchangeRate ?? DEFAULT_RATE) : usd
}

/** The figures of the key or of its user, as the operator chose; user figures never expire. */
function figures({ options, generation }: RelayCore, { token, user }: KeyHolder) {
  if (options.tokenStatistics !== false) {
    const { remainQuota: remain, usedQuota: used, unlimitedQuota: isUnlimited } = token
    return { granted: remain + used, used, isUnlimited, expiresSec: Math.max(0, token.expiredTime) }
  }
  // One API leaves out what was used (14).
  const granted = user.quota + (generation === 'one-api' ? 0 : user.usedQuota)
  return { granted, used: user.usedQuota, isUnlimited: false, expiresSec: 0 }
}

const readSubscription: KeyHandler = ({ relay }, holder) => {
  const { granted, isUnlimited, expiresSec } = figures(relay, holder)
  const amount = isUnlimited ? UNLIMITED_AMOUNT : shownAmount(relay, granted)
  return jsonReply({
    object: 'billing_subscription',
    has_payment_method: true,
    soft_limit_usd: amount,
    hard_limit_usd: amount,
    system_hard_limit_usd: amount,
    access_until: expiresSec,
  })
}

/** Dates are ignored (7.2). */
const readUsage: KeyHandler = ({ relay }, holder) =>
  jsonReply({ object: 'list', total_usage: shownAmount(relay, figures(relay, holder).used) * 100 })

export function modelsOf({ state }: RelayCore, { token }: KeyHolder): string[] {
  const limits = token.modelLimitsEnabled ? limitsOf(token.modelLimits) : null
  return state.models.filter((name) => limits?.includes(name) ?? true)
}

/** `GET /v1/models`: in Anthropic's form for Anthropic's headers (7.3). */
const listModels: KeyHandler = ({ relay, headers }, holder) => {
  const names = modelsOf(relay, holder)
  const isNew = isSince(relay.generation, 'g1a')
  if (isNew && headers.apiKey !== '' && headers.anthropicVersion !== '') {
    return jsonReply({
      data: names.map((id) => ({ id, type: 'model', display_name: id })),
      first_id: names[0] ?? '',
      has_more: false,
      last_id: names.at(-1) ?? '',
    })
  }
  const data = names.map((id) => ({
    id,
    object: 'model',
    created: CREATED_SEC,
    owned_by: 'custom',
    ...(isNew ? { supported_endpoint_types: ['openai'] } : {}),
  }))
  return jsonReply({ ...(isNew ? { success: true } : {}), object: 'list', data })
}

const listGemini: KeyHandler = ({ relay }, holder) =>
  jsonReply({
    models: modelsOf(relay, holder).map((name) => ({ name: `models/${name}`, displayName: name })),
  })

const isSince2025 = ({ generation }: RelayCore): boolean => isSince(generation, 'g1a')

/** Billing is counted with the dashboard's calls, also where its path is the relay's (7.2). */
function billingRoute(path: string, handle: KeyHandler): Route {
  const admitted = withKey(authenticateKey, handle)
  return {
    method: 'GET',
    path,
    auth: 'none',
    handle: (context) => {
      const { options, limiter } = context.relay
      const isFree = options.rateLimits === 'off' || limiter.tryTake('api', context.ip)
      return isFree ? admitted(context) : emptyReply(429)
    },
  }
}

/** What an API key may ask about itself (7). */
export const keyRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/usage/token/',
    auth: 'none',
    isIn: isSince2025,
    isCritical: true,
    handle: withKey(authenticateReading, readTokenUsage),
  },
  ...['/v1', ''].flatMap((base) => [
    billingRoute(`${base}/dashboard/billing/subscription`, readSubscription),
    billingRoute(`${base}/dashboard/billing/usage`, readUsage),
  ]),
  {
    method: 'GET',
    path: '/v1/models',
    auth: 'none',
    handle: withKey(authenticateKey, listModels),
  },
  {
    method: 'GET',
    path: '/v1beta/models',
    auth: 'none',
    isIn: isSince2025,
    handle: withKey(authenticateKey, listGemini),
  },
]
