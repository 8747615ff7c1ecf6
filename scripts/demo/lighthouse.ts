import type { Page } from '@playwright/test'

import type { Farm } from '@/e2e/relays/farm'
import { createNewApiRelay } from '@/e2e/relays/new-api/relay'
import type { ExtensionBrowser } from '@/e2e/support/browser'
import type { CheckRun } from '@/src/domain/check-run'
import type { CredentialState } from '@/src/domain/credential'
import { API_PROBES } from '@/src/domain/probes'

import { points, QUOTA_PER_UNIT } from './keys'
import { until } from './until'

/** A site where nobody here has an account: somebody gave its address and a key. */
export interface Lighthouse {
  readonly name: string
  readonly origin: string
  readonly apiKey: string
  /** What the key has left by the site's own books, USD. */
  readonly book: () => number
}

/** What became of the credential of the tour, beside the site's own books. */
export interface TourCredential {
  readonly id: string
  readonly name: string
  readonly address: string
  /** USD; `null` = not told. */
  readonly balance: number | null
  readonly books: number
  readonly probes: number
  readonly passed: number
}

const HOST = 'lighthouse.localhost'

/** Whether the balance is the site's and every probe of the key's protocol passed. */
export const isCredentialRight = ({ balance, books, probes, passed }: TourCredential): boolean =>
  balance === books && probes > 0 && passed === probes

export function addLighthouse(farm: Farm): Lighthouse {
  const key = 'lighthouseDemoKey'.padEnd(48, '7')
  const shared = { name: 'shared', key, remainQuota: points(4.2), usedQuota: points(0.8) }
  const owner = { id: 1, username: 'keeper', password: 'keeper-password', quota: points(80) }
  const users = [{ ...owner, keys: [shared] }]
  const relay = createNewApiRelay({ generation: 'g1b', systemName: 'Lighthouse', users })
  farm.add(HOST, relay)
  const [token] = relay.state.tokens.values()
  return {
    name: 'Lighthouse',
    origin: farm.origin(HOST),
    apiKey: `sk-${key}`,
    book: () => (token?.remainQuota ?? Number.NaN) / QUOTA_PER_UNIT,
  }
}

/** Adds the credential as its form does, verifies it, and asks for its balance. */
export async function addCredential(
  extension: ExtensionBrowser,
  page: Page,
  { name, origin, apiKey, book }: Lighthouse,
): Promise<TourCredential> {
  const apiType = 'openai-compatible' as const
  const form = {
    name,
    baseUrl: `${origin}/v1`,
    apiKey,
    apiType,
    tagIds: [],
    notes: 'Shared by the team; asks for no account.',
    query: { mode: 'auto' as const },
  }
  const saved = await extension.send(page, 'credentials.save', { form })
  if (!saved.ok) throw new Error(`${name} is not saved: ${JSON.stringify(saved.failure)}`)
  const { id } = saved.value
  const source = { kind: 'credential', credentialId: id } as const
  const probes = [...API_PROBES]
  const started = await extension.send(page, 'checks.start', { source, apiType, probes })
  if (!started.ok) throw new Error(`${name} is not verified: ${JSON.stringify(started.failure)}`)
  const { results } = await until(page, () => endedRun(extension, page, started.value.id))
  await extension.send(page, 'credentials.refresh', { ids: [id] })
  const { balanceUsd } = await until(page, () => queried(extension, page, id))
  return {
    id,
    name,
    address: origin,
    balance: balanceUsd.state === 'unavailable' ? null : balanceUsd.value,
    books: book(),
    probes: results.length,
    passed: results.filter(({ state }) => state === 'pass').length,
  }
}

async function endedRun(
  extension: ExtensionBrowser,
  page: Page,
  id: string,
): Promise<CheckRun | undefined> {
  const runs = await extension.send(page, 'checks.runs', {})
  return runs.ok ? runs.value.find((run) => run.id === id && run.state !== 'running') : undefined
}

async function queried(
  extension: ExtensionBrowser,
  page: Page,
  id: string,
): Promise<CredentialState | undefined> {
  const list = await extension.send(page, 'credentials.list', {})
  const view = list.ok ? list.value.find((one) => one.id === id) : undefined
  return view?.refreshing ? undefined : view?.state
}
