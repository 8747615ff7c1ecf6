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

/** The names our schema gives fields; a key of a map is the site's own word and in none of them. */
function namesIn(schema: unknown, names = new Set<string>()): ReadonlySet<string> {
  const def = isObject(schema) && isObject(schema['_zod']) ? schema['_zod']['def'] : undefined
  if (!isObject(def)) return names
  const shape = isObject(def['shape']) ? def['shape'] : {}
  for (const name of Object.keys(shape)) names.add(name)
  for (const part of [...Object.values(shape), ...Object.values(def).flat()]) namesIn(part, names)
  return names
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

/** Parses a part of an answer; `at` names it in the failure (default `data`). */
export function readShape<S extends z.ZodMiniType>(
  value: unknown,
  schema: S,
  call: { readonly path: string; readonly httpStatus?: number; readonly at?: string },
): z.output<S> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const names = namesIn(schema)
  const parts = (parsed.error.issues[0]?.path ?? []).map((part) =>
    typeof part === 'number' || names.has(String(part)) ? String(part) : '*',
  )
  return raise({
    class: 'changed-api',
    reason: 'unexpected-shape',
    field: [call.at ?? 'data', ...parts].join('.').slice(0, 120),
    path: call.path,
    ...(call.httpStatus === undefined ? {} : { httpStatus: call.httpStatus }),
  })
}
