import type { CredentialState, CredentialView, Tag } from '@/src/domain/credential'
import { dayKey } from '@/src/domain/day-key'
import type { Health } from '@/src/domain/health'
import { type Metric, unavailable } from '@/src/domain/metric'
import {
  DEFAULT_EXCHANGE_RATE,
  DEFAULT_QUOTA_PER_UNIT,
  type Rates,
  sumMetrics,
  type Total,
} from '@/src/domain/money'

/** A credential with what the list needs beside it. */
export interface CredentialEntry {
  readonly id: string
  readonly view: CredentialView
  /** By name; what is not a tag any more is left out. */
  readonly tags: readonly Tag[]
}

/** A credential's figures are dollars, and no site tells what one costs in another currency. */
export const IN_DOLLARS: Rates = {
  unit: 'usd',
  quotaPerUnit: DEFAULT_QUOTA_PER_UNIT,
  exchangeRate: DEFAULT_EXCHANGE_RATE,
}

const NEVER = unavailable('never-fetched')

export function entriesOf(
  views: readonly CredentialView[],
  tags: readonly Tag[],
): CredentialEntry[] {
  return views.map((view) => {
    const { tagIds } = view.decided
    return {
      id: view.id,
      view,
      tags: tagIds.length === 0 ? NO_TAGS : tags.filter(({ id }) => tagIds.includes(id)),
    }
  })
}

const NO_TAGS: readonly Tag[] = []

/** Nothing a credential's server says needs the person at once. */
export type CredentialHealth = Exclude<Health, 'bad'>

/** The origin whose access the browser has to grant. */
export function originOf({ decided }: Pick<CredentialView, 'decided'>): string {
  return new URL(decided.baseUrl).origin
}

export function healthOf(state: CredentialState | undefined): CredentialHealth {
  if (!state) return 'unknown'
  return state.health === 'healthy' ? 'good' : 'attention'
}

export function balanceOf({ state }: CredentialView): Metric {
  return state?.balanceUsd ?? NEVER
}

export type TodayFigure = 'todayCostUsd' | 'todayRequests' | 'todayTokens'

/** A figure of today: yesterday's is not today's. */
export function todayOf(
  { state }: { readonly state?: CredentialState | undefined },
  figure: TodayFigure,
  nowMs: number,
): Metric {
  if (!state) return NEVER
  const isOld = state.dayKey !== undefined && state.dayKey !== dayKey(nowMs)
  return isOld && state[figure].state !== 'unavailable'
    ? unavailable('wrong-period')
    : state[figure]
}

/** What the credentials add up to, in dollars. */
export interface CredentialTotals {
  readonly credentials: number
  readonly baseAddresses: number
  readonly healthy: number
  /** Without those that may spend without limit. */
  readonly balance: Total
  readonly unlimited: number
  readonly today: Total
}

export function totalsOf(entries: readonly CredentialEntry[], nowMs: number): CredentialTotals {
  const views = entries.map(({ view }) => view)
  const limited = views.filter(({ state }) => !state?.unlimited)
  const sum = (metrics: readonly Metric[]) =>
    sumMetrics(
      metrics.map((metric) => ({ metric, rates: IN_DOLLARS })),
      'USD',
    )
  return {
    credentials: views.length,
    baseAddresses: new Set(views.map(({ decided }) => decided.baseUrl)).size,
    healthy: views.filter(({ state }) => state?.health === 'healthy').length,
    balance: sum(limited.map(balanceOf)),
    unlimited: views.length - limited.length,
    today: sum(views.map((view) => todayOf(view, 'todayCostUsd', nowMs))),
  }
}
