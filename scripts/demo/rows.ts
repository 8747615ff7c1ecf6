import path from 'node:path'

import type { GlanceRow } from '@/src/domain/glance'
import type { Metric } from '@/src/domain/metric'
import { type AmountUnit, convertAmount } from '@/src/domain/money'
import { needsYou } from '@/src/domain/needs-you'
import type { AuthMode } from '@/src/domain/site-description'

import { tableLines } from '../table'
import type { DemoSite } from './sites'

/** One account as Relaydeck shows it, beside what the site's own books say. */
export interface TourRow {
  readonly site: string
  readonly address: string
  /** What it was recognised as. */
  readonly software: string
  readonly user: string
  readonly login: string
  readonly state: string
  /** The state the demo means the account to be in. */
  readonly expectedState: string
  /** What the site counts in; the amounts are its own. */
  readonly unit: AmountUnit
  readonly quotaPerUnit: number
  readonly balance: number | null
  readonly books: number
  readonly today: number | null
}

const LOGIN_BY: Readonly<Record<AuthMode, string>> = {
  token: 'access token',
  cookie: "browser's login",
  session: "page's session",
}

/** Whether the balance is the site's and the account is in the state the demo means. */
export const isRight = (row: TourRow): boolean =>
  row.balance === row.books && row.state === row.expectedState

/** @param row `undefined` = the account is missing */
export function tourRow(site: DemoSite, row: GlanceRow | undefined, software: string): TourRow {
  return {
    site: row?.name ?? site.name,
    address: site.origin,
    software,
    user: row?.username ?? '',
    login: row ? LOGIN_BY[row.authMode] : '',
    state: row ? stateOf(row) : 'missing',
    expectedState: site.shield ? 'needs you (challenge)' : 'good',
    unit: row?.unit ?? 'points',
    quotaPerUnit: row?.quotaPerUnit ?? Number.NaN,
    balance: row ? amountOf(row.balance) : null,
    books: site.book(),
    today: row ? amountOf(row.today) : null,
  }
}

/** The table of the tour and the line that sums it up. */
export function tourText(rows: readonly TourRow[], ok: boolean, pictures: string): string {
  const cells = rows.map((row) => [
    row.site,
    row.software,
    row.user,
    row.login,
    row.state,
    usd(row, row.balance),
    usd(row, row.books),
    usd(row, row.today),
    isRight(row) ? 'equal' : 'DIFFERENT',
  ])
  const header = [
    'site',
    'software',
    'user',
    'login by',
    'state',
    'balance',
    "site's books",
    'today',
    '',
  ]
  return [
    ...tableLines(header, cells, [5, 6, 7]),
    '',
    `Pictures of popup, Accounts and Needs you: ${pictures}${path.sep}`,
    ok ? 'Every balance equals the site’s.' : 'Not every balance equals the site’s.',
  ].join('\n')
}

function stateOf(row: GlanceRow): string {
  const [waiting] = needsYou([row])
  return waiting ? `needs you (${waiting.reason})` : row.health
}

const amountOf = (metric: Metric): number | null =>
  metric.state === 'unavailable' ? null : metric.value

/** An amount of a site in dollars, whatever it counts in. */
function usd({ unit, quotaPerUnit }: TourRow, amount: number | null): string {
  if (amount === null) return '—'
  const dollars = convertAmount(amount, { unit, quotaPerUnit, exchangeRate: 1 }, 'USD')
  return dollars === null ? '—' : `$${dollars.toFixed(4)}`
}
