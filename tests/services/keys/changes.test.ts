import { describe, expect, test } from 'vitest'

import { failureOf } from '@/src/domain/failure'
import { complete } from '@/src/domain/metric'

import { aliceWith, DRAFT, fullKey, keyWorld, REQUEST } from './key-world'
import { openRouterWith } from './other-sites'

const LIST = '/api/token/'

async function loaded(keys: number, generation: 'g1b' | 'g0' | 'g3' = 'g1b') {
  const world = await keyWorld()
  const relay = await world.relay('site', { generation, users: [aliceWith(keys)] })
  const worker = await world.start()
  const accountId = await world.account(worker, 'site')
  await worker.keys.load()
  await worker.keys.idle()
  return { world, relay, worker, accountId }
}

const failureFrom = async (work: Promise<unknown>) =>
  failureOf(await work.then(() => undefined).catch((thrown: unknown) => thrown))

describe('a new key', () => {
  test('is made once, however often the same request comes', async () => {
    const { relay, worker, accountId } = await loaded(1)
    const order = { accountId, draft: DRAFT, requestId: REQUEST }
    const [first, second] = await Promise.all([
      worker.keys.create(order),
      worker.keys.create(order),
    ])
    expect(await worker.keys.create(order)).toEqual(first)
    expect(second).toEqual(first)
    expect(first).toEqual({ keyId: '2', secret: 'hidden' })
    expect(relay.state.tokens.size).toBe(2)
    expect(await worker.keys.row({ accountId, keyId: '2' })).toMatchObject({
      name: 'fresh',
      remaining: null,
    })
    expect(await worker.keys.secretOf({ accountId, keyId: '2' })).toBe(fullKey(relay, '2'))
  })

  test('whose worker died is found in the list, not made again', async () => {
    const steps: string[] = []
    const probe = await loaded(1)
    probe.worker.life.onStep = (step) => steps.push(step)
    const order = { accountId: probe.accountId, draft: DRAFT, requestId: REQUEST }
    await probe.worker.keys.create(order)
    expect(steps.length).toBeGreaterThan(8)
    for (let at = 0; at < steps.length; at += 1) {
      const { world, relay, worker, accountId } = await loaded(1)
      let passed = 0
      const died = new Promise<void>((resolve) => {
        worker.life.onStep = () => {
          passed += 1
          if (passed <= at) return
          worker.life.isAlive = false
          resolve()
        }
      })
      void worker.keys.create({ accountId, draft: DRAFT, requestId: REQUEST })
      await died
      const next = await world.start()
      const made = await next.keys.create({ accountId, draft: DRAFT, requestId: REQUEST })
      expect(made, steps[at]).toEqual({ keyId: '2', secret: 'hidden' })
      expect(relay.state.tokens.size, steps[at]).toBe(2)
    }
  }, 60_000)

  test('whose answer was lost is uncertain, and the same request finds it', async () => {
    const { relay, worker, accountId } = await loaded(1)
    relay.faults.set({ method: 'POST', path: LIST }, { kind: 'truncate', bytes: 3 }, 1)
    const order = { accountId, draft: DRAFT, requestId: REQUEST }
    expect(await failureFrom(worker.keys.create(order))).toMatchObject({ class: 'interrupted' })
    expect((await worker.keys.lists()).lists[0]?.rows).toHaveLength(2)
    expect(await worker.keys.create(order)).toEqual({ keyId: '2', secret: 'hidden' })
    expect(relay.state.tokens.size).toBe(2)
  })

  test('that was refused may be tried again', async () => {
    const { relay, worker, accountId } = await loaded(1)
    relay.state.maxTokensPerUser = 1
    const order = { accountId, draft: DRAFT, requestId: REQUEST }
    expect(await failureFrom(worker.keys.create(order))).toMatchObject({ class: 'refused' })
    relay.state.maxTokensPerUser = 10
    expect(await worker.keys.create(order)).toMatchObject({ keyId: '2' })
  })

  test('is not sent with a field at fault', async () => {
    const { relay, worker, accountId } = await loaded(1, 'g0')
    const make = (draft: Partial<typeof DRAFT>) =>
      failureFrom(
        worker.keys.create({ accountId, draft: { ...DRAFT, ...draft }, requestId: REQUEST }),
      )
    expect(await make({ name: '密'.repeat(11) })).toEqual({
      class: 'input',
      reason: 'too-long',
      field: 'name',
    })
    expect(await make({ group: 'nowhere' })).toEqual({
      class: 'input',
      reason: 'not-offered',
      field: 'group',
    })
    expect(relay.counters.count('POST', LIST)).toBe(0)
  })

  test('that a family shows once is kept', async () => {
    const world = await keyWorld()
    const worker = await world.start()
    const accountId = await openRouterWith(world, worker, 1)
    const made = await worker.keys.create({ accountId, draft: DRAFT, requestId: REQUEST })
    expect(made.secret).toBe('known')
    const ref = { accountId, keyId: made.keyId ?? '' }
    const text = await worker.keys.secretOf(ref)
    expect(text).toMatch(/^sk-or-/)
    await worker.keys.load()
    await worker.keys.idle()
    const next = await world.start()
    expect(await next.keys.secretOf(ref)).toBe(text)
    const { lists } = await next.keys.lists()
    expect(lists[0]?.rows.map(({ secret }) => secret).sort()).toEqual(['known', 'lost'])
    expect(JSON.stringify(lists)).not.toContain(text)
  })

  test('for several accounts is made for each, and each for itself', async () => {
    const { world, relay, worker, accountId } = await loaded(1)
    const other = await world.relay('other', { generation: 'g1b', users: [aliceWith(0)] })
    other.state.maxTokensPerUser = 0
    const second = await world.account(worker, 'other')
    const outcomes = await worker.keys.createMany([accountId, second], DRAFT, REQUEST)
    expect(outcomes).toMatchObject([
      { accountId, created: { keyId: '2' } },
      { accountId: second, failure: { class: 'refused' } },
    ])
    await worker.keys.createMany([accountId, second], DRAFT, REQUEST)
    expect(relay.state.tokens.size).toBe(2)
  })
})

describe('a change', () => {
  test('of the name alone leaves limits, group and expiry as they are', async () => {
    const { relay, worker, accountId } = await loaded(1)
    const token = relay.state.tokens.get(1)
    Object.assign(token ?? {}, {
      unlimitedQuota: false,
      remainQuota: 77,
      group: 'vip',
      expiredTime: 1_900_000_000,
    })
    const before = { ...token }
    const ref = { accountId, keyId: '1' }
    const text = await worker.keys.secretOf(ref)
    await worker.keys.update(ref, { name: 'renamed' })
    expect(relay.state.tokens.get(1)).toEqual({ ...before, name: 'renamed' })
    expect(await worker.keys.row(ref)).toMatchObject({
      name: 'renamed',
      remaining: complete(77),
      secret: 'known',
    })
    expect(await worker.keys.secretOf(ref)).toBe(text)
  })

  test('is shown even where the site would not list again', async () => {
    const { relay, worker, accountId } = await loaded(3)
    const ref = (keyId: string) => ({ accountId, keyId })
    relay.faults.set({ method: 'GET', path: LIST }, { kind: 'status', status: 500 })
    expect(await worker.keys.setEnabled([ref('1')], false)).toEqual([ref('1')])
    expect(await worker.keys.remove([ref('2')])).toEqual([ref('2')])
    expect((await worker.keys.row(ref('1')))?.status).toBe('disabled')
    expect(await worker.keys.row(ref('2'))).toBeUndefined()
    expect(relay.state.tokens.get(1)?.status).toBe(2)
    expect(relay.state.tokens.has(2)).toBe(false)
  })

  test('of many keys has an outcome for each, and says what the site said', async () => {
    const { relay, worker, accountId } = await loaded(3)
    Object.assign(relay.state.tokens.get(2) ?? {}, {
      status: 4,
      unlimitedQuota: false,
      remainQuota: 0,
    })
    const refs = ['1', '2', '3'].map((keyId) => ({ accountId, keyId }))
    await worker.keys.setEnabled(refs, false)
    expect([...relay.state.tokens.values()].map(({ status }) => status)).toEqual([2, 2, 2])
    Object.assign(relay.state.tokens.get(2) ?? {}, { status: 4 })
    const outcomes = await worker.keys.setEnabled(refs, true)
    expect(outcomes.map(({ failure }) => failure?.class)).toEqual([undefined, 'refused', undefined])
    expect(outcomes[1]?.failure?.detail).not.toBe('')
    const { lists } = await worker.keys.lists()
    expect(lists[0]?.rows.map(({ status }) => status).sort()).toEqual([
      'enabled',
      'enabled',
      'exhausted',
    ])
  })

  test('of keys of several accounts fails only where an account fails', async () => {
    const { world, worker, accountId } = await loaded(1)
    await world.relay('other', { generation: 'g1b', users: [aliceWith(1)] })
    const auth = { mode: 'token', accessToken: 'wrong-token-0123456789abcdef' } as const
    const second = await world.account(worker, 'other', { auth })
    const outcomes = await worker.keys.remove([
      { accountId: second, keyId: '1' },
      { accountId, keyId: '1' },
    ])
    expect(outcomes).toMatchObject([{ failure: { class: 'login' } }, { accountId }])
    expect(outcomes[1]?.failure).toBeUndefined()
  })

  test('that takes a key away takes its secret with it', async () => {
    const { worker, accountId } = await loaded(2)
    const ref = { accountId, keyId: '1' }
    const text = await worker.keys.secretOf(ref)
    await worker.keys.remove([ref])
    expect((await worker.vault.load('keySecrets', accountId))?.secrets).toEqual({})
    expect(await worker.keys.find(text)).toEqual([])
  })
})
