import { expect, test } from 'vitest'

import { fingerprintOf } from '@/src/crypto/fingerprint'

import { aliceWith, fullKey, keyWorld, PAT } from './key-world'

test('lists of all accounts are loaded, and one that fails takes nobody else with it', async () => {
  const world = await keyWorld()
  const good = await world.relay('good', { generation: 'g1b', users: [aliceWith(3)] })
  const bad = await world.relay('bad', { generation: 'g1b', users: [aliceWith(2)] })
  bad.faults.set({ path: '/api/token/' }, { kind: 'status', status: 500 })
  const worker = await world.start()
  const first = await world.account(worker, 'bad')
  const second = await world.account(worker, 'good')
  expect((await worker.keys.lists()).lists.map(({ state }) => state)).toEqual(['never', 'never'])

  await worker.keys.load()
  const during = await worker.keys.lists()
  expect(during.lists.map(({ state }) => state)).toEqual(['loading', 'loading'])
  expect(during.loading).toEqual({ done: 0, total: 2 })
  await worker.keys.idle()
  const { lists, loading } = await worker.keys.lists()
  expect(loading).toBeNull()
  const byId = new Map(lists.map((list) => [list.accountId, list]))
  expect(byId.get(first)).toMatchObject({ state: 'failed', failure: { class: 'server' }, rows: [] })
  const rows = byId.get(second)?.rows ?? []
  expect(byId.get(second)).toMatchObject({ state: 'ready', complete: true })
  expect(byId.get(second)?.groups?.map(({ name }) => name)).toContain('vip')
  expect(rows.map(({ secret }) => secret)).toEqual(['hidden', 'hidden', 'hidden'])
  for (const row of rows) expect(row.shown).toMatch(/\*{10}/)
  expect(good.counters.count('POST', '/api/token/:id/key')).toBe(0)
})

test('full keys of a list go to the secrets, what is shown is masked', async () => {
  const world = await keyWorld()
  const relay = await world.relay('old', { generation: 'g1a', users: [aliceWith(2)] })
  const worker = await world.start()
  const id = await world.account(worker, 'old')
  await worker.keys.load()
  await worker.keys.idle()
  const { lists } = await worker.keys.lists()
  const [row] = lists[0]?.rows ?? []
  const key = fullKey(relay, row?.id ?? '')
  expect(row).toMatchObject({
    secret: 'known',
    shown: `${key.slice(0, 8)}****************${key.slice(-4)}`,
    fingerprint: await fingerprintOf(key),
  })
  const list = await worker.vault.load('keyLists', id)
  expect(JSON.stringify([list, lists])).not.toContain(key)
  expect((await worker.vault.load('keySecrets', id))?.secrets[row?.id ?? '']?.text).toBe(key)
})

test('a restarted worker knows the lists and the revealed keys without asking', async () => {
  const world = await keyWorld()
  const relay = await world.relay('site', { generation: 'g1b', users: [aliceWith(2)] })
  const worker = await world.start()
  const accountId = await world.account(worker, 'site')
  await worker.keys.load()
  await worker.keys.idle()
  const key = await worker.keys.secretOf({ accountId, keyId: '1' })
  const asked = relay.counters.total()
  const next = await world.start()
  const { lists } = await next.keys.lists()
  expect(lists[0]?.rows.map(({ secret }) => secret).sort()).toEqual(['hidden', 'known'])
  expect(await next.keys.secretOf({ accountId, keyId: '1' })).toBe(key)
  expect(relay.counters.total()).toBe(asked)
})

test('a known secret outlives a new list, until the list shows another key under its id', async () => {
  const world = await keyWorld()
  const relay = await world.relay('site', { generation: 'g1b', users: [aliceWith(2)] })
  const worker = await world.start()
  const accountId = await world.account(worker, 'site')
  const load = async () => {
    await worker.keys.load()
    await worker.keys.idle()
  }
  await load()
  await worker.keys.secretOf({ accountId, keyId: '1' })
  await worker.keys.secretOf({ accountId, keyId: '2' })
  await load()
  expect((await worker.keys.row({ accountId, keyId: '1' }))?.secret).toBe('known')
  const token = relay.state.tokens.get(1)
  if (token) token.key = 'X'.repeat(48)
  relay.state.tokens.delete(2)
  await load()
  expect((await worker.keys.row({ accountId, keyId: '1' }))?.secret).toBe('hidden')
  expect(await worker.keys.row({ accountId, keyId: '2' })).toBeUndefined()
  expect((await worker.vault.load('keySecrets', accountId))?.secrets).toEqual({})
})

test('a failed try keeps what was known and says so', async () => {
  const world = await keyWorld()
  const relay = await world.relay('site', { generation: 'g1b', users: [aliceWith(2)] })
  const worker = await world.start()
  await world.account(worker, 'site')
  await worker.keys.load()
  await worker.keys.idle()
  const { lists: before } = await worker.keys.lists()
  relay.faults.set({ path: '/api/token/' }, { kind: 'challenge' })
  await worker.keys.load()
  await worker.keys.idle()
  const { lists } = await worker.keys.lists()
  expect(lists[0]).toMatchObject({
    state: 'failed',
    failure: { class: 'challenge' },
    atMs: before[0]?.atMs,
    rows: before[0]?.rows,
  })
})

test('a removed account takes its keys with it, also when its site answers afterwards', async () => {
  const world = await keyWorld()
  const relay = await world.relay('site', { generation: 'g1a', users: [aliceWith(2)] })
  const worker = await world.start()
  const accountId = await world.account(worker, 'site')
  await worker.keys.load()
  await worker.keys.idle()
  const text = fullKey(relay, '1')
  expect(await worker.keys.find(text.slice(3, 12))).toEqual([{ accountId, keyId: '1' }])
  relay.faults.set({ path: '/api/token/' }, { kind: 'latency', ms: 60 })
  await worker.keys.load()
  await worker.book.remove([accountId])
  await worker.keys.idle()
  expect(await worker.vault.load('keyLists', accountId)).toBeUndefined()
  expect(await worker.vault.load('keySecrets', accountId)).toBeUndefined()
  expect((await worker.keys.lists()).lists).toEqual([])
  expect(await worker.keys.find(text)).toEqual([])
  await expect(worker.keys.secretOf({ accountId, keyId: '1' })).rejects.toThrow('not-found/account')
})

test('keys are found by any part of their full text of 4 characters or more', async () => {
  const world = await keyWorld()
  const relay = await world.relay('site', { generation: 'g1a', users: [aliceWith(3)] })
  const worker = await world.start()
  const accountId = await world.account(worker, 'site')
  await worker.keys.load()
  await worker.keys.idle()
  const text = fullKey(relay, '2')
  expect(await worker.keys.find(` ${text} `)).toEqual([{ accountId, keyId: '2' }])
  expect(await worker.keys.find(text.slice(10, 20))).toEqual([{ accountId, keyId: '2' }])
  expect(await worker.keys.find('sk-')).toEqual([])
})

test('250 keys are all found once, whatever the way a server pages', async () => {
  const world = await keyWorld()
  const generations = ['one-api', 'g0', 'g1b', 'g3'] as const
  const worker = await world.start()
  for (const generation of generations) {
    await world.relay(generation, { generation, users: [aliceWith(250)] })
    const siteType = generation === 'one-api' ? generation : 'new-api'
    await world.account(worker, generation, { siteType })
  }
  await worker.keys.load()
  await worker.keys.idle()
  const { lists } = await worker.keys.lists()
  for (const list of lists) {
    expect(list.state).toBe('ready')
    expect(new Set(list.rows.map(({ id }) => id)).size).toBe(250)
  }
})

test('2,000 keys of 100 accounts are told from memory in no time', async () => {
  const world = await keyWorld()
  const worker = await world.start()
  const users = Array.from({ length: 20 }, (_, at) => ({
    ...aliceWith(20),
    id: at + 1,
    username: `user${at}`,
    accessToken: `${PAT.slice(0, -4)}${String(at).padStart(3, '0')}=`,
  }))
  for (const site of ['a', 'b', 'c', 'd', 'e']) {
    await world.relay(site, { generation: 'g1a', users })
    for (const { id, accessToken } of users) {
      const auth = { mode: 'token', accessToken } as const
      await world.account(worker, site, { userId: String(id), auth })
    }
  }
  await worker.keys.load()
  await worker.keys.idle()
  await worker.keys.lists()
  const startedAt = performance.now()
  const { lists } = await worker.keys.lists()
  const tookMs = performance.now() - startedAt
  expect(lists.flatMap(({ rows }) => rows)).toHaveLength(2000)
  expect(tookMs).toBeLessThan(100)
}, 60_000)
