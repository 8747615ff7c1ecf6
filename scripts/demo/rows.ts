import path from 'node:path'

import type { GlanceRow } from '@/src/domain/glance'
import type { KeyListView } from '@/src/domain/key-list'
import type { Metric } from '@/src/domain/metric'
import { type AmountUnit, convertAmount } from '@/src/domain/money'
import { needsYou } from '@/src/domain/needs-you'
import type { AuthMode } from '@/src/domain/site-description'

import { tableLines } from '../table'
import { isCredentialRight, type TourCredential } from './lighthouse'
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
  /** How many keys are listed; `null` = they were not. */
  readonly keys: number | null
  readonly keysInBooks: number
}

const LOGIN_BY: Readonly<Record<AuthMode, string>> = {
  token: 'access token',
  cookie: "browser's login",
  session: "page's session",
}

/** Whether balance and keys are the site's and the account is in the state the demo means. */
export const isRight = (row: TourRow): boolean =>
  row.balance === row.books && row.keys === row.keysInBooks && row.state === row.expectedState

/** What Relaydeck shows of a site; `undefined` = nothing. */
interface Shown {
  readonly row: GlanceRow | undefined
  readonly software: string
  readonly keys: KeyListView | undefined
}

export function tourRow(site: DemoSite, { row, software, keys }: Shown): TourRow {
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
    keys: keys?.state === 'ready' ? keys.rows.length : null,
    keysInBooks: site.keys(),
  }
}

/** The table of the tour and the line that sums it up. */
export function tourText(
  rows: readonly TourRow[],
  credential: TourCredential,
  ok: boolean,
  pictures: string,
): string {
  const cells = rows.map((row) => [
    row.site,
    row.software,
    row.user,
    row.login,
    row.state,
    usd(row, row.balance),
    usd(row, row.books),
    usd(row, row.today),
    row.keys === null ? '—' : String(row.keys),
    String(row.keysInBooks),
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
    'keys',
    'in its books',
    '',
  ]
  return [
    ...tableLines(header, cells, [5, 6, 7, 8, 9]),
    '',
    credentialLine(credential),
    `Pictures of the popup and the pages: ${pictures}${path.sep}`,
    ok
      ? 'Every balance and every number of keys equals the site’s.'
      : 'Not everything is as the sites say.',
  ].join('\n')
}

function credentialLine(credential: TourCredential): string {
  const { name, balance, books, probes, passed } = credential
  const shown = balance === null ? '—' : dollars(balance)
  const verdict = isCredentialRight(credential) ? 'equal' : 'DIFFERENT'
  return `Credential ${name}: ${String(passed)} of ${String(probes)} probes passed, ${shown} left, site's books ${dollars(books)}: ${verdict}`
}

function stateOf(row: GlanceRow): string {
  const [waiting] = needsYou([row], Date.now())
  return waiting ? `needs you (${waiting.failure?.class ?? waiting.act})` : row.health
}

const amountOf = (metric: Metric): number | null =>
  metric.state === 'unavailable' ? null : metric.value

/** An amount of a site in dollars, whatever it counts in. */
function usd({ unit, quotaPerUnit }: TourRow, amount: number | null): string {
  if (amount === null) return '—'
  const value = convertAmount(amount, { unit, quotaPerUnit, exchangeRate: 1 }, 'USD')
  return value === null ? '—' : dollars(value)
}

const dollars = (usd: number): string => `$${usd.toFixed(4)}`
