import { jsonReply, type Reply } from '../kit/reply'
import type { KeyContext, Route } from './context'
import { offeredModels } from './models'
import { displayAmount } from './money'
import { completeChat, passOn, groupOf } from './relay-calls'

/** What every unlimited key has: no balance can be derived from it (`contracts/veloera.md` 10). */
const UNLIMITED_AMOUNT = 100_000_000

const PERMISSION = {
  id: 'modelperm-example',
  object: 'model_permission',
  created: 1_626_777_600,
  allow_create_engine: true,
  allow_sampling: true,
  allow_logprobs: true,
  allow_search_indices: false,
  allow_view: true,
  allow_fine_tuning: false,
  organization: '*',
  group: null,
  is_blocking: false,
}

/** `GET /v1/models`: there is no `object: "list"` (8). */
function listModels(context: KeyContext): Reply {
  const { core, token } = context
  const limits = token.modelLimitsEnabled ? token.modelLimits.split(',') : null
  const data = offeredModels(core, [groupOf(context)])
    .filter(({ id }) => limits?.includes(id) ?? true)
    .map(({ id, model }) => ({
      id,
      object: 'model',
      created: 1_626_777_600,
      owned_by: model.ownedBy ?? 'custom',
      permission: [PERMISSION],
      root: model.name,
      parent: null,
    }))
  return jsonReply({ success: true, data })
}

/** Where the site keeps no statistics of keys, the figures are the account's (10). */
function figures({ core, token, user }: KeyContext) {
  return core.options.tokenStatistics === false
    ? { remain: user.quota, used: user.usedQuota, expiresSec: 0, isUnlimited: false }
    : {
        remain: token.remainQuota,
        used: token.usedQuota,
        expiresSec: Math.max(0, token.expiredTime),
        isUnlimited: token.unlimitedQuota,
      }
}

function readSubscription(context: KeyContext): Reply {
  const { remain, used, expiresSec, isUnlimited } = figures(context)
  const amount = isUnlimited ? UNLIMITED_AMOUNT : displayAmount(context.core.options, remain + used)
  return jsonReply({
    object: 'billing_subscription',
    has_payment_method: true,
    soft_limit_usd: amount,
    hard_limit_usd: amount,
    system_hard_limit_usd: amount,
    access_until: expiresSec,
  })
}

/** Dates are ignored (10). */
function readUsage(context: KeyContext): Reply {
  const used = displayAmount(context.core.options, figures(context).used)
  return jsonReply({ object: 'list', total_usage: used * 100 })
}

const BILLING: Route[] = ['/v1', ''].flatMap((base): Route[] => [
  {
    method: 'GET',
    path: `${base}/dashboard/billing/subscription`,
    auth: 'key',
    handle: readSubscription,
  },
  { method: 'GET', path: `${base}/dashboard/billing/usage`, auth: 'key', handle: readUsage },
])

/** What an API key opens (8, 10). */
export const keyRoutes: Route[] = [
  { method: 'GET', path: '/v1/models', auth: 'key', handle: listModels },
  { method: 'POST', path: '/v1/chat/completions', auth: 'key', handle: completeChat },
  // Never filtered by origin.
  {
    method: 'POST',
    path: '/v1/messages',
    auth: 'key',
    handle: (context) => passOn(context, 'messages'),
  },
  {
    method: 'POST',
    path: '/v1/responses',
    auth: 'key',
    handle: (context) => passOn(context, 'responses'),
  },
  ...BILLING,
]
