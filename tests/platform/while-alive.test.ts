import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing'

import { createAccessMemory } from '@/src/platform/site-access'
import { whileAlive } from '@/src/platform/while-alive'

beforeEach(() => {
  fakeBrowser.reset()
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A call that is refused so often, and then answered. */
function refused(times: number, message: string) {
  return vi.fn(() => {
    times -= 1
    return times >= 0 ? Promise.reject(new Error(message)) : Promise.resolve('answer')
  })
}

test('the last calls of a worker that is being ended come to no result', async () => {
  const settled = vi.fn()
  void whileAlive(refused(Infinity, 'No SW')).then(settled, settled)
  // Longer than such a worker lives.
  await vi.advanceTimersByTimeAsync(900)
  expect(settled).not.toHaveBeenCalled()
})

test('a worker that goes on makes them again', async () => {
  const call = refused(2, 'No SW')
  const answer = whileAlive(call)
  await vi.advanceTimersByTimeAsync(3_000)
  expect(await answer).toBe('answer')
  expect(call).toHaveBeenCalledTimes(3)
})

test('any other refusal is one', async () => {
  const call = refused(1, 'Tabs cannot be edited right now')
  await expect(whileAlive(call)).rejects.toThrow('Tabs cannot be edited')
  expect(call).toHaveBeenCalledTimes(1)
})

test('that access could not be asked for is not remembered', async () => {
  const contains = refused(1, 'out of order')
  const noListener = { addListener: () => undefined }
  Object.assign(fakeBrowser.permissions, {
    contains,
    onAdded: noListener,
    onRemoved: noListener,
  })
  const hasAccess = createAccessMemory(() => undefined)
  await expect(hasAccess('https://relay.example')).rejects.toThrow('out of order')
  expect(await hasAccess('https://relay.example')).toBe('answer')
})
