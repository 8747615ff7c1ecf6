import { createHash, randomBytes } from 'node:crypto'

import { openJwt, signJwt } from '../kit/signing'
import type { RelayCore } from './context'
import type { UserRow } from './state'

/** Claims of an access token (`contracts/sub2api.md` 4.2). Times in Unix seconds. */
export interface AccessClaims {
  user_id: number
  email: string
  role: string
  token_version: number
  /** Session family. */
  sid?: string
  /** Binding hash. */
  bnd?: string
  exp: number
  iat: number
  nbf: number
}

/** Where a session is used from (4.6). */
export interface ClientTrace {
  ip: string
  userAgent: string
}

/** A token pair on the wire (4.1); the short form has only the first and the last field. */
export interface TokenPair {
  access_token: string
  refresh_token?: string
  expires_in?: number
  token_type: 'Bearer'
}

/** Hash of client IP and `User-Agent` that ties a session to both (4.6). */
export function bindingHash({ ip, userAgent }: ClientTrace): string {
  return createHash('sha256').update(`${ip}\n${userAgent}`).digest('hex')
}

/** Changes with password and e-mail, so that either ends every session (4.3). */
export function tokenVersion({ email, password }: UserRow): number {
  const sum = createHash('sha256').update(`${email.toLowerCase()}\n${password}`).digest()
  return sum.readUIntBE(0, 6)
}

function signAccessToken(
  relay: RelayCore,
  user: UserRow,
  session: { familyId: string; binding: string },
): string {
  const iat = Math.floor(relay.nowMs() / 1000)
  const { familyId: sid, binding: bnd } = session
  // Old tokens had neither: session binding came with 0.1.156 (1).
  const bound = relay.isNew ? { sid, ...(bnd === '' ? {} : { bnd }) } : {}
  const claims: AccessClaims = {
    user_id: user.id,
    email: user.email,
    role: user.role,
    token_version: tokenVersion(user),
    ...bound,
    exp: iat + relay.state.settings.accessTokenSec,
    iat,
    nbf: iat,
  }
  return signJwt(relay.state.secret, claims)
}

/**
 * Makes the tokens of a session: the short form on old servers and while the refresh store is
 * down (4.1), else a pair whose refresh token has its full life. `client: null` = not tied to a
 * client; its first refresh ties it.
 */
export function issueTokens(
  relay: RelayCore,
  user: UserRow,
  { client, familyId = randomBytes(16).toString('hex') }: SessionOrigin,
): TokenPair {
  const { state } = relay
  const binding = client === null ? '' : bindingHash(client)
  const access_token = signAccessToken(relay, user, { familyId, binding })
  if (!relay.isNew || !state.isRefreshStoreUp) return { access_token, token_type: 'Bearer' }
  const refresh_token = `rt_${randomBytes(32).toString('hex')}`
  state.refreshTokens.set(refresh_token, {
    userId: user.id,
    familyId,
    tokenVersion: tokenVersion(user),
    bindingHash: binding,
    expiresAtMs: relay.nowMs() + state.settings.refreshTokenSec * 1000,
  })
  const expires_in = state.settings.accessTokenSec
  return { access_token, refresh_token, expires_in, token_type: 'Bearer' }
}

/** Who asks for tokens, and in which family they belong; a new family if absent. */
interface SessionOrigin {
  client: ClientTrace | null
  familyId?: string
}

/** Deletes every refresh token of a session family. */
export function deleteFamily({ state }: RelayCore, familyId: string | undefined): void {
  for (const [token, row] of state.refreshTokens) {
    if (row.familyId === familyId) state.refreshTokens.delete(token)
  }
}

/** Claims of an access token this site signed, expired or not. */
export function readAccessToken({ state }: RelayCore, token: string): AccessClaims | undefined {
  const claims = openJwt(state.secret, token)
  const isObject = typeof claims === 'object' && claims !== null && 'user_id' in claims
  return isObject ? (claims as AccessClaims) : undefined
}
