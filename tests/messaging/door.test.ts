import { expect, test, vi } from 'vitest'

import { raise } from '@/src/domain/failure'
import { DEFAULT_SETTINGS } from '@/src/domain/settings'
import { createDoor, type Handlers } from '@/src/messaging/server'

const OWN = { isOwnPage: true }

function makeDoor(some: Partial<Handlers>) {
  return createDoor(some as Handlers)
}

test('strangers get silence, whatever they say', async () => {
  const glance = vi.fn()
  const door = makeDoor({ 'accounts.glance': glance })
  expect(await door({ name: 'accounts.glance', input: {} }, { isOwnPage: false })).toBeUndefined()
  expect(glance).not.toHaveBeenCalled()
})

test.each([null, 7, 'x', [], { name: 'accounts.glance' }, { name: 'nothing', input: {} }])(
  'what is no message gets silence: %j',
  async (message) => {
    const door = makeDoor({ 'accounts.glance': () => Promise.resolve({ rows: [], damaged: [] }) })
    const answer = await door(message, OWN)
    expect(answer?.ok).not.toBe(true)
  },
)

test('bad input names the field and reaches no handler', async () => {
  const set = vi.fn()
  const door = makeDoor({ 'settings.set': set })
  expect(await door({ name: 'settings.set', input: { edit: { theme: 'neon' } } }, OWN)).toEqual({
    ok: false,
    failure: { class: 'input', reason: 'malformed', field: 'edit.theme' },
  })
  expect(set).not.toHaveBeenCalled()
})

test('surplus fields are refused, not ignored', async () => {
  const door = makeDoor({
    'app.boot': () => Promise.resolve({ settings: DEFAULT_SETTINGS, job: null }),
  })
  expect(await door({ name: 'app.boot', input: { extra: 1 } }, OWN)).toMatchObject({ ok: false })
})

test('a failure crosses as a value, a defect without its words', async () => {
  const door = makeDoor({
    'refresh.progress': () => raise({ class: 'limit', retryAtMs: 5 }),
    'sites.describe': () => Promise.reject(new Error('token sk-secret is wrong')),
  })
  expect(await door({ name: 'refresh.progress', input: {} }, OWN)).toEqual({
    ok: false,
    failure: { class: 'limit', retryAtMs: 5 },
  })
  expect(await door({ name: 'sites.describe', input: {} }, OWN)).toEqual({
    ok: false,
    failure: { class: 'internal', reason: 'Error' },
  })
})
