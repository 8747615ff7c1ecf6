import type * as z from 'zod/mini'

import { raise, unwrap } from '@/src/domain/failure'

import { type CallFacts, classifyAnswer } from './classify'
import type { SiteResponse } from './transport'

/**
 * The `data` of a successful answer (`contracts/new-api.md 1.1`).
 *
 * @throws the classified failure of the answer, or `changed-api/unexpected-shape` whose `field` is
 *   the first path at fault, e.g. `data.quota`.
 */
export function readData<S extends z.ZodMiniType>(
  response: SiteResponse,
  schema: S,
  call: CallFacts,
): z.output<S> {
  const body = unwrap(classifyAnswer(response, call))
  return readShape(body['data'], schema, { ...call, httpStatus: response.status })
}

/** A part of a field's path; keys of maps are the site's own words and stay out. */
function fieldName(part: string): string {
  return /^[a-zA-Z]{1,16}(?:_[a-zA-Z]{1,16}){0,3}$|^\d{1,4}$/.test(part) ? part : '*'
}

/** Parses a part of an answer; `at` names it in the failure (default `data`). */
export function readShape<S extends z.ZodMiniType>(
  value: unknown,
  schema: S,
  call: { readonly path: string; readonly httpStatus?: number; readonly at?: string },
): z.output<S> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const parts = (parsed.error.issues[0]?.path ?? []).map(String).map(fieldName)
  return raise({
    class: 'changed-api',
    reason: 'unexpected-shape',
    field: [call.at ?? 'data', ...parts].join('.').slice(0, 120),
    path: call.path,
    ...(call.httpStatus === undefined ? {} : { httpStatus: call.httpStatus }),
  })
}
