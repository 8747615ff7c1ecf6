import { expect, test, vi } from 'vitest'

import { byHand } from '@/src/background/late/by-hand'
import { ok } from '@/src/domain/failure'
import { lateProtocol } from '@/src/messaging/late-protocol'

const A = `acc_${'a'.repeat(32)}`
const B = `acc_${'b'.repeat(32)}`

function makeDesk() {
  const order: string[] = []
  const forgive = vi.fn((ids?: readonly string[]) => {
    order.push(`forgive ${ids?.join() ?? 'all'}`)
    return Promise.resolve()
  })
  const desk = byHand((name) => {
    order.push(name)
    return name in lateProtocol ? Promise.resolve(ok(null)) : undefined
  }, forgive)
  return { desk, forgive, order }
}

test.each<[string, unknown, string]>([
  ['keys.load', {}, 'all'],
  ['keys.load', { accountIds: [A, B] }, `${A},${B}`],
  ['keys.reveal', { key: { accountId: A, keyId: '1' } }, A],
  [
    'keys.remove',
    {
      keys: [
        { accountId: A, keyId: '1' },
        { accountId: B, keyId: '2' },
      ],
    },
    `${A},${B}`,
  ],
  ['exports.material', { sources: [{ kind: 'key', accountId: B, keyId: '2' }] }, B],
  ['rotation.continue', { id: 'job_1' }, 'all'],
])('%s ends the rest of the sites it asks before it asks them', async (name, input, who) => {
  const { desk, order } = makeDesk()
  await desk(name, input)
  expect(order).toEqual([`forgive ${who}`, name])
})

test.each(['keys.lists', 'repair.state', 'credentials.list', 'keys.options', 'checks.models'])(
  '%s is asked by looking at a page, so every rest goes on',
  async (name) => {
    const { desk, forgive } = makeDesk()
    await desk(name, {})
    expect(forgive).not.toHaveBeenCalled()
  },
)

test('what is no message stays unanswered, and a rest that cannot be ended stops nothing', async () => {
  const { desk, forgive } = makeDesk()
  expect(desk('keys.nothing', {})).toBeUndefined()
  forgive.mockRejectedValueOnce(new Error('disk'))
  expect(await desk('keys.load', {})).toEqual(ok(null))
})
