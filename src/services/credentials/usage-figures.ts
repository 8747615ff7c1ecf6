import type { CredentialState } from '@/src/domain/credential'
import { complete, type Metric, type MetricReason, partial, unavailable } from '@/src/domain/metric'

/** What a usage query brings; amounts in USD, times in epoch ms. */
export type UsageFigures = Pick<
  CredentialState,
  | 'unlimited'
  | 'balanceUsd'
  | 'todayCostUsd'
  | 'todayRequests'
  | 'todayTokens'
  | 'totalUsedUsd'
  | 'totalGrantedUsd'
  | 'expiresAtMs'
>

/** Figures that say nothing, for one reason. */
export function noFigures(why: MetricReason): UsageFigures {
  const none = unavailable(why)
  return {
    unlimited: false,
    balanceUsd: none,
    todayCostUsd: none,
    todayRequests: none,
    todayTokens: none,
    totalUsedUsd: none,
    totalGrantedUsd: none,
  }
}

/** Whether they say anything at all. */
export function isUsable({ unlimited, expiresAtMs, ...metrics }: UsageFigures): boolean {
  if (unlimited || expiresAtMs !== undefined) return true
  return Object.values(metrics).some(({ state }) => state !== 'unavailable')
}

/** A number the server may have left out. */
export function told(value: number | null | undefined): Metric {
  return value == null ? unavailable('not-collected') : complete(value)
}

/** All tokens: as told, or both kinds together; one kind alone is a lower bound. */
export function tokens(
  all: number | null | undefined,
  prompt: number | null | undefined,
  completion: number | null | undefined,
): Metric {
  if (all != null) return complete(all)
  if (prompt != null && completion != null) return complete(prompt + completion)
  const one = prompt ?? completion
  return one == null ? unavailable('not-collected') : partial(one, 'not-collected')
}

/** An expiry as a field to spread; seconds or ms, and nothing for "never" (`features 7.5`). */
export function expiry(value: number | null | undefined): Pick<UsageFigures, 'expiresAtMs'> {
  if (value == null || !(value > 0)) return {}
  const atMs = Math.round(value < 1e12 ? value * 1000 : value)
  return Number.isSafeInteger(atMs) ? { expiresAtMs: atMs } : {}
}
