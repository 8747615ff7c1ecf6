import type { AccountRecord } from '@/src/domain/account'
import type { Generation, SiteType } from '@/src/domain/site-type'
import type { BondRecord } from '@/src/domain/snapshot'
import { raise, unwrap } from '@/src/domain/failure'
import type { Transport } from '@/src/net/transport'
import type { Access, SiteAdapter, SiteContext } from '@/src/sites/adapter'
import type { Vault } from '@/src/storage/vault'

/** How long a bearer must still live to be worth using, ms (`contracts/new-api.md 3.4`). */
const MIN_BEARER_LIFE_MS = 30_000

export interface SitePorts {
  readonly vault: Vault
  readonly adapterFor: (type: SiteType) => SiteAdapter
  readonly transportTo: (origin: string) => Transport
  readonly now: () => number
}

/** The context adapters run in, for one account's site. */
export function contextFor(
  ports: SitePorts,
  origin: string,
  signal: AbortSignal | undefined,
): SiteContext {
  return {
    origin,
    transport: ports.transportTo(origin),
    now: ports.now,
    ...(signal ? { signal } : {}),
  }
}

/** The access of an account that has a token; `null` for the others. */
export function tokenAccessOf({ decided }: AccountRecord): Access | null {
  const { auth, userId } = decided
  return auth.mode === 'token' ? { kind: 'token', userId, accessToken: auth.accessToken } : null
}

/**
 * What proves the account's user right now. Cookie accounts of G2+ sites get a short-lived bearer
 * from the browser's login; it is kept with the device until shortly before it ends.
 *
 * @throws what `openSession` fails with; the bearer of another user is `identity`.
 */
export async function accessOf(
  ports: SitePorts,
  ctx: SiteContext,
  account: AccountRecord,
  generation: Generation | undefined,
): Promise<Access> {
  const token = tokenAccessOf(account)
  if (token) return token
  const { userId, siteType } = account.decided
  const bond = await ports.vault.load('bonds', account.id).catch(() => undefined)
  const session = bond?.session
  if (session && session.expiresAtMs - ports.now() > MIN_BEARER_LIFE_MS) {
    return { kind: 'bearer', userId, bearer: session.bearer, expiresAtMs: session.expiresAtMs }
  }
  // How a browser login is used depends on the generation; callers probe it first.
  if (generation === undefined) return raise({ class: 'internal', reason: 'generation-unknown' })
  const access = unwrap(await ports.adapterFor(siteType).openSession(ctx, userId, generation))
  if (access.kind === 'bearer') {
    await ports.vault.write([{ store: 'bonds', put: bondOf(account.id, access) }])
  }
  return access
}

/** Forgets a bearer the site no longer takes, so that the next attempt asks for a new one. */
export async function dropSession(ports: SitePorts, accountId: string): Promise<void> {
  await ports.vault.write([{ store: 'bonds', remove: accountId }])
}

export function bondOf(id: string, access: Extract<Access, { kind: 'bearer' }>): BondRecord {
  return {
    id,
    session: {
      bearer: access.bearer,
      expiresAtMs: access.expiresAtMs,
      ...(access.sessionId === undefined ? {} : { sessionId: access.sessionId }),
    },
  }
}
