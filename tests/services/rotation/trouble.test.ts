import { expect, test } from 'vitest'

import { newId } from '@/src/domain/ids'

import { failureFrom } from '../../gateways/support'
import { fullKey } from '../keys/key-world'
import { keysAt, only, type Scene, startRotating, startScene } from './world'

const CREATE = { method: 'POST', path: '/api/token/' }
const MODELS = { path: '/v1/models' }

/** After a failure a site is left alone for a while. */
function rest({ world }: Scene): void {
  world.clock.nowMs += 60_000
}

async function begin(scene: Scene, exportIds: readonly string[] = [scene.exportId]) {
  const { rotations } = scene.worker
  const id = await rotations.start(scene.old, exportIds)
  await rotations.idle()
  return id
}

async function goOn({ worker: { rotations } }: Scene, id: string, leaveFailed = false) {
  await rotations.goOn({ id, leaveFailed })
  await rotations.idle()
  return only(rotations)
}

async function takeBack({ worker: { rotations } }: Scene, id: string, leaveFailed = false) {
  await rotations.rollBack({ id, leaveFailed })
  await rotations.idle()
  return only(rotations)
}

test('a new key that lists no models ends the rotation there: the old one stays as it is', async () => {
  const scene = await startScene()
  scene.relay.faults.set(MODELS, { kind: 'status', status: 503 }, 1)
  const id = await begin(scene)
  const { rotations } = scene.worker
  expect(await only(rotations)).toMatchObject({ step: 'verify', state: 'failed' })
  expect(keysAt(scene.relay).on).toEqual(['1', '2'])
  expect(scene.gatewayKeys()).toEqual([fullKey(scene.relay, '1')])
  rest(scene)
  expect(await goOn(scene, id)).toMatchObject({ step: 'delete', state: 'needs-you' })
})

test('a new key that stopped working is noticed before the old one is disabled, and before it is deleted', async () => {
  const scene = await startScene()
  const { relay, worker } = scene
  const id = await begin(scene)
  const fresh = relay.state.tokens.get(2)
  const old = relay.state.tokens.get(1)
  if (!fresh || !old) throw new Error('no keys')
  old.status = 1
  fresh.status = 2
  await worker.rotations.finish(id)
  await worker.rotations.idle()
  expect(await only(worker.rotations)).toMatchObject({
    step: 'delete',
    state: 'failed',
    failure: { reason: 'rotation-new-off' },
  })
  expect(keysAt(relay).all).toEqual(['1', '2'])
  // Going on is no consent to deleting.
  expect(await goOn(scene, id)).toMatchObject({ state: 'failed' })
  expect(await takeBack(scene, id)).toMatchObject({ state: 'rolled-back' })
  expect(keysAt(relay)).toEqual({ on: ['1'], all: ['1'] })
})

test('a creation without answer is not sent again: the list shows what came of it', async () => {
  const scene = await startScene()
  scene.relay.faults.set(CREATE, { kind: 'truncate' }, 1)
  await begin(scene)
  expect(scene.relay.counters.count('POST', '/api/token/')).toBe(1)
  const [id] = (await scene.worker.rotations.list()).map((rotation) => rotation.id)
  rest(scene)
  await goOn(scene, id ?? '')
  expect(await only(scene.worker.rotations)).toMatchObject({ step: 'delete', newKeyId: '2' })
  expect(scene.relay.counters.count('POST', '/api/token/')).toBe(1)
})

test('where the list shows nothing either, the person decides', async () => {
  const scene = await startScene()
  const { relay, worker } = scene
  relay.faults.set(CREATE, { kind: 'reset' }, 1)
  const id = await begin(scene)
  rest(scene)
  let rotation = await only(worker.rotations)
  if (rotation?.state === 'failed') rotation = await goOn(scene, id)
  expect(rotation).toMatchObject({
    step: 'create',
    state: 'needs-you',
    failure: { class: 'interrupted', reason: 'rotation-uncertain' },
  })
  const sent = relay.counters.count('POST', '/api/token/')
  const next = await startRotating(scene.world)
  await next.rotations.wakeUp()
  await next.rotations.idle()
  expect(relay.counters.count('POST', '/api/token/')).toBe(sent)
  await next.rotations.goOn({ id })
  await next.rotations.idle()
  expect(await only(next.rotations)).toMatchObject({ step: 'delete', newKeyId: '2' })
  expect(keysAt(relay)).toEqual({ on: ['2'], all: ['1', '2'] })
})

test('what only the person can update is waited for before the old key is disabled', async () => {
  const scene = await startScene()
  const { worker, relay } = scene
  const { ledger, material } = worker.exports
  const record = await material.recordOf({ kind: 'key', ...scene.old })
  await ledger.note([record], { destination: 'claude-code', options: {} })
  const ids = (await ledger.list()).map(({ id }) => id)
  const id = await begin(scene, ids)
  expect(await only(worker.rotations)).toMatchObject({ step: 'disable', state: 'needs-you' })
  expect(keysAt(relay).on).toEqual(['1', '2'])
  const later = await goOn(scene, id)
  expect(later).toMatchObject({ step: 'delete', state: 'needs-you' })
  expect(keysAt(relay).on).toEqual(['2'])
  const stale = (await ledger.list()).filter((entry) => entry.stale !== undefined)
  expect(stale).toMatchObject([{ destination: 'claude-code', stale: 'rotated' }])
  await takeBack(scene, id)
  expect((await ledger.list()).filter((entry) => entry.stale !== undefined)).toEqual([])
  expect(scene.gatewayKeys()).toEqual([fullKey(relay, '1')])
})

test('a gateway that cannot be reached keeps the old key on, until it is left to the person', async () => {
  const scene = await startScene()
  const { worker, relay } = scene
  const [gateway] = (await worker.vault.loadAll('gateways')).records
  if (!gateway) throw new Error('no gateway')
  await worker.vault.write([
    { store: 'gateways', put: { ...gateway, address: 'http://127.0.0.1:9/v0/management' } },
  ])
  const id = await begin(scene)
  expect(await only(worker.rotations)).toMatchObject({
    step: 'send',
    state: 'failed',
    destinations: [{ label: 'Home', state: 'failed' }],
  })
  expect(await goOn(scene, id)).toMatchObject({ step: 'send', state: 'failed' })
  expect(keysAt(relay).on).toEqual(['1', '2'])
  expect(await goOn(scene, id, true)).toMatchObject({
    step: 'disable',
    state: 'needs-you',
    destinations: [{ state: 'by-hand' }],
  })
  expect(await takeBack(scene, id)).toMatchObject({ state: 'rolled-back' })
  expect(keysAt(relay)).toEqual({ on: ['1'], all: ['1'] })
})

test('a key has one rotation, and the new key of one has none', async () => {
  const scene = await startScene()
  const { rotations } = scene.worker
  const ids = await Promise.all([1, 2, 3].map(() => rotations.start(scene.old, [])))
  await rotations.idle()
  expect(new Set(ids).size).toBe(1)
  expect(keysAt(scene.relay).all).toEqual(['1', '2'])
  const fresh = { ...scene.old, keyId: '2' }
  expect((await failureFrom(rotations.start(fresh, [])))?.reason).toBe('rotation-open')
})

test('what no new key could have, or does not belong to the key, is refused before anything is made', async () => {
  const scene = await startScene()
  const { relay, worker, old } = scene
  const { rotations } = worker
  const token = relay.state.tokens.get(1)
  if (!token) throw new Error('no key')
  const stranger = newId('exp')
  expect((await failureFrom(rotations.start(old, [stranger])))?.reason).toBe('export')
  Object.assign(token, { unlimitedQuota: false, remainQuota: 0 })
  expect(await failureFrom(rotations.start(old, []))).toMatchObject({
    class: 'input',
    field: 'remaining',
  })
  expect(await rotations.list()).toEqual([])
  expect(relay.counters.count('POST', '/api/token/')).toBe(0)
})

test('a key that was off before stays off when its rotation is taken back', async () => {
  const scene = await startScene()
  const { relay, worker } = scene
  await worker.keys.setEnabled([scene.old], false)
  const id = await begin(scene, [])
  expect(await only(worker.rotations)).toMatchObject({ step: 'delete', wasDisabled: true })
  await takeBack(scene, id)
  expect(keysAt(relay)).toEqual({ on: [], all: ['1'] })
})

test('there is no way back to an old key that is gone, and the new one stays', async () => {
  const scene = await startScene()
  const { relay, worker } = scene
  const id = await begin(scene)
  relay.state.tokens.delete(1)
  expect(await takeBack(scene, id)).toMatchObject({
    state: 'failed',
    failure: { reason: 'rotation-old-gone' },
  })
  expect(keysAt(relay).on).toEqual(['2'])
  expect(await goOn(scene, id)).toMatchObject({ step: 'delete', state: 'needs-you' })
  await worker.rotations.finish(id)
  await worker.rotations.idle()
  expect(await only(worker.rotations)).toMatchObject({ state: 'done' })
})
