import { expect, test } from 'vitest'

import { failureOf } from '@/src/domain/failure'
import { complete } from '@/src/domain/metric'
import { DEFAULT_KEY } from '@/src/domain/settings'

import { aliceWith, keyWorld, REQUEST } from './key-world'
import { openRouterWith, sub2ApiWith } from './other-sites'

const LIST = '/api/token/'
const DAY_MS = 86_400_000

async function site(keys: object[] = [], options: object = {}) {
  const world = await keyWorld()
  const relay = await world.relay('site', {
    generation: 'g1b',
    users: [aliceWith(0, { keys })],
    ...options,
  })
  const worker = await world.start()
  const accountId = await world.account(worker, 'site')
  return { world, relay, worker, accountId }
}

test('an account without a key gets the one of the settings, once', async () => {
  const { world, relay, worker, accountId } = await site()
  await worker.settings.set({
    defaultKey: { ...DEFAULT_KEY, name: 'mein Schlüssel', limitUsd: 2.5, days: 30 },
  })
  const nowMs = world.clock.nowMs
  expect(await worker.keys.ensureDefault(accountId, REQUEST)).toEqual({ made: true, keyId: '1' })
  expect(await worker.keys.ensureDefault(accountId, REQUEST)).toEqual({ made: false, keyId: '1' })
  const [token, ...others] = relay.state.tokens.values()
  expect(others).toEqual([])
  expect(token).toMatchObject({
    name: 'mein Schlüssel',
    remainQuota: 1_250_000,
    unlimitedQuota: false,
    group: '',
  })
  expect(Math.abs((token?.expiredTime ?? 0) * 1000 - nowMs - 30 * DAY_MS)).toBeLessThan(60_000)
  expect((await worker.keys.row({ accountId, keyId: '1' }))?.remaining).toEqual(complete(1_250_000))
})

test('a key that can be used is enough, one that cannot is not', async () => {
  const usable = await site([{ name: 'used up' }, { name: 'good', unlimited: true }])
  expect(await usable.worker.keys.ensureDefault(usable.accountId, REQUEST)).toEqual({
    made: false,
    keyId: '2',
  })
  const useless = await site([
    { name: 'used up', remainQuota: 0 },
    { name: 'off', unlimited: true, status: 2 },
    { name: 'old', unlimited: true, expiredTime: 1_000_000 },
  ])
  expect(await useless.worker.keys.ensureDefault(useless.accountId, REQUEST)).toEqual({
    made: true,
    keyId: '4',
  })
})

test('nothing is made where the list could not be read', async () => {
  const { relay, worker, accountId } = await site()
  relay.faults.set({ method: 'GET', path: LIST }, { kind: 'status', status: 500 })
  const thrown = await worker.keys
    .ensureDefault(accountId, REQUEST)
    .catch((error: unknown) => error)
  expect(failureOf(thrown)).toMatchObject({ class: 'server' })
  expect(relay.counters.count('POST', LIST)).toBe(0)
})

test('a long name is cut to what the server takes', async () => {
  const { relay, worker, accountId } = await site([], { generation: 'g0' })
  await worker.settings.set({ defaultKey: { ...DEFAULT_KEY, name: '密'.repeat(20) } })
  await worker.keys.ensureDefault(accountId, REQUEST)
  expect([...relay.state.tokens.values()].map(({ name }) => name)).toEqual(['密'.repeat(10)])
})

test('loading, opening and restarting never make a key', async () => {
  const { world, relay, worker, accountId } = await site()
  await worker.settings.set({ defaultKey: { ...DEFAULT_KEY, afterAdding: true } })
  await worker.keys.load()
  await worker.keys.idle()
  await worker.keys.options(accountId)
  await worker.repair.start()
  await worker.repair.idle()
  const next = await world.start()
  await next.repair.wakeUp()
  await next.keys.lists()
  expect(relay.counters.count('POST', LIST)).toBe(0)
})

test('a form is told groups and models, and the failure of what is missing', async () => {
  const { relay, worker, accountId } = await site()
  const whole = await worker.keys.options(accountId)
  expect(whole).toMatchObject({ unit: 'points', quotaPerUnit: 500_000 })
  expect(whole.groups?.map(({ name }) => name)).toContain('vip')
  expect(whole.models).toContain('gpt-4o')
  expect(whole.features).toMatchObject({ nameBytes: 50, secret: 'reveal' })
  expect(whole.failure).toBeUndefined()
  relay.faults.set({ path: '/api/user/models' }, { kind: 'status', status: 500 })
  const part = await worker.keys.options(accountId)
  expect(part.models).toBeNull()
  expect(part.groups).toEqual(whole.groups)
  expect(part.failure).toMatchObject({ class: 'server' })
})

test('where every key needs a group, it gets one that the site offers', async () => {
  const world = await keyWorld()
  const worker = await world.start()
  const { relay, accountId } = await sub2ApiWith(world, worker, 0)
  await worker.settings.set({ defaultKey: { ...DEFAULT_KEY, limitUsd: 3 } })
  const options = await worker.keys.options(accountId)
  expect(options.features.groups).toBe('required')
  const { made, keyId } = await worker.keys.ensureDefault(accountId, REQUEST)
  expect(made).toBe(true)
  const row = await worker.keys.row({ accountId, keyId: keyId ?? '' })
  expect(options.groups?.map(({ name }) => name)).toContain(row?.group)
  expect(row).toMatchObject({ name: 'relaydeck', remaining: complete(3), secret: 'known' })
  expect(relay.counters.count('POST', '/api/v1/keys')).toBe(1)
})

test('a limit in dollars stays one where the service counts in dollars', async () => {
  const world = await keyWorld()
  const worker = await world.start()
  const accountId = await openRouterWith(world, worker, 0)
  await worker.settings.set({ defaultKey: { ...DEFAULT_KEY, limitUsd: 3 } })
  const { keyId } = await worker.keys.ensureDefault(accountId, REQUEST)
  const ref = { accountId, keyId: keyId ?? '' }
  expect(await worker.keys.row(ref)).toMatchObject({ remaining: complete(3), secret: 'known' })
})
