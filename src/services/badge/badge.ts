import type { GlanceRow } from '@/src/domain/glance'
import { type Currency, sumMetrics } from '@/src/domain/money'
import { needsYou } from '@/src/domain/needs-you'
import { createTurns } from '@/src/storage/turns'

import type { AccountBook } from '../account-book'
import type { AutomationSettingsService } from '../automation/settings'
import { BADGE_LIMIT, shortAmount } from './short-amount'

/** Stands for what is not known: never a zero. */
const UNKNOWN = '?'

export interface BadgePorts {
  readonly book: Pick<AccountBook, 'glance'>
  readonly settings: Pick<AutomationSettingsService, 'load'>
  /** What amounts are shown in. */
  readonly currency: () => Promise<Currency>
  /** Writes on the toolbar icon; `''` = nothing (`platform/badge.ts`). */
  readonly show: (text: string) => Promise<void>
  readonly now: () => number
}

/** The number on the toolbar icon. */
export interface Badge {
  /** Shows what is true now; may be called at any time. */
  update(): Promise<void>
  /** Whether it has to be updated when accounts change. */
  isOn(): Promise<boolean>
}

export function createBadge({ book, settings, currency, show, now }: BadgePorts): Badge {
  // One after the other, or the older of two might be shown last.
  const turns = createTurns()
  async function text(): Promise<string> {
    const { badge } = await settings.load()
    if (badge === 'off') return ''
    const { rows } = await book.glance()
    return badge === 'needs-you'
      ? countText(needsYou(rows, now()).length)
      : totalText(rows, await currency())
  }
  return {
    update: () => turns.take(async () => show(await text())),
    isOn: async () => (await settings.load()).badge !== 'off',
  }
}

function countText(count: number): string {
  if (count === 0) return ''
  return String(count).length < BADGE_LIMIT ? String(count) : '999+'
}

/** The same accounts as in the total of the popup. Without any there is nothing to show. */
function totalText(rows: readonly GlanceRow[], currency: Currency): string {
  const counted = rows.filter(({ disabled, excludeFromTotal }) => !disabled && !excludeFromTotal)
  if (counted.length === 0) return ''
  const { known } = sumMetrics(
    counted.map((row) => ({ metric: row.balance, rates: row })),
    currency,
  )
  return known === null ? UNKNOWN : shortAmount(known, currency)
}
