import fc from 'fast-check'
import { expect, test } from 'vitest'

import type { ApiKey } from '@/src/domain/api-key'
import { failureOf } from '@/src/domain/failure'
import { isWholeKey } from '@/src/domain/whole-key'
import { addSecrets, mergeList } from '@/src/services/keys/merge'
import { rowOf } from '@/src/services/keys/views'

import { makeKey } from '../../support/make'
import { aliceWith, fullKey, keyWorld } from './key-world'

const REVEAL = '/api/token/:id/key'

async function loaded(keys: number, rest: object = {}) {
  const world = await keyWorld()
  const relay = await world.relay('site', {
    generation: 'g1b',
    users: [aliceWith(keys)],
    ...rest,
  })
  const worker = await world.start()
  const accountId = await world.account(worker, 'site')
  await worker.keys.load()
  await worker.keys.idle()
  return { world, relay, worker, accountId }
}

test('show, copy and export of a key at the same time ask the site once', async () => {
  const { relay, worker, accountId } = await loaded(1)
  const ref = { accountId, keyId: '1' }
  const texts = await Promise.all([1, 2, 3].map(() => worker.keys.secretOf(ref)))
  expect(new Set(texts)).toEqual(new Set([fullKey(relay, '1')]))
  expect(texts[0]).toMatch(/^sk-(?!sk-)/)
  expect(relay.counters.count('POST', REVEAL)).toBe(1)
})

test('a key that the repair is asking for is not asked for a second time', async () => {
  const { relay, worker, accountId } = await loaded(3)
  relay.faults.set({ path: '/api/token/batch/keys' }, { kind: 'latency', ms: 50 })
  await worker.repair.start()
  while (relay.counters.count('POST', '/api/token/batch/keys') === 0) {
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  expect(await worker.keys.secretOf({ accountId, keyId: '2' })).toBe(fullKey(relay, '2'))
  expect(relay.counters.count('POST', REVEAL)).toBe(0)
})

test('who leaves does not take the answer from the others', async () => {
  const { relay, worker, accountId } = await loaded(1)
  relay.faults.set({ path: REVEAL }, { kind: 'latency', ms: 40 })
  const leaving = new AbortController()
  const ref = { accountId, keyId: '1' }
  const left = worker.keys.secretOf(ref, leaving.signal)
  const stayed = worker.keys.secretOf(ref)
  leaving.abort()
  await expect(left).rejects.toThrow('cancelled')
  expect(await stayed).toBe(fullKey(relay, '1'))
})

test('what the bucket does not allow is a limit with the time it ends', async () => {
  const { world, worker, accountId } = await loaded(16)
  for (let id = 1; id <= 15; id += 1) {
    await worker.keys.secretOf({ accountId, keyId: String(id) })
  }
  const thrown = await worker.keys
    .secretOf({ accountId, keyId: '16' })
    .catch((error: unknown) => error)
  const failure = failureOf(thrown)
  expect(failure).toMatchObject({ class: 'limit', reason: 'budget' })
  expect(failure.retryAtMs).toBeGreaterThan(world.clock.nowMs)
})

test('a masked answer of a site never becomes a key', async () => {
  const { relay, worker, accountId } = await loaded(2)
  relay.faults.set(
    { path: REVEAL },
    {
      kind: 'status',
      status: 200,
      body: { success: true, message: '', data: { key: 'abcd**********wxyz' } },
    },
  )
  await expect(worker.keys.secretOf({ accountId, keyId: '1' })).rejects.toThrow()
  expect((await worker.vault.load('keySecrets', accountId))?.secrets).toEqual({})
  expect((await worker.keys.row({ accountId, keyId: '1' }))?.secret).toBe('hidden')
})

test('a site that hides keys and has no call for them leaves only a new key', async () => {
  const { relay, worker, accountId } = await loaded(1)
  relay.faults.set({ path: REVEAL }, { kind: 'status', status: 404 })
  const ref = { accountId, keyId: '1' }
  await expect(worker.keys.secretOf(ref)).rejects.toThrow('unsupported')
  await worker.repair.start()
  await worker.repair.idle()
  expect((await worker.repair.state())?.keys).toMatchObject([{ state: 'lost' }])
})

/** Whatever a site may call a key: whole ones, masked ones, rubbish. */
const texts = fc.oneof(
  fc.stringMatching(/^sk-[0-9A-Za-z]{0,20}$/),
  fc.stringMatching(/^(sk-)?[a-z]{0,4}(\*+|•+|…|\.\.\.)[a-z]{0,4}$/),
  fc.constantFrom('', ' ', '******', 'sk-', '•••'),
  fc.string(),
)

test('no list, creation or reveal can put a masked text among the secrets', () => {
  const listed = fc.array(
    fc.record({
      id: fc.constantFrom('1', '2', '3'),
      key: fc.record({ kind: fc.constantFrom('full' as const, 'masked' as const), text: texts }),
    }),
    { maxLength: 3 },
  )
  const steps = fc.array(fc.record({ listed, complete: fc.boolean() }), {
    minLength: 1,
    maxLength: 4,
  })
  fc.assert(
    fc.property(steps, (lists) => {
      let held = {}
      for (const { listed: keys, complete } of lists) {
        const unique = new Map(keys.map((key): [string, ApiKey] => [key.id, makeKey(key)]))
        const list = { keys: [...unique.values()], complete, atMs: 1 }
        held = mergeList('acc', held, list, new Map())
        const { list: stored, secrets } = held as ReturnType<typeof mergeList>
        for (const { text } of Object.values(secrets?.secrets ?? {})) {
          expect(isWholeKey(text)).toBe(true)
        }
        for (const key of stored?.keys ?? []) {
          expect(key.key.kind).toBe('masked')
          const text = secrets?.secrets[key.id]?.text
          if (text !== undefined) expect(key.key.text).not.toBe(text)
          const row = rowOf('acc', key, held, { secret: 'reveal' } as never)
          if (row.secret === 'known') expect(isWholeKey(row.shown)).toBe(false)
          const { key: _, ...facts } = key
          const { shown, secret, fingerprint, ...rest } = row
          expect(rest).toEqual({ ...facts, accountId: 'acc' })
          if (text !== undefined) expect([shown, secret, fingerprint]).not.toContain(text)
        }
      }
    }),
  )
})

test('a whole key that a later list calls masked is not kept among the masked ones', () => {
  const listed = (kind: 'full' | 'masked') => ({
    keys: [makeKey({ id: '1', key: { kind, text: 'short-key' } })],
    complete: true,
    atMs: 1,
  })
  const first = mergeList('acc', {}, listed('full'), new Map())
  const then = mergeList('acc', first, listed('masked'), new Map())
  expect(then.secrets?.secrets['1']).toMatchObject({ text: 'short-key', shown: '******' })
  expect(then.list?.keys[0]?.key).toEqual({ kind: 'masked', text: '******' })
})

test('an incomplete list takes nothing away, a complete one does', () => {
  const key = (id: string) =>
    makeKey({ id, key: { kind: 'full', text: `sk-whole-key-number-${id}` } })
  const first = mergeList(
    'acc',
    {},
    { keys: [key('1'), key('2')], complete: true, atMs: 1 },
    new Map(),
  )
  const cut = mergeList('acc', first, { keys: [key('2')], complete: false, atMs: 2 }, new Map())
  expect(cut.list).toMatchObject({ complete: false, keys: [{ id: '2' }, { id: '1' }] })
  expect(Object.keys(cut.secrets?.secrets ?? {}).sort()).toEqual(['1', '2'])
  const whole = mergeList('acc', cut, { keys: [key('2')], complete: true, atMs: 3 }, new Map())
  expect(whole.list?.keys.map(({ id }) => id)).toEqual(['2'])
  expect(Object.keys(whole.secrets?.secrets ?? {})).toEqual(['2'])
})

test('a text that was revealed belongs to a key of the list or to nobody', () => {
  const held = mergeList(
    'acc',
    {},
    { keys: [makeKey({ id: '1' })], complete: true, atMs: 1 },
    new Map(),
  )
  const shown = new Map([
    ['1', 'sk-abcdefghijklmnopwxyz'],
    ['9', 'sk-of-somebody-else'],
  ])
  const { secrets } = addSecrets('acc', held, shown, new Map(), 2)
  expect(Object.keys(secrets?.secrets ?? {})).toEqual(['1'])
})
