import { expect, test } from 'vitest'

import { keyHandlers, type RotationHandlers } from '@/src/background/late/handlers/keys'
import { type Failure, unwrap } from '@/src/domain/failure'
import { keyMessages } from '@/src/messaging/late/keys'
import { createDesk } from '@/src/messaging/server'

import { aliceWith, DRAFT, fullKey, keyWorld, REQUEST } from './key-world'

test('every message about keys is answered in the shape pages expect', async () => {
  const world = await keyWorld()
  const relay = await world.relay('site', { generation: 'g1b', users: [aliceWith(3)] })
  const worker = await world.start()
  const accountId = await world.account(worker, 'site')
  const desk = createDesk(keyMessages, keyHandlers({ ...worker, rotation: {} as RotationHandlers }))
  const ask = async (name: keyof typeof keyMessages, input: unknown = {}): Promise<unknown> => {
    const answer = await desk(name, input)
    if (!answer) throw new Error('no such message')
    const value = unwrap(answer)
    expect(keyMessages[name].output.safeParse(value)).toMatchObject({ success: true })
    return value
  }
  const refuse = async (name: keyof typeof keyMessages, input: unknown): Promise<Failure> => {
    const answer = await desk(name, input)
    if (!answer || answer.ok) throw new Error('no failure')
    return answer.failure
  }
  const ref = (keyId: string) => ({ accountId, keyId })

  await ask('keys.load')
  await worker.keys.idle()
  await ask('keys.lists')
  await ask('keys.options', { accountId })
  expect(await ask('keys.reveal', { key: ref('1') })).toEqual({ key: fullKey(relay, '1') })
  await ask('keys.find', { text: fullKey(relay, '1') })
  await ask('keys.create', { accountId, draft: DRAFT, requestId: REQUEST })
  await ask('keys.createMany', { accountIds: [accountId], draft: DRAFT, requestId: REQUEST })
  await ask('keys.update', { key: ref('1'), edit: { name: 'renamed' } })
  await ask('keys.setEnabled', { keys: [ref('1'), ref('99')], enabled: false })
  await ask('keys.remove', { keys: [ref('2')] })
  await ask('keys.ensureDefault', { accountId, requestId: REQUEST })
  await ask('keys.saveTotp', { accountId, secret: 'GEZDGNBVGY3TQOJQ' })
  await ask('keys.totpAccounts')
  await ask('repair.state')
  await ask('repair.start')
  await worker.repair.idle()
  await ask('repair.state')
  await ask('repair.pause')
  await ask('repair.resume')
  await ask('repair.cancel')
  expect(world.announced).toBeGreaterThan(0)

  expect(await refuse('keys.saveTotp', { accountId, secret: 'x' })).toMatchObject({
    class: 'input',
    field: 'secret',
  })
  expect(await refuse('keys.create', { accountId, draft: {}, requestId: REQUEST })).toMatchObject({
    class: 'input',
    reason: 'malformed',
  })
  expect(await refuse('keys.prove', { accountId, code: '123456' })).toMatchObject({
    class: 'proof',
  })
})
