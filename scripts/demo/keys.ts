import type { SeedKey } from '@/e2e/relays/new-api/relay'
import type { Sub2ApiOptions } from '@/e2e/relays/sub2api/relay'

export const QUOTA_PER_UNIT = 500_000

/** The key that has limits: pictures show it. */
export const LIMITED_KEY = 'ci'

const DAY_MS = 86_400_000
const CI = { leftUsd: 3.75, usedUsd: 1.25, endsAtMs: Date.now() + 45 * DAY_MS }
const WORKSHOP_ENDED_AT_MS = Date.now() - 3 * DAY_MS

/** Keys at a site that counts in points: one without limits, one with, one that ended, one off. */
export function pointKeys(): SeedKey[] {
  return [
    { name: 'editor', unlimited: true, usedQuota: points(18.4) },
    {
      name: LIMITED_KEY,
      remainQuota: points(CI.leftUsd),
      usedQuota: points(CI.usedUsd),
      expiredTime: seconds(CI.endsAtMs),
      modelLimits: ['gpt-4o', 'gpt-4o-mini'],
    },
    { name: 'workshop', remainQuota: points(2), expiredTime: seconds(WORKSHOP_ENDED_AT_MS) },
    { name: 'old laptop', unlimited: true, usedQuota: points(6.02), status: 2 },
  ]
}

type DollarKeys = NonNullable<Sub2ApiOptions['users'][number]['keys']>

/** The same at a site that counts in dollars; its old servers know no limits. */
export function dollarKeys(generation: Sub2ApiOptions['generation']): DollarKeys {
  const off = { name: 'old laptop', status: 'inactive' } as const
  if (generation === 'old') return [{ name: 'editor' }, { name: LIMITED_KEY }, off]
  const { leftUsd, usedUsd, endsAtMs } = CI
  return [
    { name: 'editor', quotaUsed: 18.4 },
    { name: LIMITED_KEY, quota: leftUsd + usedUsd, quotaUsed: usedUsd, expiresAtMs: endsAtMs },
    { name: 'workshop', quota: 2, expiresAtMs: WORKSHOP_ENDED_AT_MS },
    off,
  ]
}

export const points = (usd: number): number => Math.round(usd * QUOTA_PER_UNIT)

const seconds = (ms: number): number => Math.floor(ms / 1000)
