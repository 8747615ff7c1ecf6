import type { Page } from '@playwright/test'

import type { Farm } from '../relays/farm'
import {
  createNewApiRelay,
  type NewApiRelay,
  type RelayOptions,
  type SeedKey,
} from '../relays/new-api/relay'
import type { RelayToken } from '../relays/new-api/state'
import { waitForRefresh } from '../support/accounts'
import type { ExtensionBrowser } from '../support/browser'

/** An account of a New API or One API site that lives by an access token, and its site. */
export interface KeyAccount {
  readonly id: string
  readonly name: string
  readonly host: string
  readonly relay: NewApiRelay
  /** The key of that name as the site has it. */
  readonly key: (name: string) => RelayToken | undefined
}

type Seed = Partial<Omit<RelayOptions, 'users'>> & {
  readonly keys: SeedKey[]
  /** Browsers trust plain HTTP below `localhost` only; `test` if absent. */
  readonly domain?: 'test' | 'localhost'
}

const USER_ID = 7
export const USER_NAME = 'ada'
export const USER_PASSWORD = 'password-of-ada'
const ACCESS_TOKEN = 'ada0123456789abcdefada0123456789'

/** A relay of its own origin with one user. */
export function keyRelay({ keys, generation = 'g1b', domain: _, ...options }: Seed): NewApiRelay {
  return createNewApiRelay({
    generation,
    ...options,
    users: [
      {
        id: USER_ID,
        username: USER_NAME,
        password: USER_PASSWORD,
        quota: 1_000_000,
        accessToken: ACCESS_TOKEN,
        totpSecret: TOTP_SECRET,
        keys,
      },
    ],
  })
}

/** Of the second factor of every user. */
export const TOTP_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

/** Puts up a site and stores the account of its user under `name`. */
export async function addKeyAccount(
  extension: ExtensionBrowser,
  page: Page,
  farm: Farm,
  name: string,
  seed: Seed,
): Promise<KeyAccount> {
  const host = `${name.toLowerCase()}.${seed.domain ?? 'test'}`
  const relay = keyRelay(seed)
  farm.add(host, relay)
  const account = {
    origin: farm.origin(host),
    siteType: seed.generation === 'one-api' ? 'one-api' : 'new-api',
    userId: String(USER_ID),
    username: USER_NAME,
    auth: { mode: 'token', accessToken: ACCESS_TOKEN },
    name,
    exchangeRate: 7.2,
  } as const
  const added = await extension.send(page, 'accounts.add', { account, refreshNow: true })
  if (!added.ok) throw new Error(`account not added: ${JSON.stringify(added.failure)}`)
  await waitForRefresh(extension, page)
  const key = (wanted: string) =>
    [...relay.state.tokens.values()].find((token) => token.name === wanted)
  return { id: added.value.id, name, host, relay, key }
}

/** Keys without limits, by their names. */
export function plainKeys(...names: readonly string[]): SeedKey[] {
  return names.map((name) => ({ name, unlimited: true }))
}
