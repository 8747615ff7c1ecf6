import type { Failure } from '@/src/domain/failure'

import type { OriginBudgets } from './budgets'
import { isFirewallPage } from './challenge'
import type { SiteRequest, SiteResponse } from './transport'

/** How long a 429 without `Retry-After` keeps us away; upstream sends none (1.5). */
const DEFAULT_PAUSE_MS = { general: 60_000, critical: 20 * 60_000 } as const

/** A server's wish is honoured up to one day: the longest documented window. */
const LONGEST_PAUSE_MS = 24 * 60 * 60_000

/** Epoch ms a `Retry-After` header names: seconds or an HTTP date; `null` = absent or nonsense. */
function parseRetryAfter(value: string | null, nowMs: number): number | null {
  if (value === null) return null
  const text = value.trim()
  const atMs = /^\d{1,9}$/.test(text) ? nowMs + Number(text) * 1000 : Date.parse(text)
  if (Number.isNaN(atMs)) return null
  return Math.min(Math.max(atMs, nowMs), nowMs + LONGEST_PAUSE_MS)
}

/**
 * The failure a 429 means, after the pause was noted in `budgets`; `null` for every other answer
 * and for a firewall's page with that status (`contracts/new-api.md 1.5, 1.6`).
 */
export function noteRateLimit(
  response: SiteResponse,
  call: Pick<SiteRequest, 'path' | 'budget'> & { readonly origin: string },
  budgets: OriginBudgets,
  nowMs: number,
): Failure | null {
  if (response.status !== 429 || isFirewallPage(response)) return null
  const asked = parseRetryAfter(response.header('retry-after'), nowMs)
  const retryAtMs = asked ?? nowMs + DEFAULT_PAUSE_MS[call.budget]
  budgets.pause(call.origin, call.budget, retryAtMs)
  return { class: 'limit', reason: 'site-asked', retryAtMs, httpStatus: 429, path: call.path }
}
