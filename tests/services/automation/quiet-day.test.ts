import 'fake-indexeddb/auto'

import { beforeEach, expect, test, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'

import { createNewApiRelay } from '@/e2e/relays/new-api/relay'
import { composeAutomation } from '@/src/background/automation/compose'
import { adapterFor, allAdapters } from '@/src/sites/registry'

import { makeAccount } from '../../support/make'
import { keyWorld, PAT } from '../keys/key-world'

beforeEach(() => {
  fakeBrowser.reset()
})

const HOUR = 3_600_000

/** Everything by which an extension can disturb. */
function watchBrowser() {
  const loud = {
    'tabs.create': vi.spyOn(fakeBrowser.tabs, 'create'),
    'tabs.update': vi.spyOn(fakeBrowser.tabs, 'update'),
    'windows.create': vi.spyOn(fakeBrowser.windows, 'create'),
    'windows.update': vi.spyOn(fakeBrowser.windows, 'update'),
    'notifications.create': vi.spyOn(fakeBrowser.notifications, 'create'),
  }
  return () =>
    Object.fromEntries(Object.entries(loud).map(([name, spy]) => [name, spy.mock.calls.length]))
}

test('24 hours with the settings as they come open nothing, focus nothing and notify nobody', async () => {
  const calls = watchBrowser()
  const world = await keyWorld()
  const worker = await world.start()
  const users = [
    { id: 7, username: 'alice', password: 'correct horse', quota: 9, accessToken: PAT },
  ]
  const options = { generation: 'g1b' as const, users, now: () => world.clock.nowMs }
  const sites = {
    well: createNewApiRelay({ ...options, checkinEnabled: true }),
    turnstile: createNewApiRelay({ ...options, checkinEnabled: true, turnstile: true }),
    broken: createNewApiRelay({ ...options, checkinEnabled: true }),
    challenged: createNewApiRelay({ ...options, checkinEnabled: true }),
  }
  sites.broken.faults.set({ path: '*' }, { kind: 'status', status: 500 })
  sites.challenged.faults.set({ path: '*' }, { kind: 'challenge' })
  const ids: Record<string, string> = {}
  for (const [name, relay] of Object.entries(sites)) {
    await world.site(name, relay)
    const account = makeAccount({
      name,
      origin: world.origin(name),
      auth: { mode: 'token', accessToken: PAT },
      ...(name === 'well' ? { lowBalanceUsd: 5 } : {}),
    })
    await worker.book.add({
      account,
      snapshot: {
        id: account.id,
        failuresInRow: 0,
        status: { checkInEnabled: true },
        statusAtMs: world.clock.nowMs,
      },
    })
    ids[name] = account.id
  }
  const alarm: { atMs: number | null } = { atMs: null }
  const part = composeAutomation({
    ...worker.ports,
    adapterFor,
    descriptions: allAdapters.map(({ description }) => description),
    asAccount: worker.ports.asAccount,
    forgive: () => Promise.resolve(),
    hasAccess: () => Promise.resolve(true),
    siteBook: {
      list: () => Promise.resolve([]),
      get: () => Promise.resolve(undefined),
      noteGrant: () => Promise.resolve(),
      noteUse: () => undefined,
      update: () => Promise.resolve(),
      tidy: () => Promise.resolve(),
    },
    refresh: () => Promise.resolve('job_1'),
    refreshing: () => Promise.resolve(null),
    announce: () => undefined,
    wakeAt: (atMs) => {
      alarm.atMs = atMs
      return Promise.resolve()
    },
  })
  const endMs = world.clock.nowMs + 24 * HOUR
  let rounds = 0
  await part.wakeUp()
  while (world.clock.nowMs < endMs) {
    // The alarm that was set, or the pulse that looks whatever was set.
    const pulseMs = world.clock.nowMs + 15 * 60_000
    world.clock.nowMs = Math.min(Math.max(alarm.atMs ?? pulseMs, world.clock.nowMs + 1000), pulseMs)
    await part.wakeUp()
    await part.accountsChanged()
    // What was begun goes on while the worker is awake.
    await vi.waitFor(async () => {
      const { records } = await worker.vault.loadAll('journal')
      expect(records.some(({ state }) => state === 'running')).toBe(false)
    })
    rounds += 1
  }
  expect(rounds).toBeGreaterThan(90)
  expect(calls()).toEqual({
    'tabs.create': 0,
    'tabs.update': 0,
    'windows.create': 0,
    'windows.update': 0,
    'notifications.create': 0,
  })
  // It was no quiet of the grave.
  const { rows } = await worker.book.glance()
  const state = (name: string) => rows.find(({ id }) => id === ids[name])?.checkIn?.state
  expect(sites.well.state.checkins.length).toBeGreaterThanOrEqual(1)
  expect(state('well')).toBe('done')
  expect(state('turnstile')).toBe('needs-you')
  expect(state('challenged')).toBe('needs-you')
  expect(state('broken')).not.toBe('done')
  expect(sites.turnstile.state.checkins).toEqual([])
})
