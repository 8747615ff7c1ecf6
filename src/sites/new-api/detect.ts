import * as z from 'zod/mini'

import { type Failure, raise, type Result, settle } from '@/src/domain/failure'
import type { Evidence } from '@/src/domain/recognition'
import type { SiteType } from '@/src/domain/site-type'
import { classifyAnswer } from '@/src/net/classify'
import { readShape } from '@/src/net/envelope'
import type { SiteResponse } from '@/src/net/transport'

import type { Access, Detection, SiteContext } from '../adapter'
import { toStatus } from './account'
import { factsOf, send } from './request'
import { statusSchema } from './schemas'

const PATH = '/api/status'

/** Fields of families with an adapter of their own (`contracts/new-api.md 12`, extra signals). */
const FOREIGN_FIELDS = [
  'check_in_enabled',
  'PaymentUSDRate',
  'UserInvoiceMonth',
  'chat_links',
  'EnableSafe',
] as const

const NEW_API_FIELDS = ['HeaderNavModules', 'SidebarModulesAdmin'] as const
const ONE_API_FIELDS = ['lark_client_id', 'oidc_well_known', 'oidc'] as const

/** Answers of these classes say nothing about the software; any other failure is another one's. */
const SAYS_NOTHING: readonly Failure['class'][] = ['challenge', 'limit', 'server']

export type Fields = Readonly<Record<string, unknown>>

/** A successful answer of `GET /api/status` and its `data`. */
export interface StatusAnswered {
  readonly response: SiteResponse
  readonly fields: Fields
}

/** `GET /api/status` without credentials, `null` and @throws as {@link statusFields}. */
export async function askStatus(ctx: SiteContext): Promise<StatusAnswered | null> {
  const response = await probe(ctx, null, PATH)
  const fields = response && statusFields(response)
  return fields && { response, fields }
}

/** The answer to a look at a site; `null` = a redirect, which none of our routes answers with. */
export async function probe(
  ctx: SiteContext,
  access: Access | null,
  path: string,
): Promise<SiteResponse | null> {
  const sent = await settle(() => send(ctx, access, { path }))
  if (sent.ok) return sent.value
  return sent.failure.reason === 'redirected' ? null : raise(sent.failure)
}

/**
 * `data` of a public answer; `null` when nothing of this family answers here.
 *
 * @throws what says nothing about the software: a protection page, a limit, a failing server.
 */
export function statusFields(response: SiteResponse, path = PATH): Fields | null {
  const envelope = classifyAnswer(response, factsOf(null, path))
  if (envelope.ok) {
    const data = z.record(z.string(), z.unknown()).safeParse(envelope.value['data'])
    return data.success ? data.data : null
  }
  return SAYS_NOTHING.includes(envelope.failure.class) ? raise(envelope.failure) : null
}

/**
 * Recognises New API or One API by the behaviour of `GET /api/status` (`contracts/new-api.md 12`),
 * never by a title: operators rename it. `null` = another software, also a relative of the family
 * that answers differently (One Hub, DoneHub, Veloera).
 */
export function detectFamily(ctx: SiteContext): Promise<Result<Detection | null>> {
  return settle(async () => {
    const answered = await askStatus(ctx)
    const verdict = answered && judge(answered)
    if (!verdict) return null
    return {
      ...verdict,
      status: toStatus(readShape(answered.fields, statusSchema, { path: PATH })),
    }
  })
}

/** {@link detectFamily}, narrowed to one member. */
export function detectAs(siteType: SiteType) {
  return (ctx: SiteContext) => only(siteType, detectFamily(ctx))
}

/** What was found if it is of that type, else `null`; failures stay. */
export async function only(
  siteType: SiteType,
  found: Promise<Result<Detection | null>>,
): Promise<Result<Detection | null>> {
  const result = await found
  return result.ok && result.value?.siteType !== siteType ? { ok: true, value: null } : result
}

function judge(answered: StatusAnswered): Omit<Detection, 'status'> | null {
  const { response, fields } = answered
  if (FOREIGN_FIELDS.some((name) => name in fields)) return null
  const newApi = newApiSigns(answered)
  if (newApi.length > 0) return { siteType: 'new-api', evidence: newApi }
  const oneApi = oneApiSigns(answered)
  if (oneApi.length > 0) return { siteType: 'one-api', evidence: oneApi }
  // A renamed or trimmed fork: the family shows, the member does not (12, step 6).
  const isFamily = typeof fields['quota_per_unit'] === 'number' || hasFamilyHeader(response)
  return isFamily ? { siteType: 'new-api', evidence: [{ sign: 'status-shape' }] } : null
}

function newApiSigns({ response, fields }: StatusAnswered): Evidence[] {
  const own = [
    ...(fields['_qn'] === 'new-api' ? ['_qn'] : []),
    ...NEW_API_FIELDS.filter((name) => name in fields),
  ]
  return [
    ...(response.header('x-new-api-version') === null
      ? []
      : [{ sign: 'response-header', detail: 'X-New-Api-Version' } as const]),
    ...fieldSign(own),
  ]
}

function oneApiSigns({ response, fields }: StatusAnswered): Evidence[] {
  if ('price' in fields) return []
  const own = ONE_API_FIELDS.filter((name) => name in fields)
  if (own.length === 0) return []
  return [
    ...fieldSign(own),
    { sign: 'status-lacks', detail: 'price' },
    ...(hasFamilyHeader(response)
      ? [{ sign: 'response-header', detail: 'X-Oneapi-Request-Id' } as const]
      : []),
  ]
}

/** The fields that gave a family away, as one sign. */
export function fieldSign(names: readonly string[]): Evidence[] {
  return names.length === 0 ? [] : [{ sign: 'status-fields', detail: names.join(', ') }]
}

const hasFamilyHeader = (response: SiteResponse): boolean =>
  response.header('x-oneapi-request-id') !== null
