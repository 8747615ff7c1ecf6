import type * as z from 'zod/mini'

import { type Failure, raise } from '@/src/domain/failure'
import { type CallFacts, classifyAnswer } from '@/src/net/classify'
import { readShape } from '@/src/net/envelope'
import type { Json, SiteRequest, SiteResponse } from '@/src/net/transport'

import type { Access, SiteContext } from '../adapter'
import { isFields, isSuccess, jsonOf } from '../json'

const KEY_FORM = /^sk-or-[A-Za-z0-9_-]{1,250}$/

/** A call of the account API; `path` is below `/api/v1`. What is left out: GET. */
interface Call {
  readonly path: string
  readonly method?: SiteRequest['method']
  readonly query?: Readonly<Record<string, string | number>>
  readonly body?: Json
}

/** The management key of an access. @throws `unsupported` for any other kind of proof. */
export function managementKeyOf(access: Access): string {
  return access.kind === 'token'
    ? access.accessToken
    : raise({ class: 'unsupported', reason: 'token-only' })
}

/**
 * The `data` of an answer (`contracts/other-sites.md 4`).
 *
 * @throws `input` for what cannot be a key of this service, the failure the answer means, or
 *   `changed-api/unexpected-shape`.
 */
export async function fetchData<S extends z.ZodMiniType>(
  ctx: SiteContext,
  key: string,
  call: Call,
  schema: S,
): Promise<z.output<S>> {
  const { body, ...place } = await exchange(ctx, key, call)
  return readShape(isFields(body) ? body['data'] : undefined, schema, place)
}

/** As {@link fetchData}, of an answer that says more than its `data`. */
export async function fetchBody<S extends z.ZodMiniType>(
  ctx: SiteContext,
  key: string,
  call: Call,
  schema: S,
): Promise<z.output<S>> {
  const { body, ...place } = await exchange(ctx, key, call)
  return readShape(body, schema, { ...place, at: 'body' })
}

/** The body of a success, and where it came from. */
async function exchange(ctx: SiteContext, key: string, call: Call) {
  // A token of another site must not even be sent here.
  if (!KEY_FORM.test(key)) raise(notAManagementKey())
  const path = `/api/v1${call.path}`
  const response = await ctx.transport(
    {
      method: call.method ?? 'GET',
      path,
      ...(call.query ? { query: call.query } : {}),
      ...(call.body === undefined ? {} : { body: call.body }),
      headers: { Authorization: `Bearer ${key}` },
      cookies: 'omit',
      budget: 'general',
    },
    ctx.signal ? { signal: ctx.signal } : {},
  )
  const body = readBody(response, { path, secrets: [key] })
  return { body, path, httpStatus: response.status }
}

export const notAManagementKey = (): Failure => ({
  class: 'input',
  field: 'token',
  reason: 'not-a-management-key',
})

/** The body of a success. An error is an error also where the status says otherwise. */
function readBody(response: SiteResponse, call: CallFacts): unknown {
  const body = jsonOf(response)
  const refusal = refusalIn(body)
  if (isSuccess(response) && body !== undefined && refusal === null) return body
  const status = isSuccess(response) ? (refusal ?? response.status) : response.status
  const judged = classifyAnswer({ ...response, status }, call)
  return judged.ok ? body : raise(refine(judged.failure, response))
}

/** What the service says of itself beyond the status: a refused key is all a 401 can be. */
function refine(failure: Failure, { status }: SiteResponse): Failure {
  const told = { ...failure, httpStatus: status }
  return failure.class === 'login' ? { ...told, reason: 'invalid-token' } : told
}

/** The status an `{error: {code, message}}` stands for; `null` = the body is no error. */
function refusalIn(body: unknown): number | null {
  const error = isFields(body) ? body['error'] : undefined
  if (!isFields(error)) return null
  const code = error['code']
  return typeof code === 'number' && code >= 400 && code < 600 ? code : 400
}
