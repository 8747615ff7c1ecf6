import { beforeEach, describe, expect, test, vi } from 'vitest'

import { createAutomationDesk } from '@/src/background/automation-desk'
import type { AutomationPorts, ComposeAutomation } from '@/src/background/automation/ports'
import { type Agenda, isAgendaDue, zoneOffset } from '@/src/domain/agenda'
import { ok } from '@/src/domain/failure'
import { createAgendaKeeper } from '@/src/services/automation/agenda-keeper'
import { openVault } from '@/src/storage/vault'

import { freshDisk } from '../../support/world'

import 'fake-indexeddb/auto'

beforeEach(freshDisk)

const NOW = Date.parse('2026-11-26T12:00:00Z')
const agenda = (change: Partial<Agenda> = {}): Agenda => ({
  id: 'agenda',
  plannedAtMs: NOW,
  zoneMin: 0,
  nextAtMs: NOW + 1000,
  watches: false,
  ...change,
})

describe('an agenda', () => {
  test.each<[string, Agenda | undefined, number, number, boolean]>([
    ['is missing', undefined, NOW, 0, true],
    ['has its time ahead', agenda(), NOW, 0, false],
    ['has its time come', agenda(), NOW + 1000, 0, true],
    ['plans nothing', agenda({ nextAtMs: null }), NOW + 1e9, 0, false],
    ['was made in another zone', agenda(), NOW, 60, true],
    ['was made in the future', agenda(), NOW - 3_600_000, 0, true],
    ['was made by a clock a second ahead', agenda(), NOW - 1000, 0, false],
  ])('that %s', (_, known, nowMs, zone, due) => {
    expect(isAgendaDue(known, nowMs, zone)).toBe(due)
  })
})

describe('the keeper', () => {
  async function keep(times: readonly (number | null | Error)[]) {
    const vault = await openVault()
    const wakeAt = vi.fn(() => Promise.resolve())
    const looked: number[] = []
    const keeper = createAgendaKeeper({
      vault,
      chores: times.map((time, at) => ({
        wakeUp: () => {
          looked.push(at)
          return time instanceof Error ? Promise.reject(time) : Promise.resolve()
        },
        nextAtMs: () => (time instanceof Error ? Promise.reject(time) : Promise.resolve(time)),
      })),
      watches: () => Promise.resolve(true),
      wakeAt,
      now: () => NOW,
    })
    await keeper.wakeUp()
    return { stored: await vault.load('agenda', 'agenda'), wakeAt, looked, keeper, vault }
  }

  test('plans the soonest of what its chores want', async () => {
    const { stored, wakeAt } = await keep([null, NOW + 500_000, NOW + 300_000])
    expect(stored).toEqual(
      agenda({ nextAtMs: NOW + 300_000, watches: true, zoneMin: zoneOffset(NOW) }),
    )
    expect(wakeAt).toHaveBeenLastCalledWith(NOW + 300_000)
  })

  test('plans nothing where nobody wants anything', async () => {
    const { stored, wakeAt } = await keep([null])
    expect(stored?.nextAtMs).toBeNull()
    expect(wakeAt).toHaveBeenLastCalledWith(null)
  })

  test('never wakes in a tight loop', async () => {
    const { stored } = await keep([NOW - 1000])
    expect(stored?.nextAtMs).toBe(NOW + 30_000)
  })

  test('lets the others go on when one fails, and asks it again', async () => {
    const { stored, looked } = await keep([new Error('broken'), NOW + 3_600_000])
    expect(looked).toEqual([0, 1])
    expect(stored?.nextAtMs).toBe(NOW + 600_000)
  })

  test('plans once for many changes', async () => {
    const { keeper, wakeAt } = await keep([NOW + 60_000])
    const before = wakeAt.mock.calls.length
    keeper.replan()
    keeper.replan()
    keeper.replan()
    await vi.waitFor(() => {
      expect(wakeAt.mock.calls.length).toBe(before + 1)
    })
  })
})

describe('the first script', () => {
  async function makeDesk(known?: Agenda) {
    const vault = await openVault()
    if (known) await vault.write([{ store: 'agenda', put: known }])
    const wakeUp = vi.fn(() => Promise.resolve())
    const accountsChanged = vi.fn(() => Promise.resolve())
    const takeUp = vi.fn((): ComposeAutomation => () => ({
      desk: () => Promise.resolve(ok(null)),
      wakeUp,
      accountsChanged,
      accessChanged: () => Promise.resolve(),
      codes: () => Promise.resolve(undefined),
    }))
    const wakeAt = vi.fn(() => Promise.resolve())
    const ports = { vault, wakeAt, now: () => NOW } as unknown as AutomationPorts
    return { desk: createAutomationDesk(ports, takeUp), takeUp, wakeUp, wakeAt, accountsChanged }
  }

  const here = () => zoneOffset(NOW)

  test('goes without the automation until its time has come', async () => {
    const { desk, takeUp, wakeAt } = await makeDesk(agenda({ zoneMin: here() }))
    await desk.resume()
    await desk.accountsChanged()
    expect(takeUp).not.toHaveBeenCalled()
    // The alarm may be lost with the browser: it is set again.
    expect(wakeAt).toHaveBeenCalledWith(NOW + 1000)
  })

  test.each<[string, Agenda | undefined]>([
    ['there is no agenda', undefined],
    ['something is due', agenda({ nextAtMs: NOW, zoneMin: 0 })],
  ])('lets it look where %s', async (_, known) => {
    const { desk, wakeUp } = await makeDesk(known && { ...known, zoneMin: here() })
    await desk.resume()
    expect(wakeUp).toHaveBeenCalledOnce()
  })

  test('lets it show again what a closed browser has lost, once', async () => {
    const { desk, accountsChanged, wakeUp } = await makeDesk(
      agenda({ watches: true, zoneMin: here() }),
    )
    await desk.resume()
    await desk.resume()
    expect(accountsChanged).toHaveBeenCalledOnce()
    expect(wakeUp).not.toHaveBeenCalled()
  })

  test('tells it about accounts only if it wants to know', async () => {
    const { desk, accountsChanged } = await makeDesk(agenda({ watches: true }))
    await desk.accountsChanged()
    expect(accountsChanged).toHaveBeenCalledOnce()
  })

  test('tells it what the user decided about accounts, whatever was planned', async () => {
    const { desk, accountsChanged } = await makeDesk(agenda({ zoneMin: here(), nextAtMs: null }))
    await desk.accountsDecided()
    expect(accountsChanged).toHaveBeenCalledOnce()
  })

  test('hands it its own messages and no others', async () => {
    const { desk, takeUp } = await makeDesk(agenda({ zoneMin: here() }))
    expect(desk.desk('accounts.glance', {})).toBeUndefined()
    expect(takeUp).not.toHaveBeenCalled()
    expect(await desk.desk('checkIn.list', {})).toEqual(ok(null))
  })
})
