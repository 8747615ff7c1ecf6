import * as z from 'zod/mini'

import type { ApiKey } from '@/src/domain/api-key'
import { type Result, settle } from '@/src/domain/failure'

import type { Access, ApiKeyList, SiteContext } from '../adapter'
import { toApiKey } from './api-key'
import { expectUser } from './identity'
import { type ListPage, readPage } from './pages'
import { fetchData } from './request'
import { type ApiKeyAnswer, apiKeySchema } from './schemas'

/** All routes of keys begin with it. */
export const KEYS = '/api/token/'

const ROWS = 100
const MOST_PAGES = 100

/** What a row of a key list looks like at a member of the family. */
export interface KeyForm<Row extends ApiKeyAnswer> {
  readonly schema: z.ZodMiniType<Row>
  readonly toApiKey: (row: Row, nowMs: number) => ApiKey
}

export const KEY_FORM: KeyForm<ApiKeyAnswer> = { schema: apiKeySchema, toApiKey }

/**
 * All keys by the universal paging algorithm (`contracts/new-api.md 6.1`), which fits every
 * generation and relative: the first answer tells how the server counts.
 */
export function listApiKeys(ctx: SiteContext, access: Access): Promise<Result<ApiKeyList>> {
  return settle(() => readApiKeys(ctx, access, KEY_FORM))
}

/** As {@link listApiKeys}, for rows of another form, and throwing. */
export async function readApiKeys<Row extends ApiKeyAnswer>(
  ctx: SiteContext,
  access: Access,
  form: KeyForm<Row>,
): Promise<ApiKeyList> {
  const found = new Map<number, Row>()
  const first = await fetchPage(ctx, access, form.schema, { p: 0, size: ROWS })
  let page = first
  for (let count = 1; ; count += 1) {
    const fresh = page.rows.filter(({ id }) => !found.has(id))
    for (const row of fresh) found.set(row.id, row)
    const isEnd = isLast(page, first, fresh.length, found.size)
    if (isEnd || count === MOST_PAGES) {
      const keys = [...found.values()].map((row) => form.toApiKey(row, ctx.now()))
      // A list that ended before what the server counts is not complete.
      return { keys, complete: isEnd && (page.total === null || keys.length >= page.total) }
    }
    page = await fetchPage(ctx, access, form.schema, nextQuery(first, count))
  }
}

/** The newest keys, as far as the first page goes: servers list them by falling id (6.1). */
export async function readNewestKeys<Row extends ApiKeyAnswer>(
  ctx: SiteContext,
  access: Access,
  form: KeyForm<Row>,
): Promise<readonly ApiKey[]> {
  const { rows } = await fetchPage(ctx, access, form.schema, { p: 0, size: ROWS })
  return rows.map((row) => form.toApiKey(row, ctx.now()))
}

async function fetchPage<Row extends ApiKeyAnswer>(
  ctx: SiteContext,
  access: Access,
  schema: z.ZodMiniType<Row>,
  query: Record<string, number>,
): Promise<ListPage<Row>> {
  const data = await fetchData(ctx, access, { path: KEYS, query }, z.unknown())
  const page = readPage(data, schema, KEYS)
  for (const row of page.rows) {
    if (row.user_id !== undefined) expectUser(row.user_id, access, KEYS)
  }
  return page
}

/** Whether the list ends here; a page without a new id ends every list. */
function isLast(
  page: ListPage<unknown>,
  first: ListPage<unknown>,
  freshCount: number,
  foundCount: number,
): boolean {
  if (freshCount === 0) return true
  if (page.total !== null) return foundCount >= page.total
  // The first page tells the size: a server that ignores `size` gives 10 (6.1).
  return page.rows.length < (first.pageSize ?? Math.max(first.rows.length, 10))
}

/** Query of the page after `count` pages were read. */
function nextQuery(first: ListPage<unknown>, count: number): Record<string, number> {
  if (first.shape === 'data') return { page: count + 1, size: ROWS }
  const isZeroBased = first.shape === 'array' || first.page === 0
  return { p: isZeroBased ? count : count + 1, size: ROWS }
}
