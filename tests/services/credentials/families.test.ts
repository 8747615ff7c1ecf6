// @vitest-environment node
import { beforeEach, expect, onTestFinished, test } from 'vitest'

import { createDoneHubRelay } from '@/e2e/relays/done-hub/relay'
import { startSite } from '@/e2e/relays/farm'
import type { RequestHandler } from '@/e2e/relays/kit/site-double'
import { createNewApiRelay, type RelayOptions } from '@/e2e/relays/new-api/relay'
import { createSub2ApiRelay } from '@/e2e/relays/sub2api/relay'
import { ALICE as SUB_ALICE } from '@/e2e/relays/sub2api/test-site'
import { createVeloeraRelay } from '@/e2e/relays/veloera/relay'
import type { Metric } from '@/src/domain/metric'

import { freshDisk } from '../../support/world'
import { askOnce, startCredentials } from './credential-world'

beforeEach(freshDisk)

const SECRET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijkl'
const LIMITED = { name: 'one', key: SECRET, remainQuota: 1_000_000, usedQuota: 500_000 }
const UNLIMITED = { ...LIMITED, unlimited: true }
const ALICE = { id: 7, username: 'alice', password: 'pw', quota: 4_000_000, usedQuota: 500_000 }
const alice = (key: typeof LIMITED) => [{ ...ALICE, keys: [key] }]

async function askSite(relay: RequestHandler, apiKey = `sk-${SECRET}`) {
  const { origin, close } = await startSite(relay)
  onTestFinished(close)
  const { credentials } = await startCredentials()
  return askOnce(credentials, { baseUrl: origin, apiKey })
}

const valueOf = (metric: Metric) => (metric.state === 'unavailable' ? null : metric.value)

test.each<[RelayOptions['generation'], string]>([
  ['one-api', 'openai-billing'],
  ['g0', 'openai-billing'],
  ['g1b', 'new-api-token'],
  ['g3', 'new-api-token'],
])('New API of %s tells balance and use of a key by %s', async (generation, source) => {
  const state = await askSite(createNewApiRelay({ generation, users: alice(LIMITED) }))
  expect(state).toMatchObject({ health: 'healthy', source, unlimited: false, models: { count: 4 } })
  expect([valueOf(state.balanceUsd), valueOf(state.totalUsedUsd)]).toEqual([2, 1])
  const unlimited = await askSite(createNewApiRelay({ generation, users: alice(UNLIMITED) }))
  expect(unlimited).toMatchObject({ unlimited: true, balanceUsd: { state: 'unavailable' } })
})

test.each([true, false])(
  'Veloera tells both in dollars, shown in them or not: %s',
  async (shown) => {
    const make = (key: typeof LIMITED) =>
      createVeloeraRelay({ generation: 'v4', users: alice(key), displayInCurrency: shown })
    const state = await askSite(make(LIMITED))
    expect(state).toMatchObject({ source: 'openai-billing', unlimited: false })
    expect([valueOf(state.balanceUsd), valueOf(state.totalUsedUsd)]).toEqual([2, 1])
    const unlimited = await askSite(make(UNLIMITED))
    expect(unlimited).toMatchObject({ unlimited: true, balanceUsd: { state: 'unavailable' } })
    expect(valueOf(unlimited.totalUsedUsd)).toBe(1)
  },
)

test.each([true, false])('DoneHub tells the account’s for an unlimited key: %s', async (shown) => {
  const make = (key: typeof LIMITED) =>
    createDoneHubRelay({ variant: 'done-hub', users: alice(key), displayInCurrency: shown })
  expect(valueOf((await askSite(make(LIMITED))).balanceUsd)).toBe(2)
  const unlimited = await askSite(make(UNLIMITED))
  expect(unlimited.unlimited).toBe(false)
  expect(valueOf(unlimited.balanceUsd)).toBe(8)
})

test.each(['old', 'new'] as const)('Sub2API, %s, tells the wallet', async (generation) => {
  const key = { name: 'one', key: 'sk-0123456789abcdef', groupId: 4 }
  const users = [{ ...SUB_ALICE, balance: 12.5, keys: [key] }]
  const groups = [{ id: 4, name: 'claude', models: [{ name: 'claude-x' }] }]
  const state = await askSite(createSub2ApiRelay({ generation, groups, users }), key.key)
  expect(state).toMatchObject({ source: 'sub2api', unlimited: false, models: { count: 1 } })
  expect(valueOf(state.balanceUsd)).toBe(12.5)
})

test('a key that the site does not know is told as refused', async () => {
  const relay = createNewApiRelay({ generation: 'g1b', users: alice(LIMITED) })
  const state = await askSite(relay, 'sk-unknown')
  expect(state).toMatchObject({
    health: 'warning',
    failure: { class: 'login', reason: 'key-refused' },
  })
})
