import type { Subscription } from '@/src/domain/snapshot'
import type { Warning } from '@/src/domain/warning'

import type { AccountPage } from '../account-book'

const DAY_MS = 86_400_000
/** Ids are the site's own words. */
const ID_LIMIT = 100

/** Plans that end within so many days; what has ended already is no warning any more. */
export function endingPlans(
  { account, snapshot }: AccountPage,
  days: number,
  nowMs: number,
): Warning[] {
  return (snapshot.figures?.subscriptions ?? []).flatMap((plan: Subscription): Warning[] => {
    const { id, name, status, expiresAtMs } = plan
    if (status !== 'active' || !isSoon(expiresAtMs, days, nowMs)) return []
    const key = `plan-ends ${account.id} ${id.slice(0, ID_LIMIT)}`
    return [{ key, kind: 'plan-ends', accountId: account.id, plan: name, endsAtMs: expiresAtMs }]
  })
}

/** Whether the login of this browser is what the account works with, and its own. */
export function usesBrowserLogin({ account, snapshot }: AccountPage): boolean {
  const { auth } = account.decided
  if (auth.mode !== 'cookie' || auth.jar === 'own') return false
  // Somebody else may be logged in, or nobody.
  const kind = snapshot.lastAttempt?.failure?.class
  return kind !== 'login' && kind !== 'identity'
}

export function endingLogin(
  { account }: AccountPage,
  endsAtMs: number | null,
  days: number,
  nowMs: number,
): Warning[] {
  if (endsAtMs === null || !isSoon(endsAtMs, days, nowMs)) return []
  const accountId = account.id
  return [{ key: `login-ends ${accountId}`, kind: 'login-ends', accountId, endsAtMs }]
}

function isSoon(atMs: number | undefined, days: number, nowMs: number): atMs is number {
  return atMs !== undefined && atMs > nowMs && atMs <= nowMs + days * DAY_MS
}
