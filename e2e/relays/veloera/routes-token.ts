import { fail, ok, type Reply } from '../kit/reply'
import { bareSlice } from '../new-api/paging'
import { randomKey } from '../new-api/state'
import type { Route, UserContext } from './context'
import { atoi, isLike } from './query'
import { KEY_LIMIT_DEFAULTS } from './seeding'
import type { VeloeraToken } from './state'
import { readTokenBody } from './token-body'
import { tokenView } from './token-view'

const ENABLED = 1
const EXPIRED = 3
const EXHAUSTED = 4

function ownTokens({ core, user }: UserContext): VeloeraToken[] {
  return [...core.state.tokens.values()].filter((token) => token.userId === user.id)
}

/** The user's own key, or the database's text: not in the contract. */
function findOwn(context: UserContext, id: number): VeloeraToken | string {
  if (id === 0) return 'id 或 userId 为空！'
  return ownTokens(context).find((token) => token.id === id) ?? 'record not found'
}

/** `GET /api/token/`: a bare array, pages from 0, newest first (`contracts/veloera.md` 4, 10). */
function listTokens(context: UserContext): Reply {
  const rows = ownTokens(context).sort((a, b) => b.id - a.id)
  const page = bareSlice(rows, context.url.searchParams, 'g0')
  return ok(page.map((token) => tokenView(context.core, token)))
}

/**
 * `GET /api/token/search`: all hits at once (10). The order is that of the table, and the key
 * pattern loses every `s`, `k` and `-` at its ends: not in the contract.
 */
function searchTokens(context: UserContext): Reply {
  const params = context.url.searchParams
  const name = `%${params.get('keyword') ?? ''}%`
  const key = `%${(params.get('token') ?? '').replace(/^[sk-]+|[sk-]+$/g, '')}%`
  const hits = ownTokens(context).filter((row) => isLike(row.name, name) && isLike(row.key, key))
  return ok(hits.map((token) => tokenView(context.core, token)))
}

function readToken(context: UserContext): Reply {
  const id = context.params['id'] ?? ''
  if (!/^[+-]?\d+$/.test(id)) return fail(`strconv.Atoi: parsing "${id}": invalid syntax`)
  const token = findOwn(context, Number(id))
  return typeof token === 'string' ? fail(token) : ok(tokenView(context.core, token))
}

/**
 * `POST /api/token/`: no `data` (10). Where a column has a default, it stands in for a zero at
 * creation, though not at an update: not in the contract.
 */
function createToken({ core, user, body }: UserContext): Reply {
  const read = readTokenBody(core, body)
  if (typeof read === 'string') return fail(read)
  const { fields } = read
  const nowSec = core.nowSec()
  const token: VeloeraToken = {
    ...fields,
    id: core.state.nextTokenId++,
    userId: user.id,
    key: randomKey(),
    status: ENABLED,
    createdTime: nowSec,
    accessedTime: nowSec,
    usedQuota: 0,
    expiredTime: fields.expiredTime || -1,
    allowIps: fields.allowIps ?? '',
    rateLimitPeriod: fields.rateLimitPeriod || KEY_LIMIT_DEFAULTS.rateLimitPeriod,
    rateLimitCount: fields.rateLimitCount || KEY_LIMIT_DEFAULTS.rateLimitCount,
    rateLimitSuccess: fields.rateLimitSuccess || KEY_LIMIT_DEFAULTS.rateLimitSuccess,
  }
  core.state.tokens.set(token.id, token)
  return ok()
}

/** Judged by the stored row, also when the same update would cure it: not in the contract. */
function enableProblem(token: VeloeraToken, nowSec: number): string | null {
  const isOver = token.expiredTime !== -1 && token.expiredTime <= nowSec
  if (token.status === EXPIRED && isOver) {
    return '令牌已过期，无法启用，请先修改令牌过期时间，或者设置为永不过期'
  }
  const isEmpty = !token.unlimitedQuota && token.remainQuota <= 0
  return token.status === EXHAUSTED && isEmpty
    ? '令牌可用额度已用尽，无法启用，请先修改令牌剩余额度，或者设置为无限额度'
    : null
}

/** `PUT /api/token/`: the whole object without its status, or with `status_only` that alone (10). */
function updateToken(context: UserContext): Reply {
  const { core } = context
  const read = readTokenBody(core, context.body)
  if (typeof read === 'string') return fail(read)
  const token = findOwn(context, read.id)
  if (typeof token === 'string') return fail(token)
  const problem = read.status === ENABLED ? enableProblem(token, core.nowSec()) : null
  if (problem !== null) return fail(problem)
  const isStatusOnly = (context.url.searchParams.get('status_only') ?? '') !== ''
  if (isStatusOnly) token.status = read.status
  else Object.assign(token, read.fields)
  return ok(tokenView(core, token))
}

function deleteToken(context: UserContext): Reply {
  const token = findOwn(context, atoi(context.params['id']))
  if (typeof token === 'string') return fail(token)
  context.core.state.tokens.delete(token.id)
  return ok()
}

/** API keys (10). */
export const tokenRoutes: Route[] = [
  { method: 'GET', path: '/api/token/', auth: 'user', handle: listTokens },
  { method: 'GET', path: '/api/token/search', auth: 'user', handle: searchTokens },
  { method: 'GET', path: '/api/token/:id', auth: 'user', handle: readToken },
  { method: 'POST', path: '/api/token/', auth: 'user', handle: createToken },
  { method: 'PUT', path: '/api/token/', auth: 'user', handle: updateToken },
  { method: 'DELETE', path: '/api/token/:id', auth: 'user', handle: deleteToken },
]
