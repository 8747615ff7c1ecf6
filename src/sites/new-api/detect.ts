import * as z from 'zod/mini'

import { raise, type Result, settle } from '@/src/domain/failure'
import type { Evidence } from '@/src/domain/recognition'
import type { SiteType } from '@/src/domain/site-type'
import { classifyAnswer } from '@/src/net/classify'
import { readShape } from '@/src/net/envelope'
import type { SiteResponse } from '@/src/net/transport'

import type { Detection, SiteContext } from '../adapter'
import { toStatus } from './account'
import { factsOf, send } from './request'
import { statusSchema } from './schemas'

const PATH = '/api/status'

/** Fields only relatives without an adapter have (`contracts/new-api.md 12`, extra signals). */
const FOREIGN_FIELDS = [
  'check_in_enabled',
  'PaymentUSDRate',
  'UserInvoiceMonth',
  'chat_links',
  'EnableSafe',
] as const

const NEW_API_FIELDS = ['HeaderNavModules', 'SidebarModulesAdmin'] as const
const ONE_API_FIELDS = ['lark_client_id', 'oidc_well_known', 'oidc'] as const

type Fields = Readonly<Record<string, unknown>>

/**
 * Recognises New API or One API by the behaviour of `GET /api/status` (`contracts/new-api.md 12`),
 * never by a title: operators rename it. `null` = another software, also a relative of the family
 * that answers differently (One Hub, DoneHub, Veloera).
 */
function detectFamily(ctx: SiteContext): Promise<Result<Detection | null>> {
  return settle(async () => {
    const response = await send(ctx, null, { path: PATH })
    const fields = statusFields(response)
    const verdict = fields && judge(response, fields)
    if (!verdict) return null
    return { ...verdict, status: toStatus(readShape(fields, statusSchema, { path: PATH })) }
  })
}

/** {@link detectFamily}, narrowed to one member. */
export function detectAs(siteType: SiteType) {
  return async (ctx: SiteContext): Promise<Result<Detection | null>> => {
    const found = await detectFamily(ctx)
    return found.ok && found.value?.siteType !== siteType ? { ok: true, value: null } : found
  }
}

/** `data` of the answer; `null` when nothing of this family answers here. */
function statusFields(response: SiteResponse): Fields | null {
  const envelope = classifyAnswer(response, factsOf(null, PATH))
  if (envelope.ok) {
    const data = z.record(z.string(), z.unknown()).safeParse(envelope.value['data'])
    return data.success ? data.data : null
  }
  // These say "another software"; the rest (protection page, limit, 5xx) says nothing about it.
  const isForeign = [
    'unsupported',
    'changed-api',
    'refused',
    'login',
    'proof',
    'identity',
  ].includes(envelope.failure.class)
  return isForeign ? null : raise(envelope.failure)
}

function judge(response: SiteResponse, fields: Fields): Omit<Detection, 'status'> | null {
  if (FOREIGN_FIELDS.some((name) => name in fields)) return null
  const newApi = newApiSigns(response, fields)
  if (newApi.length > 0) return { siteType: 'new-api', evidence: newApi }
  const oneApi = oneApiSigns(response, fields)
  if (oneApi.length > 0) return { siteType: 'one-api', evidence: oneApi }
  // A renamed or trimmed fork: the family shows, the member does not (12, step 6).
  const isFamily = typeof fields['quota_per_unit'] === 'number' || hasFamilyHeader(response)
  return isFamily ? { siteType: 'new-api', evidence: [{ sign: 'status-shape' }] } : null
}

function newApiSigns(response: SiteResponse, fields: Fields): Evidence[] {
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

function oneApiSigns(response: SiteResponse, fields: Fields): Evidence[] {
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
