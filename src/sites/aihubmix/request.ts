import type * as z from 'zod/mini'

import { raise } from '@/src/domain/failure'
import { type CallFacts, classifyAnswer } from '@/src/net/classify'
import { readShape } from '@/src/net/envelope'
import type { Json, SiteRequest, SiteResponse } from '@/src/net/transport'

import type { Access, SiteContext } from '../adapter'
import { accessTokenSchema } from '../new-api/schemas'
import { isFields, isSuccess, jsonOf } from '../json'

/** What is left out: GET. */
interface Call {
  readonly path: string
  readonly method?: SiteRequest['method']
  readonly query?: Readonly<Record<string, string | number>>
  readonly body?: Json
}

/** The raw access token, or the browser's session (`contracts/other-sites.md 5`). */
export type Proof = { readonly token: string } | 'browser'

/** The proof of an access. @throws `unsupported` for another kind, `input` for what is no token. */
export function proofOf(access: Access): Proof {
  if (access.kind !== 'token') return raise({ class: 'unsupported', reason: 'token-only' })
  const token = accessTokenSchema.safeParse(access.accessToken)
  if (!token.success) return raise({ class: 'input', field: 'token', reason: 'malformed-token' })
  return { token: token.data }
}

/**
 * The payload of an answer.
 *
 * @throws the failure the answer means, or `changed-api/unexpected-shape`.
 */
export async function fetchPayload<S extends z.ZodMiniType>(
  ctx: SiteContext,
  proof: Proof,
  call: Call,
  schema: S,
): Promise<z.output<S>> {
  const { path, method = 'GET', query, body } = call
  const response = await ctx.transport(
    {
      method,
      path,
      ...(query ? { query } : {}),
      ...(body === undefined ? {} : { body }),
      ...headersOf(proof),
      budget: 'general',
    },
    ctx.signal ? { signal: ctx.signal } : {},
  )
  const secrets = proof === 'browser' ? [] : [proof.token]
  const payload = payloadOf(response, { path, secrets })
  return readShape(payload, schema, { path, httpStatus: response.status })
}

/** Without `Bearer`: the service takes the header's whole value for the token. */
function headersOf(proof: Proof): Pick<SiteRequest, 'headers' | 'cookies'> {
  if (proof === 'browser') return { cookies: 'include' }
  return { headers: { Authorization: proof.token }, cookies: 'omit' }
}

/** `data` of the envelope, or the body itself where there is none. */
function payloadOf(response: SiteResponse, call: CallFacts): unknown {
  const body = jsonOf(response)
  if (!isSuccess(response) || body === undefined || deniesSuccess(body)) {
    const judged = classifyAnswer(response, call)
    if (!judged.ok) raise(judged.failure)
  }
  return isFields(body) && 'data' in body ? body['data'] : body
}

const deniesSuccess = (body: unknown): boolean =>
  isFields(body) && 'success' in body && body['success'] !== true
