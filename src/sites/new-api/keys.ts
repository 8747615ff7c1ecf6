import * as z from 'zod/mini'

import { type Result, settle } from '@/src/domain/failure'

import type { Access, ApiKeyList, SiteContext } from '../adapter'
import { toApiKey } from './api-key'
import { expectUser } from './identity'
import { type ListPage, readPage } from './pages'
import { fetchData } from './request'
import { type ApiKeyAnswer, apiKeySchema } from './schemas'

const PATH = '/api/token/'
const ROWS = 100
const MOST_PAGES = 100

/**
 * All keys by the universal paging algorithm (`contracts/new-api.md 6.1`), which fits every
 * generation and relative: the first answer tells how the server counts.
 */
export function listApiKeys(ctx: SiteContext, access: Access): Promise<Result<ApiKeyList>> {
  return settle(async () => {
    const found = new Map<number, ApiKeyAnswer>()
    const first = await fetchPage(ctx, access, { p: 0, size: ROWS })
    let page = first
    for (let count = 1; ; count += 1) {
      const fresh = page.rows.filter(({ id }) => !found.has(id))
      for (const row of fresh) found.set(row.id, row)
      const isEnd = isLast(page, first, fresh.length, found.size)
      if (isEnd || count === MOST_PAGES) return listOf(ctx, found, isEnd ? page.total : Infinity)
      page = await fetchPage(ctx, access, nextQuery(first, count))
    }
  })
}

/** `total`: what the server counts; a list that ended before it is not complete. */
function listOf(
  ctx: SiteContext,
  found: ReadonlyMap<number, ApiKeyAnswer>,
  total: number | null,
): ApiKeyList {
  const keys = [...found.values()].map((row) => toApiKey(row, ctx.now()))
  return { keys, complete: total === null || keys.length >= total }
}

async function fetchPage(
  ctx: SiteContext,
  access: Access,
  query: Record<string, number>,
): Promise<ListPage<ApiKeyAnswer>> {
  const data = await fetchData(ctx, access, { path: PATH, query }, z.unknown())
  const page = readPage(data, apiKeySchema, PATH)
  for (const row of page.rows) {
    if (row.user_id !== undefined) expectUser(row.user_id, access, PATH)
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
