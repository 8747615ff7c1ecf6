import { emptyReply, jsonReply, type Reply } from '../../relays/kit/reply'
import type { GatewayRequest } from '../gateway-server'

const MOST_FAILURES = 5
const BAN_MS = 30 * 60_000

export interface AuthRules {
  /** `null` = management is off; `''` = on, but no key is set. */
  readonly secret: string | null
  /** Whether callers that are not this computer may manage it. */
  readonly allowRemote: boolean
  /** Whether the caller is somewhere else. */
  readonly isRemote: boolean
  readonly now: () => number
}

/**
 * Who may manage the server (`contracts/exports.md 4.1`): five failed tries of one address, a
 * missing key included, lock it out for 30 minutes, localhost and the right key too.
 */
export function createAuth({ secret, allowRemote, isRemote, now }: AuthRules) {
  let failures = 0
  let bannedUntilMs = 0

  function fail(words: string): Reply {
    failures += 1
    if (failures >= MOST_FAILURES) {
      failures = 0
      bannedUntilMs = now() + BAN_MS
    }
    return jsonReply({ error: words }, 401)
  }

  /** `null` = let in. */
  return function refusal({ headers }: GatewayRequest): Reply | null {
    if (secret === null) return emptyReply(404)
    const leftMs = bannedUntilMs - now()
    if (leftMs > 0) {
      const wait = `Try again in ${goDuration(leftMs)}`
      return jsonReply({ error: `IP banned due to too many failed attempts. ${wait}` }, 403)
    }
    if (isRemote && !allowRemote) return jsonReply({ error: 'remote management disabled' }, 403)
    if (secret === '') return jsonReply({ error: 'remote management key not set' }, 403)
    const given = givenKey(headers)
    if (given === '') return fail('missing management key')
    if (given !== secret) return fail('invalid management key')
    failures = 0
    return null
  }
}

/** Only without `Authorization` the other header counts. */
function givenKey(headers: GatewayRequest['headers']): string {
  const { authorization } = headers
  if (authorization !== undefined) return authorization.replace(/^Bearer /i, '').trim()
  const other = headers['x-management-key']
  return typeof other === 'string' ? other : ''
}

/** As Go writes a duration rounded to seconds. */
function goDuration(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)}m${seconds % 60}s`
}
