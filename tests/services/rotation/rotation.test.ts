import { expect, test } from 'vitest'

import { failureFrom } from '../../gateways/support'
import { fullKey } from '../keys/key-world'
import { keysAt, only, startScene } from './world'

test('a rotation makes a key with the same limits, hands it over, disables the old one and waits', async () => {
  const scene = await startScene()
  const { world, relay, worker, old, exportId } = scene
  const oldText = fullKey(relay, '1')
  expect(scene.gatewayKeys()).toEqual([oldText])
  const { rotations, exports } = worker
  await rotations.start(old, [exportId])
  await rotations.idle()
  const waiting = await only(rotations)
  expect(waiting).toMatchObject({ step: 'delete', state: 'needs-you', newKeyId: '2' })
  expect(waiting?.draft.name).toMatch(/^key 1 2026-11-2\d$/)
  expect(keysAt(relay)).toEqual({ on: ['2'], all: ['1', '2'] })
  expect(scene.gatewayKeys()).toEqual([fullKey(relay, '2')])
  expect(await exports.ledger.list()).toMatchObject([{ source: { keyId: '2' } }])

  // Neither going on nor a new worker deletes.
  await rotations.goOn({ id: waiting?.id ?? '' })
  await rotations.wakeUp()
  await rotations.idle()
  expect(keysAt(relay).all).toEqual(['1', '2'])
  await rotations.finish(waiting?.id ?? '')
  await rotations.idle()
  expect(await only(rotations)).toMatchObject({
    step: 'done',
    state: 'done',
    endedAtMs: world.clock.nowMs,
  })
  expect(keysAt(relay)).toEqual({ on: ['2'], all: ['2'] })
  expect((await failureFrom(rotations.rollBack({ id: waiting?.id ?? '' })))?.reason).toBe(
    'rotation-over',
  )
  await rotations.dismiss(waiting?.id ?? '')
  expect(await rotations.list()).toEqual([])
})
