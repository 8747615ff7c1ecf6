import { amountText } from './amount-text'
import { bodyRecord, textFor, type Route, type UserContext } from './context'
import { isSince } from './generation'
import type { MessageId } from './messages'
import { fail, ok, type Reply } from '../kit/reply'
import { appendLog, type RelayCode } from './state'

const TOP_UP_LOG = 1
const UNUSED = 1
const USED = 3

/** Why a code is not taken; `null` = it is. A disabled one is answered like a used one. */
function problemOf(code: RelayCode | undefined, nowSec: number): MessageId | null {
  if (code === undefined) return 'codeInvalid'
  if (code.status !== UNUSED) return 'codeUsed'
  return code.expiredTime !== 0 && code.expiredTime < nowSec ? 'codeExpired' : null
}

/** Older builds say why, newer ones only that it failed (`contracts/new-api.md` 4.3). */
function refuse(context: UserContext, problem: MessageId): Reply {
  const { generation, options } = context.relay
  const isNewer = options.redeemTexts ? options.redeemTexts === 'newer' : isSince(generation, 'g1b')
  if (isNewer) return fail(textFor(context, 'redeemFailed', context.user))
  // "Sometimes prefixed": by those closest to One API.
  const prefix = isSince(generation, 'g1a') ? '' : '兑换失败，'
  return fail(prefix + textFor(context, problem, context.user))
}

function credit({ relay, user }: UserContext, code: RelayCode): Reply {
  code.status = USED
  user.quota += code.quota
  const atMs = relay.nowMs()
  relay.books.codes.push({ userId: user.id, code: code.code, amount: code.quota, atMs })
  appendLog(relay.state, user, {
    createdAtSec: relay.nowSec(),
    type: TOP_UP_LOG,
    quota: 0,
    content: `通过兑换码充值 ${amountText(relay, code.quota)}，兑换码ID ${code.id}`,
  })
  return ok(code.quota)
}

function tryCode(context: UserContext, key: string): Reply {
  const { relay } = context
  const code = relay.state.codes.find((row) => row.code === key)
  const problem = problemOf(code, relay.nowSec())
  if (problem !== null || code === undefined) return refuse(context, problem ?? 'codeInvalid')
  return credit(context, code)
}

/** `POST /api/user/topup` (4.3): one redemption of a user at a time. */
function redeem(context: UserContext): Reply {
  const { relay, user, body } = context
  const key = bodyRecord(body)?.['key']
  if (typeof key !== 'string' || key === '') return fail(textFor(context, 'codeMissing', user))
  const { redeeming } = relay.state
  if (redeeming.has(user.id)) return fail(textFor(context, 'redeemBusy', user))
  redeeming.add(user.id)
  return {
    ...tryCode(context, key),
    workMs: relay.options.redeemMs ?? 0,
    whenDone: () => {
      redeeming.delete(user.id)
    },
  }
}

/** Redemption codes (4.3); also One API's. */
export const redeemRoutes: Route[] = [
  { method: 'POST', path: '/api/user/topup', auth: 'user', isCritical: true, handle: redeem },
]
