import { type Result, raise, settle } from '@/src/domain/failure'
import type { Generation } from '@/src/domain/site-type'
import { classifyAnswer, codeOf } from '@/src/net/classify'
import { readShape } from '@/src/net/envelope'
import type { SiteResponse } from '@/src/net/transport'

import type { Access, PageStorage, SiteContext, TabSession } from '../adapter'
import { fetchSelf, type ReadSelf, toFigures } from './account'
import { generationByKeys, generationBySession } from './generation'
import { envelopeOf, factsOf } from './request'
import { accessTokenSchema, bundleSchema, storedIdSchema, storedUserSchema } from './schemas'

/** `localStorage` keys that may name the user (`contracts/new-api.md 3.3`). */
export const PAGE_STORAGE_KEYS = ['user', 'uid'] as const

/** The login of every server before G2 (`contracts/new-api.md 2.2`) and of its descendants. */
export const SESSION_COOKIE = { name: 'session', path: '/' }

/** The login from G2 on (`contracts/new-api.md 2.6`). */
export const REFRESH_COOKIE = { name: 'new_api_refresh', path: '/api/user/auth' }

const REFRESH = '/api/user/auth/refresh'

/** A bearer with less than this left is not worth handing on (`contracts/new-api.md 3.4`). */
const LEAST_LIFE_MS = 30_000

type Bearer = Extract<Access, { kind: 'bearer' }>

/**
 * Who is logged in, as `contracts/new-api.md 3.4` says: a G2+ session renewal first, because a
 * stale `user` may remain in storage from before an upgrade; storage only where no such endpoint
 * exists, and then only as a hint the site must confirm.
 */
export function readSession(ctx: SiteContext, page: PageStorage): Promise<Result<TabSession>> {
  return settle(async () => {
    const bearer = await renewSession(ctx)
    if (bearer) return sessionOf(ctx, bearer, await generationBySession(ctx, bearer))
    const userId = storedUserId(page)
    if (userId === null) return raise({ class: 'login', reason: 'no-session-in-page' })
    const access: Access = { kind: 'cookie', userId }
    return sessionOf(ctx, access, null)
  })
}

/** Access by the browser's login, without a page (`contracts/new-api.md 2.6`). */
export function openSession(
  ctx: SiteContext,
  userId: string,
  generation: Generation,
): Promise<Result<Access>> {
  return settle(async () => {
    if (!hasSessions(generation)) return { kind: 'cookie', userId }
    const bearer = await renewSession(ctx)
    if (!bearer)
      return raise({ class: 'unsupported', reason: 'no-session-endpoint', path: REFRESH })
    if (bearer.userId === userId) return bearer
    return raise({ class: 'identity', reason: 'user-mismatch', path: REFRESH })
  })
}

/** The id a page's storage names; malformed values count as absent. */
export function storedUserId(page: PageStorage): string | null {
  const user = storedUserSchema.safeParse(parseStored(page.values['user']))
  if (user.success) return user.data.id
  const uid = storedIdSchema.safeParse(page.values['uid'])
  return uid.success ? uid.data : null
}

/** The session of a proven access; `generation` is looked up by the key list when not known. */
export async function sessionOf(
  ctx: SiteContext,
  access: Access,
  generation: Generation | null,
  readSelf: ReadSelf = fetchSelf,
): Promise<TabSession> {
  const self = await readSelf(ctx, access)
  const token = accessTokenSchema.safeParse(self.access_token)
  const known = generation ?? (await generationByKeys(ctx, access))
  return {
    access,
    figures: toFigures(self),
    generation: known,
    existingToken: token.success ? token.data : null,
    tokenCreation: known === 'g3' || known === 'g4' ? 'by-hand' : 'replaces',
  }
}

/**
 * Renews a G2+ session by its refresh cookie.
 *
 * @returns `null` where the site has no such endpoint.
 * @throws `login`, `limit` and the rest as the answer says: never a reason to trust storage.
 */
async function renewSession(ctx: SiteContext): Promise<Bearer | null> {
  const response = await ctx.transport(
    { method: 'POST', path: REFRESH, cookies: 'include', budget: 'critical' },
    ctx.signal ? { signal: ctx.signal } : {},
  )
  if (isForeignAnswer(response)) return null
  const data = envelopeOf(response, null, REFRESH)['data']
  if (!looksLikeBundle(data)) return null
  const bundle = readShape(data, bundleSchema, { path: REFRESH, httpStatus: response.status })
  const expiresAtMs = bundle.access_expires_at * 1000
  if (expiresAtMs - ctx.now() <= LEAST_LIFE_MS) {
    return raise({ class: 'login', reason: 'session-expired', path: REFRESH })
  }
  return {
    kind: 'bearer',
    userId: bundle.user.id,
    bearer: bundle.access_token,
    expiresAtMs,
    sessionId: bundle.session.sid,
  }
}

/** 404, 405, or a 2xx that has nothing to do with sessions (a single-page app, an old `false`). */
function isForeignAnswer(response: SiteResponse): boolean {
  if (codeOf(response) !== null) return false
  const envelope = classifyAnswer(response, factsOf(null, REFRESH))
  if (envelope.ok) return false
  const { class: kind } = envelope.failure
  return kind === 'unsupported' || (response.status < 300 && kind !== 'challenge')
}

function looksLikeBundle(data: unknown): boolean {
  if (typeof data !== 'object' || data === null) return false
  return 'access_token' in data || 'session' in data || 'token_type' in data
}

function hasSessions(generation: Generation): boolean {
  return generation === 'g2' || generation === 'g3' || generation === 'g4'
}

function parseStored(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null') as unknown
  } catch {
    return null
  }
}
