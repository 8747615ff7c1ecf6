import type { Reply } from '../kit/reply'
import type { UserContext } from './context'
import { badRequest, handlerError, success } from './envelope'
import { customKeyProblem, groupProblem, ipProblem, keyBody, typeProblem } from './key-body'
import { storedName } from './key-text'
import { keyView, LIMIT_WINDOWS } from './key-view'
import { keyRow } from './seeding-user'
import type { KeyRow } from './state'

const DAY_MS = 86_400_000

/** `POST /keys`: the key DTO without its group, HTTP 200 (`contracts/sub2api.md` 8). */
export function createKey(context: UserContext): Reply {
  const { relay, user } = context
  const body = keyBody(context)
  if (!body?.['name']) return badRequest('name')
  const days = body['expires_in_days'] as number | undefined
  const problem =
    typeProblem(body) ??
    (days !== undefined && days <= 0 ? badRequest('expires_in_days') : null) ??
    ipProblem(body) ??
    groupProblem(context, body) ??
    customKeyProblem(context, body)
  if (problem !== null) return problem
  const nowMs = relay.nowMs()
  const seed = {
    name: body['name'] as string,
    groupId: (body['group_id'] as number | undefined) ?? null,
    ...(body['custom_key'] ? { key: body['custom_key'] as string } : {}),
    expiresAtMs: days === undefined ? null : nowMs + days * DAY_MS,
  }
  const { generation } = relay.options
  const key = keyRow(seed, { id: relay.state.nextId++, userId: user.id, generation, nowMs })
  applySpending(key, body)
  applyIpLists(key, body)
  relay.state.keys.set(key.id, key)
  return success(keyView(relay, key, false))
}

function applySpending(key: KeyRow, body: Record<string, unknown>): void {
  key.quota = (body['quota'] as number | undefined) ?? key.quota
  if (body['reset_quota'] === true) key.quotaUsed = 0
  for (const window of LIMIT_WINDOWS) {
    const limit = body[`rate_limit_${window}`] as number | undefined
    if (limit !== undefined) key.limits[window].limit = limit
    if (body['reset_rate_limit_usage'] === true) key.limits[window].used = 0
  }
}

function applyIpLists(key: KeyRow, body: Record<string, unknown>, clearsOmitted = false): void {
  const { ip_whitelist: white, ip_blacklist: black } = body as Record<string, string[] | undefined>
  const kept = clearsOmitted
    ? { white: null, black: null }
    : {
        white: key.ipWhitelist,
        black: key.ipBlacklist,
      }
  key.ipWhitelist = white === undefined ? kept.white : white.length === 0 ? null : white
  key.ipBlacklist = black === undefined ? kept.black : black.length === 0 ? null : black
}

/** More quota or more time makes a used-up key active again (8). */
function revive(key: KeyRow, nowMs: number): void {
  const hasQuota = key.quota === 0 || key.quotaUsed < key.quota
  const hasTime = key.expiresAtMs === null || key.expiresAtMs > nowMs
  if (key.status === 'quota_exhausted' && hasQuota) key.status = 'active'
  if (key.status === 'expired' && hasTime) key.status = 'active'
}

/** `undefined` = unchanged, `null` = never, `false` = not a time. */
function newExpiry(value: string | undefined): number | null | undefined | false {
  if (value === undefined) return undefined
  if (value === '') return null
  const isRfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value)
  const ms = isRfc3339 ? Date.parse(value) : Number.NaN
  return Number.isNaN(ms) ? false : ms
}

/** The user's own key; foreign ones are 403 for writes (8). */
function ownForWrite({ relay, user, params }: UserContext): KeyRow | Reply {
  const key = relay.state.keys.get(Number(params['id']))
  if (key === undefined) return handlerError(404, 'api key not found', 'API_KEY_NOT_FOUND')
  if (key.userId === user.id) return key
  return handlerError(403, 'insufficient permissions', 'INSUFFICIENT_PERMISSIONS')
}

/** `PUT /keys/:id`: what is absent stays, see the table of `contracts/sub2api.md` 8. */
export function updateKey(context: UserContext): Reply {
  const { relay } = context
  const body = keyBody(context)
  if (body === undefined) return badRequest('body')
  const { status = '', name = '' } = body
  if (!['', 'active', 'inactive'].includes(status as string)) return badRequest('status')
  const wrong = typeProblem(body)
  if (wrong !== null) return wrong
  const expiresAtMs = newExpiry(body['expires_at'] as string | undefined)
  if (expiresAtMs === false) return handlerError(400, 'Invalid expires_at format')
  const key = ownForWrite(context)
  if (!('key' in key)) return key
  const problem = ipProblem(body) ?? groupProblem(context, body)
  if (problem !== null) return problem
  if (name !== '') key.name = storedName(name as string, relay.options.generation)
  if (body['group_id'] !== undefined) key.groupId = body['group_id'] as number
  if (expiresAtMs !== undefined) key.expiresAtMs = expiresAtMs
  applySpending(key, body)
  applyIpLists(key, body, relay.isNew && relay.state.settings.clearsOmittedIpLists)
  revive(key, relay.nowMs())
  if (status !== '') key.status = status as 'active' | 'inactive'
  key.updatedAtMs = relay.nowMs()
  return success(keyView(relay, key))
}

/** `DELETE /keys/:id`. */
export function deleteKey(context: UserContext): Reply {
  const key = ownForWrite(context)
  if (!('key' in key)) return key
  context.relay.state.keys.delete(key.id)
  return success({ message: 'API key deleted successfully' })
}
