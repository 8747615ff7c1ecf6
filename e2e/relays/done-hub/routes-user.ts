import { fail, ok, type Reply } from '../kit/reply'
import { bodyRecord } from '../new-api/context'
import type { HubCore, Route, UserContext } from './context'
import { atoi } from './go-values'
import { appendLog } from './log-rows'
import { TEXT } from './messages'
import { randomAccessToken, ROLE_ADMIN } from './state'
import { selfView } from './user-view'

/** `GET /api/user/token`: a new access token; the old one is void (`contracts/donehub.md` 5.2). */
function renewAccessToken({ user }: UserContext): Reply {
  user.accessToken = randomAccessToken()
  return ok(user.accessToken)
}

/** An amount as log texts have it: full-width dollar sign, or points (7.1). */
function amountText(relay: HubCore, quota: number): string {
  return relay.displayInCurrency
    ? `＄${(quota / relay.quotaPerUnit).toFixed(6)} 额度`
    : `${quota} 点额度`
}

/** `POST /api/user/topup` (8). A disabled code is answered like a used one (not in the contract). */
function redeem({ relay, user, body }: UserContext): Reply {
  const code = bodyRecord(body)?.['key']
  if (typeof code !== 'string' || code === '') return fail(TEXT.codeMissing)
  const redemption = relay.state.redemptions.get(code)
  if (redemption === undefined) return fail(TEXT.codeInvalid)
  if (redemption.status !== 1) return fail(TEXT.codeUsed)
  redemption.status = 3
  relay.books.codes.push({
    userId: user.id,
    code,
    amount: redemption.quota,
    atMs: relay.nowMs(),
  })
  user.quota += redemption.quota
  appendLog(relay.state, user, {
    createdAtSec: relay.nowSec(),
    type: 1,
    quota: redemption.quota,
    content: `通过兑换码充值 ${amountText(relay, redemption.quota)}，兑换码ID ${redemption.id}`,
  })
  return ok(redemption.quota)
}

/** The administrator's route that catches New API paths such as `/api/user/checkin` (12). */
function readUser({ relay, params }: UserContext): Reply {
  const id = atoi(params['id'] ?? '')
  if ('problem' in id) return fail(id.problem)
  const user = relay.state.users.get(id.value)
  return user === undefined ? fail(TEXT.notFound) : ok(selfView(relay, user))
}

/** As {@link readUser}, for `/api/channel/search`; this site shows no channels. */
function readChannel({ params }: UserContext): Reply {
  const id = atoi(params['id'] ?? '')
  return fail('problem' in id ? id.problem : TEXT.notFound)
}

/** The logged-in user (5). */
export const userRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/user/self',
    auth: 'user',
    handle: ({ relay, user }) => ok(selfView(relay, user)),
  },
  { method: 'GET', path: '/api/user/token', auth: 'user', handle: renewAccessToken },
  { method: 'GET', path: '/api/user/aff', auth: 'user', handle: ({ user }) => ok(user.affCode) },
  { method: 'POST', path: '/api/user/topup', auth: 'user', handle: redeem },
  {
    method: 'GET',
    path: '/api/user/:id',
    auth: 'user',
    minRole: ROLE_ADMIN,
    handle: readUser,
  },
  {
    method: 'GET',
    path: '/api/channel/:id',
    auth: 'user',
    minRole: ROLE_ADMIN,
    handle: readChannel,
  },
]
