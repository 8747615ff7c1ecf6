import type { AccountRecord } from '@/src/domain/account'
import { raise, unwrap } from '@/src/domain/failure'
import type { Generation } from '@/src/domain/site-type'
import type { BondRecord } from '@/src/domain/snapshot'
import type { Access, SiteContext } from '@/src/sites/adapter'

import { loadBond, updateBond, withSession } from './bonds'
import { sessionAccess, type SessionPorts } from './sessions'

/** How long a bearer of a browser login must still live to be worth using, ms (`new-api.md 3.4`). */
const MIN_BEARER_LIFE_MS = 30_000

/** The access of an account that has a token; `null` for the others. */
export function tokenAccessOf({ decided }: AccountRecord): Access | null {
  const { auth, userId } = decided
  return auth.mode === 'token' ? { kind: 'token', userId, accessToken: auth.accessToken } : null
}

/**
 * What proves the account's user right now. Cookie accounts of G2+ sites get a short-lived bearer
 * from the browser's login; it is kept with the device until shortly before it ends.
 *
 * @param refused a bearer the site has just refused
 * @throws what `openSession` or {@link sessionAccess} fails with; the bearer of another user is
 *   `identity`.
 */
export async function accessOf(
  ports: SessionPorts,
  ctx: SiteContext,
  account: AccountRecord,
  generation: Generation | undefined,
  refused?: string,
): Promise<Access> {
  const token = tokenAccessOf(account)
  if (token) return token
  if (account.decided.auth.mode === 'session') return sessionAccess(ports, ctx, account, refused)
  const { userId, siteType } = account.decided
  const { session } = await loadBond(ports.vault, account.id)
  const isGood = session && session.bearer !== refused
  if (isGood && session.expiresAtMs - ports.now() > MIN_BEARER_LIFE_MS) {
    return { kind: 'bearer', userId, bearer: session.bearer, expiresAtMs: session.expiresAtMs }
  }
  // How a browser login is used depends on the generation; callers probe it first.
  if (generation === undefined) return raise({ class: 'internal', reason: 'generation-unknown' })
  const access = unwrap(await ports.adapterFor(siteType).openSession(ctx, userId, generation))
  if (access.kind === 'bearer') {
    await updateBond(ports.vault, account.id, (bond) => withSession(bond, sessionOf(access)))
  }
  return access
}

/** A bearer as the bond keeps it. */
export function sessionOf(access: Extract<Access, { kind: 'bearer' }>): BondRecord['session'] {
  return {
    bearer: access.bearer,
    expiresAtMs: access.expiresAtMs,
    ...(access.sessionId === undefined ? {} : { sessionId: access.sessionId }),
  }
}
