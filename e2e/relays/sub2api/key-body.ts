import type { Reply } from '../kit/reply'
import { bodyRecord, type UserContext } from './context'
import { badRequest, handlerError } from './envelope'
import { isBindable } from './group-view'
import { isIpPattern } from './key-text'
import { LIMIT_WINDOWS } from './key-view'

type Body = Record<string, unknown>

/** What the fields of a key body must be; both absent and `null` mean "not given". */
const FIELD_TYPES: Record<string, (value: unknown) => boolean> = {
  name: (value) => typeof value === 'string',
  group_id: Number.isInteger,
  custom_key: (value) => typeof value === 'string',
  quota: isAmount,
  expires_in_days: Number.isInteger,
  expires_at: (value) => typeof value === 'string',
  reset_quota: (value) => typeof value === 'boolean',
  reset_rate_limit_usage: (value) => typeof value === 'boolean',
  ip_whitelist: isTextList,
  ip_blacklist: isTextList,
  ...Object.fromEntries(LIMIT_WINDOWS.map((window) => [`rate_limit_${window}`, isAmount])),
}

const OLD_FIELDS = new Set(['name', 'group_id', 'custom_key', 'status'])

// That negative amounts are refused is not in the contract.
function isAmount(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0
}

function isTextList(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

/** The fields of a body that this version knows, without the ones that are not given. */
export function keyBody({ relay, body }: UserContext): Body | undefined {
  const record = bodyRecord(body)
  if (record === undefined) return undefined
  const known = Object.entries(record).filter(
    ([name, value]) => value !== null && (relay.isNew || OLD_FIELDS.has(name)),
  )
  return Object.fromEntries(known)
}

/** 400 for a field of the wrong type, as binding the body answers. */
export function typeProblem(body: Body): Reply | null {
  const wrong = Object.keys(body).find((name) => FIELD_TYPES[name]?.(body[name]) === false)
  return wrong === undefined ? null : badRequest(wrong)
}

/** IP lists of IPs and CIDR ranges only (`contracts/sub2api.md` 8). */
export function ipProblem(body: Body): Reply | null {
  const lists = [body['ip_whitelist'], body['ip_blacklist']] as (string[] | undefined)[]
  const wrong = lists.flatMap((list) => list ?? []).find((text) => !isIpPattern(text))
  if (wrong === undefined) return null
  return handlerError(400, `invalid IP or CIDR pattern: ${wrong}`, 'INVALID_IP_PATTERN')
}

/** A group that is not there or that the user may not bind (8). */
export function groupProblem({ relay, user }: UserContext, body: Body): Reply | null {
  const id = body['group_id'] as number | undefined
  if (id === undefined) return null
  const group = relay.state.groups.get(id)
  if (group === undefined) return handlerError(404, 'group not found', 'GROUP_NOT_FOUND')
  if (isBindable(relay, user, group)) return null
  return handlerError(403, 'user is not allowed to bind this group', 'GROUP_NOT_ALLOWED')
}

function customKeyError({ relay }: UserContext, key: string): Reply | null {
  if (key.length < 16) {
    return handlerError(400, 'api key must be at least 16 characters', 'API_KEY_TOO_SHORT')
  }
  if (!/^[A-Za-z0-9_-]+$/.test(key)) {
    return handlerError(400, 'api key has invalid characters', 'API_KEY_INVALID_CHARS')
  }
  const isTaken = [...relay.state.keys.values()].some((row) => row.key === key)
  return isTaken ? handlerError(409, 'api key already exists', 'API_KEY_EXISTS') : null
}

/** Form and freeness of `custom_key`; 20 failures an hour and no more (8). */
export function customKeyProblem(context: UserContext, body: Body): Reply | null {
  const key = body['custom_key'] as string | undefined
  if (!key) return null
  const { limiter } = context.relay
  const id = String(context.user.id)
  if (limiter.waitSec('custom-key-failures', id) !== null) {
    return handlerError(429, 'too many failed attempts', 'API_KEY_RATE_LIMITED')
  }
  const problem = customKeyError(context, key)
  if (problem !== null) limiter.count('custom-key-failures', id)
  return problem
}
