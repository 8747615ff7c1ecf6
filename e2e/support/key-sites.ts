import { expect, type Page } from '@playwright/test'

import type { Farm } from '../relays/farm'
import { createNewApiRelay, type NewApiRelay, type SeedKey } from '../relays/new-api/relay'
import type { ExtensionBrowser } from './browser'

/** One key as the site has it. */
export interface SiteKey {
  readonly id: string
  readonly name: string
  /** Exactly what clients send. */
  readonly secret: string
}

/** A relay with an account of ours whose keys were listed. */
export interface KeySite {
  readonly relay: NewApiRelay
  readonly origin: string
  readonly accountId: string
  readonly accessToken: string
  readonly keys: readonly SiteKey[]
}

export interface KeySiteOptions {
  readonly host: string
  /** What the account is called. */
  readonly name: string
  readonly keys: readonly SeedKey[]
  readonly notes?: string
  /** Chat links the site publishes, name to template. */
  readonly chats?: Record<string, string>[]
}

const USER = { id: 7, username: 'ada', password: 'password-of-ada', quota: 5_000_000 }

/**
 * Adds an account by its token and lists its keys. The relay masks them in its lists: whoever wants
 * one has to ask for it.
 */
export async function addKeySite(
  extension: ExtensionBrowser,
  farm: Farm,
  page: Page,
  { host, name, keys, notes, chats }: KeySiteOptions,
): Promise<KeySite> {
  const accessToken = `pat-of-${host}-`.padEnd(32, 'x')
  const relay = createNewApiRelay({
    generation: 'g1b',
    users: [{ ...USER, accessToken, keys: [...keys] }],
    ...(chats ? { chats } : {}),
  })
  farm.add(host, relay)
  const origin = farm.origin(host)
  const account = {
    origin,
    siteType: 'new-api',
    userId: String(USER.id),
    username: USER.username,
    auth: { mode: 'token', accessToken },
    name,
    exchangeRate: 7.2,
  } as const
  const added = await extension.send(page, 'accounts.add', { account, refreshNow: false })
  if (!added.ok) throw new Error(`account not added: ${JSON.stringify(added.failure)}`)
  const { id } = added.value
  if (notes !== undefined) await extension.send(page, 'accounts.edit', { id, edit: { notes } })
  await listKeys(extension, page, id)
  return {
    relay,
    origin,
    accountId: id,
    accessToken,
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
