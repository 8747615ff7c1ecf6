import type { Page } from '@playwright/test'

import type { GlanceRow } from '@/src/domain/glance'
import type { JobProgress } from '@/src/domain/job'

import type { Farm } from '../relays/farm'
import {
  createNewApiRelay,
  type Generation,
  type NewApiRelay,
  type SeedKey,
} from '../relays/new-api/relay'
import type { RelayUser } from '../relays/new-api/state'
import type { ExtensionBrowser } from './browser'

/** A relay with one user, and the account data a person would type for it. */
export interface SeededSite {
  readonly index: number
  readonly relay: NewApiRelay
  readonly origin: string
  readonly userId: number
  readonly username: string
  readonly accessToken: string
  readonly quota: number
  /** The relay's own row of the user, to change what the site says. */
  readonly user: RelayUser
}

/** A second user of every seeded relay, whom nobody here has an account for. */
export const STRANGER_ID = 999_999

const PASSWORD = 'relay-password'

export interface SeedOptions {
  readonly count: number
  readonly generation?: Generation | ((index: number) => Generation)
  readonly hostPrefix?: string
  /** API keys of the user. */
  readonly keys?: (index: number) => SeedKey[]
}

/** `count` relays on origins of their own, each with a user whose access token is known. */
export function seedSites(farm: Farm, options: SeedOptions): SeededSite[] {
  const generationOf = (index: number) =>
    typeof options.generation === 'function'
      ? options.generation(index)
      : (options.generation ?? 'g1b')
  return Array.from({ length: options.count }, (_, index) => {
    const host = `${options.hostPrefix ?? 'relay'}${String(index).padStart(4, '0')}.test`
    const userId = 100 + index
    const username = `user${String(index)}`
    const accessToken = `pat${String(index).padStart(5, '0')}`.padEnd(32, 'x')
    const quota = (index + 1) * 12_345
    const keys = options.keys?.(index) ?? []
    const relay = createNewApiRelay({
      generation: generationOf(index),
      systemName: `Relay ${String(index)}`,
      users: [
        { id: userId, username, password: PASSWORD, quota, accessToken, keys },
        { id: STRANGER_ID, username: 'stranger', password: PASSWORD, quota: 77_777_777 },
      ],
    })
    const user = relay.state.users.get(userId)
    if (!user) throw new Error('the relay lost its user')
    farm.add(host, relay)
    return { index, relay, origin: farm.origin(host), userId, username, accessToken, quota, user }
  })
}

/** Stores token accounts through the worker's door, as the manual form does. */
export async function addTokenAccounts(
  extension: ExtensionBrowser,
  page: Page,
  sites: readonly SeededSite[],
): Promise<string[]> {
  const ids: string[] = []
  for (const site of sites) {
    const added = await extension.send(page, 'accounts.add', {
      account: {
        origin: site.origin,
        siteType: 'new-api',
        userId: String(site.userId),
        username: site.username,
        auth: { mode: 'token', accessToken: site.accessToken },
        name: `Site ${String(site.index).padStart(4, '0')}`,
        exchangeRate: 7.2,
      },
      refreshNow: false,
    })
    if (!added.ok) throw new Error(`account not added: ${JSON.stringify(added.failure)}`)
    ids.push(added.value.id)
  }
  return ids
}

export async function glance(extension: ExtensionBrowser, page: Page): Promise<GlanceRow[]> {
  const answer = await extension.send(page, 'accounts.glance', {})
  if (!answer.ok) throw new Error(`no glance: ${JSON.stringify(answer.failure)}`)
  return answer.value.rows
}

/** Starts a refresh and waits until it has ended, however often the worker dies meanwhile. */
export async function refreshAll(
  extension: ExtensionBrowser,
  page: Page,
  ids?: readonly string[],
): Promise<JobProgress> {
  const started = await extension.send(page, 'refresh.start', ids ? { ids: [...ids] } : {})
  if (!started.ok) throw new Error(`refresh not started: ${JSON.stringify(started.failure)}`)
  return waitForRefresh(extension, page)
}

export async function waitForRefresh(
  extension: ExtensionBrowser,
  page: Page,
): Promise<JobProgress> {
  for (;;) {
    const progress = await extension.send(page, 'refresh.progress', {})
    if (progress.ok && progress.value?.state === 'done') return progress.value
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 25)))
  }
}

/** Quota points of a row, or `null` when the balance is not known. */
export function pointsOf(row: GlanceRow | undefined): number | null {
  return row && row.balance.state !== 'unavailable' ? row.balance.value : null
}
