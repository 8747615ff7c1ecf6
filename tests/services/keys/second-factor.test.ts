import { expect, test } from 'vitest'

import { totpCode } from '@/src/crypto/totp'
import { failureOf } from '@/src/domain/failure'

import { aliceWith, fullKey, keyWorld } from './key-world'

const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const REVEAL = '/api/token/:id/key'

/** An account, logged in by cookie, of a fork that asks for a second factor before it shows a key. */
async function protectedSite(keys: number) {
  const world = await keyWorld()
  const relay = await world.relay('site', {
    generation: 'g1b',
    protectKeys: true,
    users: [aliceWith(keys, { totpSecret: SECRET })],
  })
  const origin = world.origin('site')
  for (const { name, value, path } of relay.sessionFor('alice').cookies) {
    await world.jar.setCookie(`${name}=${value}; Path=${path}`, `${origin}${path}`)
  }
  const worker = await world.start()
  const accountId = await world.account(worker, 'site', { auth: { mode: 'cookie' } })
  await worker.keys.load()
  await worker.keys.idle()
  const code = () => totpCode(SECRET, world.clock.nowMs)
  return { world, relay, worker, accountId, code }
}

const failureFrom = async (work: Promise<unknown>) =>
  failureOf(await work.then(() => undefined).catch((thrown: unknown) => thrown))

test('a site that asks for a second factor is answered by the code given', async () => {
  const { relay, worker, accountId, code } = await protectedSite(1)
  const ref = { accountId, keyId: '1' }
  expect(await failureFrom(worker.keys.secretOf(ref))).toMatchObject({
    class: 'proof',
    reason: 'verification-required',
  })
  await worker.totp.prove(accountId, ` ${await code()} `)
  expect(await worker.keys.secretOf(ref)).toBe(fullKey(relay, '1'))
})

test('a repair leaves such keys aside until the code is there, then finishes them', async () => {
  const { relay, worker, accountId, code } = await protectedSite(3)
  await worker.repair.start()
  await worker.repair.idle()
  const before = await worker.repair.state()
  expect(before?.keys.map(({ state }) => state)).toEqual(Array(3).fill('needs-proof'))
  expect(before?.keys[0]?.failure).toMatchObject({ class: 'proof' })
  await worker.totp.prove(accountId, await code())
  await worker.repair.proven(accountId)
  await worker.repair.idle()
  const after = await worker.repair.state()
  expect(after).toMatchObject({ id: before?.id, state: 'done' })
  expect(after?.keys.map(({ state, failure }) => [state, failure])).toEqual(
    Array(3).fill(['completed', undefined]),
  )
  expect(await worker.keys.secretOf({ accountId, keyId: '2' })).toBe(fullKey(relay, '2'))
})

test('a stored secret answers by itself, once', async () => {
  const { relay, worker, accountId } = await protectedSite(2)
  await worker.totp.save(accountId, `otpauth://totp/Site:alice?secret=${SECRET}`)
  expect(await worker.totp.accounts()).toEqual([accountId])
  expect(await worker.keys.secretOf({ accountId, keyId: '1' })).toBe(fullKey(relay, '1'))
  await worker.repair.start()
  await worker.repair.idle()
  expect((await worker.repair.state())?.keys.map(({ state }) => state).sort()).toEqual([
    'completed',
    'known',
  ])
  expect(relay.counters.count('POST', '/api/verify')).toBe(1)
  await worker.totp.save(accountId, null)
  expect(await worker.totp.accounts()).toEqual([])
})

test('a wrong stored secret is tried once per code and never in a loop', async () => {
  const { relay, worker, accountId } = await protectedSite(3)
  await worker.totp.save(accountId, 'AAAAAAAAAAAAAAAAAAAAAAAA')
  await worker.repair.start()
  await worker.repair.idle()
  expect((await worker.repair.state())?.keys.map(({ state }) => state)).toEqual(
    Array(3).fill('needs-proof'),
  )
  await failureFrom(worker.keys.secretOf({ accountId, keyId: '1' }))
  expect(relay.counters.count('POST', '/api/verify')).toBe(1)
})

test('three wrong codes in a row are enough: the site would lock the account after five', async () => {
  const { world, relay, worker, accountId, code } = await protectedSite(1)
  for (const wrong of ['000001', '000002']) {
    expect(await failureFrom(worker.totp.prove(accountId, wrong))).toMatchObject({
      class: 'proof',
      reason: 'totp-invalid-code',
    })
  }
  const stopped = await failureFrom(worker.totp.prove(accountId, '000003'))
  expect(stopped).toMatchObject({ class: 'limit', reason: 'totp-too-many-attempts' })
  expect(stopped.retryAtMs).toBeGreaterThan(world.clock.nowMs)
  const asked = relay.counters.count('POST', '/api/verify')
  expect(await failureFrom(worker.totp.prove(accountId, await code()))).toMatchObject({
    class: 'limit',
  })
  expect(relay.counters.count('POST', '/api/verify')).toBe(asked)
  world.clock.nowMs = stopped.retryAtMs ?? 0
  await worker.totp.prove(accountId, await code())
  expect(await worker.keys.secretOf({ accountId, keyId: '1' })).toBe(fullKey(relay, '1'))
})

test('without code and secret nothing is sent', async () => {
  const { relay, worker, accountId } = await protectedSite(1)
  expect(await failureFrom(worker.totp.prove(accountId))).toEqual({
    class: 'input',
    reason: 'required',
    field: 'code',
  })
  expect(relay.counters.count('POST', '/api/verify')).toBe(0)
  expect(relay.counters.count('POST', REVEAL)).toBe(0)
})

test('a removed account takes its second factor with it', async () => {
  const { worker, accountId } = await protectedSite(1)
  await worker.totp.save(accountId, SECRET)
  await worker.book.remove([accountId])
  expect(await worker.totp.accounts()).toEqual([])
  expect(await failureFrom(worker.totp.save(accountId, SECRET))).toMatchObject({
    class: 'not-found',
  })
})
