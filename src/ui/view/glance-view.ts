import type { GlanceRow } from '@/src/domain/glance'
import { todayOf } from '@/src/domain/today'
import type { Metric } from '@/src/domain/metric'
import {
  convertAmount,
  type Currency,
  type Rates,
  type Summand,
  sumMetrics,
  type Total,
} from '@/src/domain/money'

/** A row with what lists need beside it. The row itself serves as its rates. */
export interface GlanceEntry {
  readonly row: GlanceRow
  /** The name; `name · username` where several accounts share the name. */
  readonly title: string
  readonly host: string
}

/** What the accounts add up to. Disabled ones count nowhere. */
export interface GlanceTotals {
  /** Without the accounts the user keeps out of the total. */
  readonly balance: Total
  readonly today: Total
  /** Of the figures in the balance; absent where nothing was ever fetched. */
  readonly oldestAtMs?: number
  readonly newestAtMs?: number
}

/** Where an amount stands among others: first by `rank`, whatever the direction, then by `amount`. */
export interface Worth {
  /** 0 = known in the currency, 1 = known, but the site has no points, 2 = not known. */
  readonly rank: 0 | 1 | 2
  /** In the currency; in dollars for rank 1, among themselves; 0 for rank 2. */
  readonly amount: number
}

/** Same row, same entry: lists keep what they have rendered. */
const made = new WeakMap<GlanceRow, GlanceEntry>()
const searchTexts = new WeakMap<GlanceEntry, string>()

export function entriesOf(rows: readonly GlanceRow[]): GlanceEntry[] {
  const uses = new Map<string, number>()
  for (const row of rows) uses.set(row.name, (uses.get(row.name) ?? 0) + 1)
  return rows.map((row) => entryOf(row, (uses.get(row.name) ?? 0) > 1))
}

function entryOf(row: GlanceRow, sharesName: boolean): GlanceEntry {
  const title = sharesName && row.username !== '' ? `${row.name} · ${row.username}` : row.name
  const known = made.get(row)
  if (known?.title === title) return known
  const entry = { row, title, host: hostOf(row.origin) }
  made.set(row, entry)
  return entry
}

/**
 * Enabled first, then the highest balance, below it what has none in this currency, unknown last;
 * ties by name.
 */
export function sortEntries(entries: readonly GlanceEntry[], currency: Currency): GlanceEntry[] {
  return entries
    .map((entry) => ({ entry, worth: worthOf(entry.row.balance, entry.row, currency) }))
    .sort(
      (a, b) =>
        Number(a.entry.row.disabled) - Number(b.entry.row.disabled) ||
        a.worth.rank - b.worth.rank ||
        descending(a.worth.amount, b.worth.amount) ||
        ascending(a.entry.title, b.entry.title) ||
        ascending(a.entry.row.id, b.entry.row.id),
    )
    .map(({ entry }) => entry)
}

/** Entries in which every word of `query` occurs, whatever its case or width. */
export function searchEntries(entries: readonly GlanceEntry[], query: string): GlanceEntry[] {
  const words = fold(query)
    .split(/\s+/)
    .filter((word) => word !== '')
  if (words.length === 0) return [...entries]
  return entries.filter((entry) => {
    const text = searchTextOf(entry)
    return words.every((word) => text.includes(word))
  })
}

export function totalsOf(
  rows: readonly GlanceRow[],
  currency: Currency,
  nowMs: number,
): GlanceTotals {
  const enabled = rows.filter((row) => !row.disabled)
  const counted = enabled.filter((row) => !row.excludeFromTotal)
  const ages = counted.flatMap((row) => row.figuresAtMs ?? [])
  return {
    balance: sumMetrics(counted.map(balanceOf), currency),
    today: sumMetrics(
      enabled.map((row) => ({ metric: todayOf(row, nowMs), rates: row })),
      currency,
    ),
    ...(ages.length === 0 ? {} : { oldestAtMs: ages.reduce(min), newestAtMs: ages.reduce(max) }),
  }
}

export function worthOf(metric: Metric, rates: Rates, currency: Currency): Worth {
  if (metric.state === 'unavailable') return { rank: 2, amount: 0 }
  const amount = convertAmount(metric.value, rates, currency)
  if (amount !== null) return { rank: 0, amount }
  return { rank: 1, amount: convertAmount(metric.value, rates, 'USD') ?? 0 }
}

/** An origin as people read it. */
export function hostOf(origin: string): string {
  return origin.replace(/^https?:\/\//, '')
}

function balanceOf(row: GlanceRow): Summand {
  return { metric: row.balance, rates: row }
}

function searchTextOf(entry: GlanceEntry): string {
  const known = searchTexts.get(entry)
  if (known !== undefined) return known
  const text = fold(`${entry.row.name}\n${entry.row.username}\n${entry.host}`)
  searchTexts.set(entry, text)
  return text
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}

function descending(a: number, b: number): number {
  return a === b ? 0 : a > b ? -1 : 1
}

function ascending(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}

const min = (a: number, b: number): number => Math.min(a, b)
const max = (a: number, b: number): number => Math.max(a, b)
