import type * as z from 'zod/mini'

import { type CallFacts, type EnvelopeBody, classifyAnswer } from '@/src/net/classify'
import { readData } from '@/src/net/envelope'
import type { Json, SiteRequest, SiteResponse } from '@/src/net/transport'
import { unwrap } from '@/src/domain/failure'

import type { Access, SiteContext } from '../adapter'

/** Every name the family has for the user-id header; unknown ones are ignored (2.4). */
const USER_HEADERS = [
  'New-Api-User',
  'Veloera-User',
  'voapi-user',
  'X-Api-User',
  'User-id',
  'Rix-Api-User',
  'neo-api-user',
  'X-ModelFlare-User',
] as const

/** A call of the family; what is left out: GET, general budget. */
export interface Call {
  readonly path: string
  readonly method?: SiteRequest['method']
  readonly query?: Readonly<Record<string, string | number>>
  readonly body?: Json
  readonly budget?: SiteRequest['budget']
  readonly changes?: true
  /** Beside the proof of the access. */
  readonly headers?: Readonly<Record<string, string>>
  /** What a second factor was answered with (`contracts/new-api.md 10.3`). */
  readonly securityProof?: string | undefined
}

/**
 * Headers and cookie mode that prove `access` (`contracts/new-api.md 2.3, 2.4`). A token never
 * travels with cookies: on G0/G1 the cookie's user would win. `null` proves nothing.
 */
function proofOf(access: Access | null): Pick<SiteRequest, 'headers' | 'cookies'> {
  if (access === null) return { cookies: 'omit' }
  switch (access.kind) {
    case 'token':
      return {
        headers: { Authorization: `Bearer ${access.accessToken}`, ...userHeaders(access.userId) },
        cookies: 'omit',
      }
    case 'cookie':
      return { headers: userHeaders(access.userId), cookies: 'include' }
    case 'bearer':
      return { headers: { Authorization: `Bearer ${access.bearer}` }, cookies: 'omit' }
  }
}

/** Sends a call; resolves with whatever the site answered. */
export function send(ctx: SiteContext, access: Access | null, call: Call): Promise<SiteResponse> {
  const { headers, cookies } = proofOf(access)
  const { securityProof } = call
  const allHeaders = {
    ...call.headers,
    ...headers,
    ...(securityProof ? { 'X-Security-Proof': securityProof } : {}),
  }
  return ctx.transport(
    {
      method: call.method ?? 'GET',
      path: call.path,
      ...(call.query ? { query: call.query } : {}),
      ...(call.body === undefined ? {} : { body: call.body }),
      ...(call.changes ? { changes: call.changes } : {}),
      ...(Object.keys(allHeaders).length > 0 ? { headers: allHeaders } : {}),
      cookies,
      budget: call.budget ?? 'general',
    },
    ctx.signal ? { signal: ctx.signal } : {},
  )
}

/** Sends a call and returns the `data` of its answer. @throws what `readData` throws. */
export async function fetchData<S extends z.ZodMiniType>(
  ctx: SiteContext,
  access: Access | null,
  call: Call,
  schema: S,
): Promise<z.output<S>> {
  return readData(await send(ctx, access, call), schema, factsOf(access, call.path))
}

/**
 * The classified envelope of an answer. `secrets`: what the call carried besides the proof of
 * `access`. @throws its failure.
 */
export function envelopeOf(
  response: SiteResponse,
  access: Access | null,
  path: string,
  secrets: readonly string[] = [],
): EnvelopeBody {
  const facts = factsOf(access, path)
  return unwrap(classifyAnswer(response, { ...facts, secrets: [...facts.secrets, ...secrets] }))
}

export function factsOf(access: Access | null, path: string): CallFacts {
  return { path, secrets: secretsOf(access) }
}

function secretsOf(access: Access | null): readonly string[] {
  if (access?.kind === 'token') return [access.accessToken]
  return access?.kind === 'bearer' ? [access.bearer] : []
}

function userHeaders(userId: string): Record<string, string> {
  // `''` = the user is not known yet; the servers answer a missing header with a clear 401.
  if (userId === '') return {}
  return Object.fromEntries(USER_HEADERS.map((name) => [name, userId]))
}
