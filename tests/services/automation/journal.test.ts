import 'fake-indexeddb/auto'

import { beforeEach, expect, test } from 'vitest'

import { newId } from '@/src/domain/ids'
import { JOURNAL_KEPT, JOURNAL_KEPT_MS, type JournalEntry } from '@/src/domain/journal'
import { createJournal } from '@/src/services/automation/journal'
import { openVault } from '@/src/storage/vault'

import { makeAccount } from '../../support/make'
import { freshDisk, startWorld } from '../../support/world'

beforeEach(freshDisk)

const NOW = Date.parse('2026-11-26T12:00:00Z')

function entry(change: Partial<JournalEntry> = {}): JournalEntry {
  return {
    id: newId('run'),
    kind: 'check-in',
    why: 'schedule',
    slot: '2026-11-26',
    state: 'done',
    startedAtMs: NOW,
    endedAtMs: NOW + 1,
    lines: [],
    ...change,
  }
}

async function start() {
  const vault = await openVault()
  let announced = 0
  const journal = createJournal({ vault, announce: () => (announced += 1), now: () => NOW })
  return { vault, journal, announced: () => announced }
}

test('tells jobs newest first, by kind, page by page', async () => {
  const { journal, announced } = await start()
  for (let at = 0; at < 5; at += 1) {
    await journal.put(entry({ startedAtMs: NOW - at, kind: at === 2 ? 'redeem' : 'check-in' }))
  }
  expect(announced()).toBe(5)
  const first = await journal.list({ limit: 3 })
  expect(first.entries.map(({ startedAtMs }) => NOW - startedAtMs)).toEqual([0, 1, 2])
  expect(first.more).toBe(true)
  const rest = await journal.list({ limit: 3, beforeMs: NOW - 2 })
  expect(rest).toMatchObject({ more: false, entries: [{}, {}] })
  expect((await journal.list({ limit: 9, kinds: ['redeem'] })).entries).toHaveLength(1)
})

test('knows the job that is not over', async () => {
  const { journal } = await start()
  await journal.put(entry())
  expect(await journal.open('check-in')).toBeUndefined()
  const running = entry({ state: 'waiting' })
  await journal.put(running)
  expect(await journal.open('check-in')).toEqual(running)
  expect(await journal.open('redeem')).toBeUndefined()
})

test('forgets the old and the many, never what is under way', async () => {
  const { journal, vault } = await start()
  const old = { startedAtMs: NOW - JOURNAL_KEPT_MS - 1 }
  const running = entry({ ...old, state: 'running' })
  await vault.write(
    [entry(old), running, ...Array.from({ length: JOURNAL_KEPT + 5 }, () => entry())].map(
      (put) => ({ store: 'journal', put }),
    ),
  )
  await journal.prune()
  const { records } = await vault.loadAll('journal')
  expect(records).toHaveLength(JOURNAL_KEPT + 1)
  expect(records.map(({ id }) => id)).toContain(running.id)
})

test('a corrupt record hides no other and goes at the next tidying', async () => {
  const { journal, vault } = await start()
  const whole = entry()
  await journal.put(whole)
  const damaged = { store: 'journal', id: newId('run'), reason: 'tampered' as const }
  let removed: unknown
  const broken = createJournal({
    vault: {
      ...vault,
      loadAll: async (store) => ({ ...(await vault.loadAll(store)), damaged: [damaged] }),
      write: (changes) => {
        removed = changes
        return vault.write(changes)
      },
    },
    announce: () => undefined,
    now: () => NOW,
  })
  expect((await broken.list({ limit: 5 })).entries).toEqual([whole])
  await broken.prune()
  expect(removed).toEqual([{ store: 'journal', remove: damaged.id }])
})

test('a refresh writes down that it ran, why, and what came of each account', async () => {
  const world = await startWorld()
  const { id } = await world.add(makeAccount())
  await world.runner.start([id], 'schedule')
  await world.runner.idle()
  const { records } = await world.vault.loadAll('journal')
  expect(records).toMatchObject([
    { kind: 'refresh', why: 'schedule', state: 'done', lines: [{ id, state: 'done' }] },
  ])
  expect((await world.vault.loadAll('jobs')).records).toEqual([])
})
