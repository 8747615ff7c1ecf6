import type { AccountRecord } from '@/src/domain/account'
import { raise } from '@/src/domain/failure'
import type { OriginBudgets } from '@/src/net/budgets'
import { mergeSetCookies } from '@/src/net/cookie-header'
import { createHttpTransport } from '@/src/net/http-transport'
import type { Transport } from '@/src/net/transport'
import type { CookieJars } from '@/src/platform/cookie-jars'
import type { Vault } from '@/src/storage/vault'

import { loadBond, updateBond } from './bonds'

export interface OwnCookiePorts {
  readonly vault: Vault
  readonly jars: CookieJars
  readonly budgets: OriginBudgets
  /** Whether the browser grants access to the origin; asked before every request. */
  readonly mayUse: (origin: string) => Promise<boolean>
  readonly now: () => number
}

/** Logins whose cookies an account keeps for itself, beside whatever the browser is logged in as. */
export interface OwnCookies {
  /** @throws `access`/`own-cookies-not-granted` while the browser lacks the permissions it takes */
  readonly transportOf: (account: AccountRecord) => Promise<Transport>
  /** The `Cookie` header of this browser's login at an origin. @throws as above, `login` if empty */
  readonly copy: (origin: string) => Promise<string>
}

export function createOwnCookies(ports: OwnCookiePorts): OwnCookies {
  const { vault, jars, budgets, now } = ports
  const transports = new Map<string, Transport>()

  async function expectGrant(): Promise<void> {
    if (!(await jars.isGranted())) raise({ class: 'access', reason: 'own-cookies-not-granted' })
  }

  function transportFor({ id, decided: { origin } }: AccountRecord): Transport {
    const fetch = jars.fetchFor(
      { id, origin },
      async () => (await loadBond(vault, id)).cookies?.header ?? '',
      // Sites renew session cookies as they go: the account's copy must follow.
      (values) =>
        updateBond(vault, id, (bond) => {
          const header = mergeSetCookies(bond.cookies?.header ?? '', values, now())
          if (!bond.cookies || header === bond.cookies.header) return null
          return { ...bond, cookies: { header, atMs: now() } }
        }),
    )
    return createHttpTransport({
      origin,
      fetch,
      budgets,
      now,
      hasAccess: () => ports.mayUse(origin),
    })
  }

  return {
    async transportOf(account) {
      await expectGrant()
      const key = `${account.id} ${account.decided.origin}`
      const transport = transports.get(key) ?? transportFor(account)
      transports.set(key, transport)
      return transport
    },
    async copy(origin) {
      await expectGrant()
      const header = await jars.copy(origin)
      return header === '' ? raise({ class: 'login', reason: 'not-logged-in' }) : header
    },
  }
}
