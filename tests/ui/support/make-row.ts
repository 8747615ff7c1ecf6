import { dayKey } from '@/src/domain/day-key'
import type { GlanceRow } from '@/src/domain/glance'
import { complete } from '@/src/domain/metric'

/** A healthy account with $10 left and $1 used today. */
export function makeRow(index: number, given: Partial<GlanceRow> = {}): GlanceRow {
  return {
    id: `acc_${index.toString(16).padStart(32, '0')}`,
    name: `Relay ${String(index)}`,
    username: `user${String(index)}`,
    origin: `https://relay${String(index)}.example`,
    siteType: 'new-api',
    userId: String(100 + index),
    authMode: 'token',
    disabled: false,
    excludeFromTotal: false,
    balance: complete(5_000_000),
    figuresAtMs: Date.now() - 60_000,
    today: complete(500_000),
    todayKey: dayKey(Date.now()),
    unit: 'points',
    quotaPerUnit: 500_000,
    exchangeRate: 7.2,
    health: 'good',
    ...given,
  }
}
