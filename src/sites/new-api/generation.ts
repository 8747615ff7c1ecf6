import * as z from 'zod/mini'

import { type Result, raise, settle } from '@/src/domain/failure'
import type { Generation } from '@/src/domain/site-type'
import { classifyAnswer, codeOf } from '@/src/net/classify'

import type { Access, SiteContext } from '../adapter'
import { isMasked } from './api-key'
import { readPage } from './pages'
import { factsOf, fetchData, send } from './request'
import { apiKeySchema } from './schemas'

const SELF = '/api/user/self'
const KEYS = '/api/token/'
const TOKEN_STATUS = '/api/user/token/status'
/** Absent in G0 and present after it (`contracts/new-api.md 0`), on no critical budget. */
const AFTER_G0 = '/api/user/topup/info'

/**
 * Tells the generation apart by the probes of `contracts/new-api.md 0`, never by the version text.
 * Without an access G1a and G1b look alike (`g1`). `g4` is unverified: no G4 server was seen, it is
 * concluded from `retire_at` or a code that starts with `ACCESS_TOKEN_`.
 */
export function probeGeneration(
  ctx: SiteContext,
  access: Access | null,
): Promise<Result<Generation>> {
  return settle(async () => {
    if (access?.kind === 'bearer' || (await hasSessionCodes(ctx))) {
      return generationBySession(ctx, access)
    }
    return access ? generationByKeys(ctx, access) : generationByRoutes(ctx)
  })
}

/** Among G2+ by the token status endpoint: absent, answering, or speaking of several tokens. */
export async function generationBySession(
  ctx: SiteContext,
  access: Access | null,
): Promise<Generation> {
  const response = await send(ctx, access, { path: TOKEN_STATUS })
  if (codeOf(response)?.startsWith('ACCESS_TOKEN_')) return 'g4'
  const envelope = classifyAnswer(response, factsOf(access, TOKEN_STATUS))
  if (envelope.ok) return hasRetireDate(envelope.value['data']) ? 'g4' : 'g3'
  const { failure } = envelope
  // An unknown path is a 404 (1.1): a refusal with a code shows that the route exists.
  const isCoded = failure.reason?.startsWith('auth-') === true && failure.class !== 'server'
  if (failure.class === 'proof' || isCoded) return 'g3'
  return failure.class === 'unsupported' ? 'g2' : raise(failure)
}

/** Among G0 and G1 by the shape of the key list and the masking of a key in it. */
export async function generationByKeys(ctx: SiteContext, access: Access): Promise<Generation> {
  const data = await fetchData(ctx, access, { path: KEYS, query: { p: 0, size: 1 } }, z.unknown())
  const page = readPage(data, apiKeySchema, KEYS)
  if (page.shape === 'array') return 'g0'
  const key = page.rows[0]?.key
  if (key === undefined) return 'g1'
  return isMasked(key) ? 'g1b' : 'g1a'
}

/** G2+ names its refusals, older servers do not (`contracts/new-api.md 1.2`). */
async function hasSessionCodes(ctx: SiteContext): Promise<boolean> {
  const response = await send(ctx, null, { path: SELF })
  if (codeOf(response)?.startsWith('AUTH_')) return true
  const envelope = classifyAnswer(response, factsOf(null, SELF))
  // Older servers refuse with 401; anything but a refusal of the login is no answer to this probe.
  if (!envelope.ok && envelope.failure.class !== 'login') raise(envelope.failure)
  return false
}

async function generationByRoutes(ctx: SiteContext): Promise<Generation> {
  const envelope = classifyAnswer(
    await send(ctx, null, { path: AFTER_G0 }),
    factsOf(null, AFTER_G0),
  )
  if (envelope.ok || envelope.failure.class === 'login') return 'g1'
  return envelope.failure.class === 'unsupported' ? 'g0' : raise(envelope.failure)
}

function hasRetireDate(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'retire_at' in data
}
