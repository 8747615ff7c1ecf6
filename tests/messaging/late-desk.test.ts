import { expect, test, vi } from 'vitest'

import { createLateDesk } from '@/src/background/late-desk'
import type { ComposeLate, LatePorts } from '@/src/background/late/ports'
import type { Chore } from '@/src/domain/chore'
import { ok } from '@/src/domain/failure'

const NOW_MS = 1_000_000

function chore(state: 'running' | 'waiting' | 'paused' | 'done', resumeAtMs?: number): Chore {
  return {
    id: `job_${'0'.repeat(32)}`,
    kind: 'repair',
    state,
    startedAtMs: 1,
    accounts: [],
    keys: [],
    ...(resumeAtMs === undefined ? {} : { resumeAtMs }),
  }
}

function makeDesk(records: readonly Chore[]) {
  const resume = vi.fn(() => Promise.resolve())
  const takeUp = vi.fn((): ComposeLate => () => ({ desk: () => Promise.resolve(ok(null)), resume }))
  const wakeAt = vi.fn(() => Promise.resolve())
  const ports = {
    vault: { loadAll: () => Promise.resolve({ records, damaged: [] }) },
    wakeAt,
    now: () => NOW_MS,
  } as unknown as LatePorts
  return { late: createLateDesk(ports, takeUp), takeUp, resume, wakeAt }
}

test.each<[string, Chore[]]>([
  ['nothing was left', []],
  ['what was left is over', [chore('done')]],
  ['the person paused it', [chore('paused')]],
])('a start goes without the second script where %s', async (_, records) => {
  const { late, takeUp, wakeAt } = makeDesk(records)
  await late.resume()
  expect(takeUp).not.toHaveBeenCalled()
  expect(wakeAt).not.toHaveBeenCalled()
})

test('what waits for a site is woken at its time and not before', async () => {
  const { late, takeUp, wakeAt } = makeDesk([chore('waiting', NOW_MS + 5)])
  await late.resume()
  expect(takeUp).not.toHaveBeenCalled()
  expect(wakeAt).toHaveBeenCalledWith(NOW_MS + 5)
})

test.each<[string, Chore[]]>([
  ['was at work', [chore('running')]],
  ['is due', [chore('waiting', NOW_MS)]],
  ['names no time', [chore('waiting')]],
])('what %s goes on', async (_, records) => {
  const { late, resume, takeUp } = makeDesk(records)
  await late.resume()
  await late.resume()
  expect(takeUp).toHaveBeenCalledOnce()
  expect(resume).toHaveBeenCalledTimes(2)
})

test('messages of other areas never take it up', async () => {
  const { late, takeUp } = makeDesk([])
  expect(late.desk('accounts.glance', {})).toBeUndefined()
  expect(takeUp).not.toHaveBeenCalled()
  expect(await late.desk('keys.lists', {})).toEqual(ok(null))
})
