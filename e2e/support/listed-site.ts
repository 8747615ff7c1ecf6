import { expect, type Page } from '@playwright/test'

import { keyRelay } from '../keys/key-accounts'
import type { Farm } from '../relays/farm'
import type { NewApiRelay, SeedKey } from '../relays/new-api/relay'
import type { ExtensionBrowser } from './browser'

/** One key as the site has it. */
interface ListedKey {
  readonly id: string
  readonly name: string
  /** Exactly what clients send. */
  readonly secret: string
}

/** A relay with an account of ours whose keys were listed. */
export interface ListedSite {
  readonly relay: NewApiRelay
  readonly origin: string
  readonly accountId: string
  readonly keys: readonly ListedKey[]
}

interface ListedSiteOptions {
  readonly host: string
  /** What the account is called. */
  readonly name: string
  readonly keys: readonly SeedKey[]
  /** Chat links the site publishes, name to template. */
  readonly chats?: Record<string, string>[]
}

/**
 * Adds an account by its token and lists its keys. The relay masks them in its lists: whoever wants
 * one has to ask for it.
 */
export async function addListedSite(
  extension: ExtensionBrowser,
  farm: Farm,
  page: Page,
  { host, name, keys, chats }: ListedSiteOptions,
): Promise<ListedSite> {
  const relay = keyRelay({ keys: [...keys], ...(chats ? { chats } : {}) })
  const [user] = relay.state.users.values()
  if (!user?.accessToken) throw new Error('the relay has no user with a token')
  farm.add(host, relay)
  const origin = farm.origin(host)
  const account = {
    origin,
    siteType: 'new-api',
    userId: String(user.id),
    username: user.username,
    auth: { mode: 'token', accessToken: user.accessToken },
    name,
    exchangeRate: 7.2,
  } as const
  const added = await extension.send(page, 'accounts.add', { account, refreshNow: false })
  if (!added.ok) throw new Error(`account not added: ${JSON.stringify(added.failure)}`)
  const { id } = added.value
  await listKeys(extension, page, id)
  return {
    relay,
    origin,
    accountId: id,
    keys: [...relay.state.tokens.values()].map((token) => ({
      id: String(token.id),
      name: token.name,
      secret: `sk-${token.key}`,
    })),
  }
}

/** Lists the keys of an account anew and waits for them. */
export async function listKeys(
  extension: ExtensionBrowser,
  page: Page,
  accountId: string,
): Promise<void> {
  await extension.send(page, 'keys.load', { accountIds: [accountId] })
  await expect
    .poll(async () => {
      const lists = await extension.send(page, 'keys.lists', {})
      if (!lists.ok) return lists.failure
      return lists.value.lists.find((one) => one.accountId === accountId)?.state
    })
    .toBe('ready')
}
