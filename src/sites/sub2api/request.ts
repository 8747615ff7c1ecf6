import type * as z from 'zod/mini'

import { raise, unwrap } from '@/src/domain/failure'
import type { CallFacts } from '@/src/net/classify'
import { readShape } from '@/src/net/envelope'
import type { Json, SiteRequest, SiteResponse } from '@/src/net/transport'

import type { Access, SiteContext } from '../adapter'
import { readClaims } from './claims'
import { classifyAnswer } from './classify'

/** Paths that several operations ask. */
export const ME = '/api/v1/auth/me'
export const SETTINGS = '/api/v1/settings/public'

/** A call of the panel API; what is left out: GET. */
interface Call {
  readonly path: string
  readonly method?: SiteRequest['method']
  readonly query?: Readonly<Record<string, string | number>>
  readonly body?: Json
  readonly timeoutMs?: number
  /** Makes a creation safe to repeat (`contracts/sub2api.md 8`); printable ASCII. */
  readonly idempotencyKey?: string
}

/**
 * Sends a call; resolves with whatever the site answered. The panel knows no cookies, so none
 * travel (`contracts/sub2api.md 2`).
 */
export async function send(
  ctx: SiteContext,
  access: Access | null,
  call: Call,
): Promise<SiteResponse> {
  const token = access && tokenOf(access, call.path)
  return ctx.transport(
    {
      method: call.method ?? 'GET',
      path: call.path,
      ...(call.query ? { query: call.query } : {}),
      ...(call.body === undefined ? {} : { body: call.body }),
      headers: headersOf(token, call),
      ...(call.timeoutMs === undefined ? {} : { timeoutMs: call.timeoutMs }),
      cookies: 'omit',
      budget: 'general',
    },
    ctx.signal ? { signal: ctx.signal } : {},
  )
}

function headersOf(token: string | null, { idempotencyKey }: Call): Record<string, string> {
  return {
    ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
    ...(idempotencyKey === undefined ? {} : { 'Idempotency-Key': idempotencyKey }),
  }
}

/** Sends a call and returns the `data` of its answer. @throws the classified failure. */
export async function fetchData<S extends z.ZodMiniType>(
  ctx: SiteContext,
  access: Access | null,
  call: Call,
  schema: S,
  secrets: readonly string[] = [],
): Promise<z.output<S>> {
  const facts = factsOf(access, call.path, secrets)
  const response = await send(ctx, access, call)
  const body = unwrap(classifyAnswer(response, facts))
  return readShape(body['data'], schema, { path: call.path, httpStatus: response.status })
}

/** `secrets`: what the call carries besides the proof of `access`. */
export function factsOf(
  access: Access | null,
  path: string,
  secrets: readonly string[] = [],
): CallFacts {
  const own = access?.kind === 'bearer' ? [access.bearer] : []
  const typed = access?.kind === 'token' ? [access.accessToken] : []
  return { path, secrets: [...own, ...typed, ...secrets] }
}

/** Several answers name no user: a bearer made for somebody else is noticed before it is sent. */
function tokenOf(access: Access, path: string): string {
  switch (access.kind) {
    case 'token':
      return access.accessToken
    case 'bearer': {
      const named = readClaims(access.bearer).user_id
      if (named === undefined || named === access.userId) return access.bearer
      return raise({ class: 'identity', reason: 'user-mismatch', path })
    }
    case 'cookie':
      return raise({ class: 'unsupported', reason: 'no-cookie-login', path })
  }
}
