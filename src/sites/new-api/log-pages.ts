import * as z from 'zod/mini'

import { failureOf, raise } from '@/src/domain/failure'
import type { DayRange } from '@/src/domain/day-key'
import type { MetricReason } from '@/src/domain/metric'

import type { Access, SiteContext } from '../adapter'
import { expectUser } from './identity'
import { type ListPage, readPage } from './pages'
import { fetchData } from './request'
import { type LogRow, logRowSchema } from './schemas'

const PATH = '/api/log/self'
const ROWS = 100
const MOST_PAGES = 100
/** 2026 builds count no further (`contracts/new-api.md 8.1`). */
const TOTAL_CAP = 10_000

/**
 * How a server's log is asked for: by the number of its first page, 1 for New API and 0 for One API
 * (`contracts/new-api.md 8.1`), or with One Hub's names (`contracts/donehub.md 7.1`).
 */
export type LogPaging = 0 | 1 | 'one-hub'

/** Rows of one day; `shortfall` says why there may be more. */
export interface DayRows {
  readonly rows: readonly LogRow[]
  readonly shortfall: MetricReason | null
}

/** Query filter of one day's consumption (`contracts/new-api.md 8.3`). */
export function consumptionOf(day: DayRange, paging: LogPaging): Record<string, number> {
  const range = { start_timestamp: day.fromSec, end_timestamp: day.toSec }
  return paging === 'one-hub' ? { log_type: 2, ...range } : { type: 2, ...range }
}

/**
 * Pages through one day's consumption. A failure after the first page leaves what was read, with
 * `request-failed`; the first page's failure, a foreign row and a cancellation are thrown.
 */
export async function readDayRows(
  ctx: SiteContext,
  access: Access,
  day: DayRange,
  paging: LogPaging,
): Promise<DayRows> {
  const fetchAt = (at: number) => fetchPage(ctx, access, pageQuery(day, paging, at), day)
  let offset: 0 | 1 = paging === 0 ? 0 : 1
  let page = await fetchAt(offset)
  if (page.shape === 'array' && offset === 1) {
    // Bare arrays count from 0 (8.1): this was the second page.
    offset = 0
    page = await fetchAt(offset)
  }
  const rows: LogRow[] = []
  // Rows that arrive while we read are the next refresh's: the first answer says how many to expect.
  const expected = countedTotal(page)
  let previous: ListPage<LogRow> | null = null
  for (let count = 1; ; count += 1) {
    const fresh = withoutRepeats(page, previous)
    rows.push(...fresh)
    if (isLast(page, expected, fresh.length, rows.length)) {
      // A list that ends before the number the server itself named is a lower bound.
      const isShort = expected !== null && rows.length < expected
      return { rows, shortfall: isShort ? 'invalid-answer' : null }
    }
    if (count === MOST_PAGES) return { rows, shortfall: 'page-limit' }
    previous = page
    const next = await fetchAt(count + offset).catch(keepGoingWithout)
    if (!next) return { rows, shortfall: 'request-failed' }
    page = next
  }
}

/** Identity and cancellation end everything; any other failure only ends the paging. */
function keepGoingWithout(thrown: unknown): null {
  const { class: kind } = failureOf(thrown)
  if (kind === 'identity' || kind === 'cancelled' || kind === 'internal') throw thrown
  return null
}

function pageQuery(day: DayRange, paging: LogPaging, at: number): Record<string, number> {
  const filter = consumptionOf(day, paging)
  // 2025 code has no default for a missing page size (8.1).
  return paging === 'one-hub'
    ? { page: at, size: ROWS, ...filter }
    : { p: at, page_size: ROWS, ...filter }
}

async function fetchPage(
  ctx: SiteContext,
  access: Access,
  query: Record<string, number>,
  day: DayRange,
): Promise<ListPage<LogRow>> {
  const data = await fetchData(ctx, access, { path: PATH, query }, z.unknown())
  const page = readPage(data, logRowSchema, PATH)
  for (const row of page.rows) {
    if (row.user_id !== undefined) expectUser(String(row.user_id), access, PATH)
    if (row.created_at < day.fromSec || row.created_at > day.toSec) {
      raise({ class: 'changed-api', reason: 'row-outside-range', path: PATH })
    }
  }
  return page
}

function isLast(
  page: ListPage<LogRow>,
  expected: number | null,
  freshCount: number,
  foundCount: number,
): boolean {
  if (page.rows.length === 0 || freshCount === 0) return true
  if (expected !== null) return foundCount >= expected
  return page.rows.length < (page.pageSize ?? (page.shape === 'array' ? 10 : ROWS))
}

const countedTotal = ({ total }: ListPage<LogRow>): number | null =>
  total !== null && total < TOTAL_CAP ? total : null

/**
 * Rows of `page` that were not already the end of `previous`. New rows push old ones onto the next
 * page while we read; ids cannot tell (8.1: rewritten for users), so whole rows are compared, and
 * only where the pages meet: equal rows elsewhere are separate calls.
 */
function withoutRepeats(
  page: ListPage<LogRow>,
  previous: ListPage<LogRow> | null,
): readonly LogRow[] {
  if (!previous) return page.rows
  const before = previous.rows.map(fingerprint)
  const here = page.rows.map(fingerprint)
  const grown = (countedTotal(page) ?? Infinity) - (countedTotal(previous) ?? 0)
  for (let size = Math.min(before.length, here.length, grown); size > 0; size -= 1) {
    if (here.slice(0, size).every((row, at) => row === before[before.length - size + at])) {
      return page.rows.slice(size)
    }
  }
  return page.rows
}

function fingerprint(row: LogRow): string {
  return JSON.stringify({ ...row, id: undefined })
}
