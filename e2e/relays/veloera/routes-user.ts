import { randomKey } from '../new-api/state'
import { fail, jsonReply, ok, type Reply } from '../kit/reply'
import { bindBody, whole } from './body'
import type { Route, UserContext } from './context'
import { groupView, usableRatios } from './groups'
import { offeredModels } from './models'
import { amountText, quotaPerUnitOf } from './money'
import { randomAccessToken } from './state'
import { selfView } from './user-view'

/** `GET /api/user/token`: a new access token; the old one dies (`contracts/veloera.md` 5.2). */
function makeAccessToken({ user }: UserContext): Reply {
  user.accessToken = randomAccessToken()
  return ok(user.accessToken)
}

/** Names over all groups of the user; `null` when there are none (4, 5.2). */
function readModels({ core, user }: UserContext): Reply {
  const groups = Object.keys(usableRatios(core, user.group))
  const names = offeredModels(core, groups).map(({ id }) => id)
  return ok(names.length === 0 ? null : names)
}

function readAffCode({ user }: UserContext): Reply {
  if (user.affCode === '') user.affCode = randomKey().slice(0, 4)
  return ok(user.affCode)
}

/** `POST /api/user/aff_transfer`; its texts are not in the contract. */
function transferAff({ core, user, body }: UserContext): Reply {
  const bound = bindBody(body, { quota: 'integer' })
  if ('problem' in bound) return fail(bound.problem)
  const quota = whole(bound.record['quota'])
  const least = quotaPerUnitOf(core.options)
  if (quota < least) {
    return fail(`划转失败 转移额度最小为${amountText(core.options, least)}！`)
  }
  if (user.affQuota < quota) return fail('划转失败 邀请额度不足！')
  user.affQuota -= quota
  user.quota += quota
  return jsonReply({ success: true, message: '划转成功' })
}

/**
 * `GET /api/user/:id` is the administrators' and takes every unknown name below `/api/user`, so
 * the check-in of New API gets a misleading answer (13).
 */
function readUser({ core, user, params }: UserContext): Reply {
  const id = params['id'] ?? ''
  if (!/^[+-]?\d+$/.test(id)) return fail(`strconv.Atoi: parsing "${id}": invalid syntax`)
  const other = core.state.users.get(Number(id))
  if (other === undefined) return fail('record not found')
  const isAbove = user.role > other.role || user.role === 100
  return isAbove ? ok(selfView(core, other)) : fail('无权获取同级或更高等级用户的信息')
}

/** The logged-in user (5). */
export const userRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/user/self',
    auth: 'user',
    handle: ({ core, user }) => ok(selfView(core, user)),
  },
  { method: 'GET', path: '/api/user/token', auth: 'user', handle: makeAccessToken },
  {
    method: 'GET',
    path: '/api/user/self/groups',
    auth: 'user',
    handle: ({ core, user }) => ok(groupView(core, user.group)),
  },
  { method: 'GET', path: '/api/user/models', auth: 'user', handle: readModels },
  {
    method: 'GET',
    path: '/api/models',
    auth: 'user',
    handle: ({ core }) => ok({ '1': core.state.models.map(({ name }) => name) }),
  },
  { method: 'GET', path: '/api/user/aff', auth: 'user', handle: readAffCode },
  { method: 'POST', path: '/api/user/aff_transfer', auth: 'user', handle: transferAff },
  { method: 'GET', path: '/api/user/:id', auth: 'admin', handle: readUser },
]
