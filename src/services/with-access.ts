import type { AccountRecord } from '@/src/domain/account'
import { type Result, unwrap } from '@/src/domain/failure'
import type { Generation } from '@/src/domain/site-type'
import type { Access, SiteContext } from '@/src/sites/adapter'

import { endSession, mayRenewAfter, type SessionPorts } from './sessions'
import { accessOf } from './site-access'

/**
 * Runs `work` with proof of the account's user. A bearer that was refused is renewed once where that
 * may help (twice where an open page owns it, which may hold a stale one itself), and the work runs
 * again: what was refused for its login has changed nothing.
 *
 * @throws what `work` failed with, or what {@link accessOf} throws
 */
export async function withAccess<T>(
  ports: SessionPorts,
  ctx: SiteContext,
  account: AccountRecord,
  generation: Generation | undefined,
  work: (access: Access) => Promise<Result<T>>,
): Promise<T> {
  const { auth } = account.decided
  let access = await accessOf(ports, ctx, account, generation)
  // What an open page holds instead may be refused just the same: then the page's own is renewed.
  let renewals = auth.mode === 'session' && auth.owner === 'page' ? 2 : 1
  for (;;) {
    const result = await work(access)
    if (access.kind !== 'bearer' || result.ok || result.failure.class !== 'login') {
      return unwrap(result)
    }
    if (auth.mode === 'session' && !mayRenewAfter(result.failure)) {
      await endSession(ports, account.id)
      return unwrap(result)
    }
    if (renewals === 0) return unwrap(result)
    renewals -= 1
    // The bearer ended before its time, e.g. the user logged out and in again.
    access = await accessOf(ports, ctx, account, generation, access.bearer)
  }
}
