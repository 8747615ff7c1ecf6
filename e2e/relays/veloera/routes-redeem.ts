import { fail, jsonReply, ok, type Reply } from '../kit/reply'
import { bindBody, text } from './body'
import type { Route, UserContext } from './context'
import { appendLog, LOG } from './logbook'
import { amountText } from './money'
import type { VeloeraCode, VeloeraState } from './state'
import { refuseWithoutTurnstile } from './turnstile'

const TROUBLE: Record<NonNullable<VeloeraState['redeemTrouble']>, () => Reply> = {
  'too-frequent': () => fail('操作过于频繁，请稍后再试'),
  busy: () => fail('系统暂时繁忙，请稍后再试'),
  panic: () => {
    const cause = 'runtime error: invalid memory address or nil pointer dereference'
    const error = { message: `Panic detected, error: ${cause}`, type: 'veloera_panic' }
    return jsonReply({ error }, 500)
  },
}

/** Why a code is refused, or `null`. The order of the checks is not in the contract. */
function codeProblem(code: VeloeraCode, userId: number, nowSec: number): string | null {
  if (!code.isGift && code.usedBy.length > 0) return '该兑换码已被使用'
  if (nowSec < code.validFromSec) return '兑换码尚未生效'
  if (code.validUntilSec !== 0 && nowSec > code.validUntilSec) return '兑换码已过期'
  if (!code.isGift) return null
  const isSpent = code.maxUses !== -1 && code.usedBy.length >= code.maxUses
  if (isSpent) return '该礼品码已达到最大使用次数'
  return code.usedBy.includes(userId) ? '您已经使用过这个礼品码' : null
}

function credit({ core, user }: UserContext, code: VeloeraCode): Reply {
  code.usedBy.push(user.id)
  user.quota += code.quota
  core.books.codes.push({
    userId: user.id,
    code: code.code,
    amount: code.quota,
    atMs: core.nowMs(),
  })
  const kind = code.isGift ? '礼品码' : '兑换码'
  appendLog(core.options, core.state, user, {
    createdAtSec: core.nowSec(),
    type: LOG.topup,
    quota: 0,
    content: `通过${kind}充值 ${amountText(core.options, code.quota)}，兑换码ID ${code.id}`,
  })
  return ok({ quota: code.quota, is_gift: code.isGift })
}

/** `POST /api/user/topup` (`contracts/veloera.md` 7); V4 wants a Turnstile answer every time. */
function redeem(context: UserContext): Reply {
  const { core, user, body } = context
  const refusal = core.isV4 ? refuseWithoutTurnstile(context) : null
  if (refusal !== null) return refusal
  const bound = bindBody(body, { key: 'string' })
  if ('problem' in bound) return fail(bound.problem)
  const key = text(bound.record['key'])
  if (key === '') return fail('未提供兑换码')
  const { redeemTrouble, codes } = core.state
  if (redeemTrouble !== null) return TROUBLE[redeemTrouble]()
  const code = codes.find((row) => row.code === key)
  if (code === undefined) return fail('兑换失败，无效的兑换码')
  const problem = codeProblem(code, user.id, core.nowSec())
  return problem === null ? credit(context, code) : fail(`兑换失败，${problem}`)
}

export const redeemRoutes: Route[] = [
  { method: 'POST', path: '/api/user/topup', auth: 'user', handle: redeem },
]
