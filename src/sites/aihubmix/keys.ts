import * as z from 'zod/mini'

import { raise, type Result, settle } from '@/src/domain/failure'
import { readShape } from '@/src/net/envelope'

import type { Access, ApiKeyList, SiteContext } from '../adapter'
import { isFields } from '../json'
import { fetchSelf } from './account'
import { toApiKey } from './api-key'
import { fetchPayload, proofOf } from './request'
import { type ApiKeyAnswer, apiKeySchema, countSchema, type SelfAnswer } from './schemas'

export const KEYS = '/api/token/'
/** A wish the service may ignore. */
const ROWS = 100
/** The family's smallest page: fewer rows are the last ones. */
const SMALLEST_PAGE = 10
const MOST_PAGES = 100

interface Page {
  readonly rows: readonly ApiKeyAnswer[]
  readonly total: number | null
}

/**
 * All keys (`contracts/other-sites.md 5`), their text masked. The answer seldom says whether it is
 * whole, so a list that may have been cut is asked for its next pages, as those of relatives are
 * (7.2).
 */
export function listApiKeys(ctx: SiteContext, access: Access): Promise<Result<ApiKeyList>> {
  return settle(async () => {
    const self = await fetchSelf(ctx, access)
    const found = new Map<string, ApiKeyAnswer>()
    for (let number = 0; number < MOST_PAGES; number += 1) {
      const page = await fetchPage(ctx, access, number)
      expectOwn(page.rows, self)
      const before = found.size
      for (const row of page.rows) found.set(row.id, row)
      if (isLast(page, number, found.size - before, found.size)) {
        return listOf(ctx, found, page.total)
      }
    }
    return listOf(ctx, found, Infinity)
  })
}

/** `total`: what the service counts; a list that ended before it is not complete. */
function listOf(
  ctx: SiteContext,
  found: ReadonlyMap<string, ApiKeyAnswer>,
  total: number | null,
): ApiKeyList {
  const keys = [...found.values()].map((row) => toApiKey(row, ctx.now()))
  return { keys, complete: total === null || keys.length >= total }
}

function isLast(page: Page, number: number, freshCount: number, foundCount: number): boolean {
  if (page.total !== null && foundCount >= page.total) return true
  // Page 1 may repeat page 0 where counting starts at 1: only page 2 tells.
  if (freshCount === 0) return page.rows.length === 0 || number !== 1
  return page.total === null && page.rows.length < SMALLEST_PAGE
}

async function fetchPage(ctx: SiteContext, access: Access, number: number): Promise<Page> {
  const query = { num: ROWS, ...(number === 0 ? {} : { p: number }) }
  const payload = await fetchPayload(ctx, proofOf(access), { path: KEYS, query }, z.unknown())
  return readPage(payload)
}

/** A bare array, `{items}` or `{data}`. */
function readPage(payload: unknown): Page {
  const rows = (value: unknown, at: string) =>
    readShape(value, z.array(apiKeySchema), { path: KEYS, at })
  if (!isFields(payload)) return { rows: rows(payload, 'data'), total: null }
  const { total, total_count: count } = readShape(payload, countSchema, { path: KEYS })
  const name = 'items' in payload ? 'items' : 'data'
  return { rows: rows(payload[name], `data.${name}`), total: total ?? count ?? null }
}

/** Rows that name their user must name this one, where its number is known. */
export function expectOwn(rows: readonly ApiKeyAnswer[], self: SelfAnswer): void {
  const isOwn = ({ user_id: userId }: ApiKeyAnswer) =>
    self.id === undefined || userId === undefined || userId === self.id
  if (!rows.every(isOwn)) raise({ class: 'identity', reason: 'user-mismatch', path: KEYS })
}
