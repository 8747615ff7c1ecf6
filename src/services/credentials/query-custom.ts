import * as z from 'zod/mini'

import type { CustomQuery } from '@/src/domain/credential'
import { type Failure, raise } from '@/src/domain/failure'
import type { QueryValue } from '@/src/domain/query-values'

import type { Asker, Question } from './asker'
import { parseDotPath, readNumber } from './dot-path'
import { expiry, noFigures, told, tokens, type UsageFigures } from './usage-figures'

type CustomQuestion = Pick<Question<z.ZodMiniType>, 'path' | 'query'> & {
  readonly paths: ReadonlyMap<QueryValue, readonly string[]>
}

const anything = z.unknown()

/**
 * What a custom query would send, or why it may not: it can only be a GET to the credential's own
 * origin (`features/accounts-and-keys.md 7.5`).
 *
 * @throws `input`: `endpoint-required`, `not-a-path`, `other-origin`, `address-with-login`,
 *   `repeated-parameter` (field `query.custom.endpoint`), `path-required` (field
 *   `query.custom.paths`), `bad-path` (field `query.custom.paths.<value>`)
 */
export function customQuestion(custom: CustomQuery | undefined, baseUrl: string): CustomQuestion {
  const url = addressOf(custom?.endpoint.trim() ?? '', new URL(baseUrl).origin)
  const query = Object.fromEntries(url.searchParams)
  if (Object.keys(query).length !== url.searchParams.size) refuse('repeated-parameter')
  const paths = new Map<QueryValue, readonly string[]>()
  for (const [value, path] of Object.entries(custom?.paths ?? {})) {
    if (path.trim() !== '') paths.set(value as QueryValue, parseDotPath(path, fieldOf(value)))
  }
  if (paths.size === 0) raise({ class: 'input', reason: 'path-required', field: FIELD_PATHS })
  return { path: url.pathname, query, paths }
}

/** Reads the mapped values of the endpoint; `failure` is why some of them could not be read. */
export async function askCustom(
  asker: Asker,
  custom: CustomQuery | undefined,
): Promise<{ figures: UsageFigures; failure?: Failure }> {
  const { paths, ...question } = customQuestion(custom, asker.target.baseUrl)
  const body = await asker.get({ ...question, schema: anything })
  const values: Partial<Record<QueryValue, number | null>> = {}
  const failures: Failure[] = []
  for (const [value, path] of paths) {
    const read = readNumber(body, path)
    if (read.ok) values[value] = read.value
    else failures.push({ ...read.failure, field: fieldOf(value), path: question.path })
  }
  const [failure] = failures
  if (failure && failures.length === paths.size) raise(failure)
  return { figures: figuresOf(values), ...(failure ? { failure } : {}) }
}

function figuresOf(values: Partial<Record<QueryValue, number | null>>): UsageFigures {
  const { totalGrantedUsd: granted, totalUsedUsd: used } = values
  const left = granted != null && used != null ? granted - used : null
  return {
    ...noFigures('not-collected'),
    balanceUsd: told(values.balanceUsd ?? values.totalAvailableUsd ?? left),
    todayCostUsd: told(values.todayCostUsd),
    todayRequests: told(values.todayRequests),
    todayTokens: tokens(
      values.todayTotalTokens,
      values.todayPromptTokens,
      values.todayCompletionTokens,
    ),
    totalUsedUsd: told(used),
    totalGrantedUsd: told(granted),
    ...expiry(values.expiresAt),
  }
}

const FIELD_PATHS = 'query.custom.paths'

const fieldOf = (value: string): string => `${FIELD_PATHS}.${value}`

function refuse(reason: string): never {
  return raise({ class: 'input', reason, field: 'query.custom.endpoint' })
}

/** Where the endpoint is, as the browser itself would understand it. */
function addressOf(endpoint: string, origin: string): URL {
  if (endpoint === '') return refuse('endpoint-required')
  const isAddress = /^https?:\/\//i.test(endpoint)
  if (!isAddress && !endpoint.startsWith('/')) return refuse('not-a-path')
  // `/\host` and `/<tab>/host` are `//host` to a browser.
  const url = URL.canParse(endpoint, origin) ? new URL(endpoint, origin) : refuse('not-a-path')
  if (url.username !== '' || url.password !== '') return refuse('address-with-login')
  return url.origin === origin ? url : refuse('other-origin')
}
