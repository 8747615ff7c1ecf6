import { beforeEach, describe, expect, test } from 'vitest'

import { type AutomationSettings, DEFAULT_AUTOMATION } from '@/src/domain/automation-settings'
import { ok } from '@/src/domain/failure'
import type { JournalReason } from '@/src/domain/journal'
import { createAutoRefresh } from '@/src/services/automation/auto-refresh'

import { makeFakeSite, refusal } from '../../support/fake-adapter'
import { makeAccount, makeFigures, makeToday } from '../../support/make'
import { freshDisk, startWorld } from '../../support/world'

beforeEach(freshDisk)

const MINUTE = 60_000

async function start(refresh: Partial<AutomationSettings['refresh']> = {}) {
  const world = await startWorld(makeFakeSite())
  const settings = {
    ...DEFAULT_AUTOMATION,
    refresh: { ...DEFAULT_AUTOMATION.refresh, enabled: true, ...refresh },
  }
  const asked: { ids: readonly string[]; why: JournalReason }[] = []
  let isRefreshing = false
  const auto = createAutoRefresh({
    book: world.book,
    settings: () => Promise.resolve(settings),
    refresh: async (ids, why) => {
      asked.push({ ids, why })
      return (await world.refresh(ids)).jobId
    },
    isRefreshing: () => Promise.resolve(isRefreshing),
    now: () => world.clock.nowMs,
  })
  /** Lets time pass as alarms would: from one planned time to the next. */
  async function pass(ms: number) {
    const endMs = world.clock.nowMs + ms
    for (;;) {
      const nextMs = (await auto.nextAtMs()) ?? Infinity
      if (nextMs > endMs) break
      world.clock.nowMs = Math.max(nextMs, world.clock.nowMs + 30_000)
      await auto.wakeUp()
    }
    world.clock.nowMs = endMs
  }
  return {
    world,
    auto,
    asked,
    pass,
    become: (running: boolean) => {
      isRefreshing = running
    },
  }
}

describe('the timer', () => {
  test('is off unless the user switched it on', async () => {
    const { world, auto, asked } = await start({ enabled: false })
    await world.add(makeAccount())
    expect(await auto.nextAtMs()).toBeNull()
    await auto.wakeUp()
    expect(asked).toEqual([])
  })

  test('asks every account once a period, and never sooner', async () => {
    const { world, asked, pass } = await start({ everyMin: 15 })
    const { id } = await world.add(makeAccount())
    await pass(5 * 60 * MINUTE)
    // Each period is up to a tenth longer, so that sites are not asked in step.
    expect(asked.length).toBeGreaterThanOrEqual(18)
    expect(asked.length).toBeLessThanOrEqual(21)
    expect(new Set(asked.flatMap(({ ids }) => ids))).toEqual(new Set([id]))
  })

  test('runs once for a time that was slept through, and says so', async () => {
    const { world, auto, asked } = await start({ everyMin: 15 })
    await world.add(makeAccount())
    await auto.wakeUp()
    world.clock.nowMs += 8 * 60 * MINUTE
    await auto.wakeUp()
    await auto.wakeUp()
    expect(asked.map(({ why }) => why)).toEqual(['schedule', 'catch-up'])
  })

  test('leaves out who is disabled or does not take part', async () => {
    const { world, auto, asked } = await start()
    await world.add(makeAccount({ disabled: true, userId: '1' }))
    await world.add(makeAccount({ autoRefresh: false, userId: '2' }))
    expect(await auto.nextAtMs()).toBeNull()
    await auto.wakeUp()
    expect(asked).toEqual([])
  })

  test('asks one that failed three times every fourth period only, until it works', async () => {
    const { world, asked, pass } = await start({ everyMin: 10 })
    await world.add(makeAccount())
    world.site.refresh = refusal({ class: 'server', httpStatus: 502 })
    await pass(33 * MINUTE)
    expect(asked).toHaveLength(3)
    await pass(40 * MINUTE)
    expect(asked).toHaveLength(4)
    world.site.refresh = () => ok({ figures: makeFigures(), today: makeToday() })
    await pass(45 * MINUTE)
    const before = asked.length
    await pass(60 * MINUTE)
    expect(asked.length - before).toBeGreaterThanOrEqual(5)
  })

  test('waits as long as a site asked for', async () => {
    const { world, auto, asked } = await start({ everyMin: 1, minAgeSec: 30 })
    await world.add(makeAccount())
    const retryAtMs = world.clock.nowMs + 20 * MINUTE
    world.site.refresh = refusal({ class: 'limit', retryAtMs })
    await auto.wakeUp()
    world.clock.nowMs += 10 * MINUTE
    await auto.wakeUp()
    expect(asked).toHaveLength(1)
    expect(await auto.nextAtMs()).toBeGreaterThanOrEqual(retryAtMs)
  })

  test('asks many accounts of one origin less often than the settings say', async () => {
    const { world, asked, pass } = await start({ everyMin: 1, minAgeSec: 30 })
    for (let user = 1; user <= 60; user += 1) await world.add(makeAccount({ userId: String(user) }))
    await pass(60 * MINUTE)
    const refreshes = asked.reduce((sum, { ids }) => sum + ids.length, 0)
    // Three requests each, at most half of the 120 per three minutes that the budget allows.
    expect((refreshes * 3) / 20).toBeLessThanOrEqual(60 + 9)
    expect(refreshes).toBeGreaterThan(60 * 4)
  })

  test('asks nobody twice at once, and does not wake in a loop meanwhile', async () => {
    const { world, auto, asked, become } = await start()
    await world.add(makeAccount())
    become(true)
    await auto.wakeUp()
    expect(asked).toEqual([])
    expect(await auto.nextAtMs()).toBeGreaterThan(world.clock.nowMs)
  })

  test('is not put off for ever by a clock that was set back', async () => {
    const { world, auto, asked } = await start()
    await world.add(makeAccount())
    await auto.wakeUp()
    world.clock.nowMs -= 30 * 24 * 60 * MINUTE
    expect(await auto.nextAtMs()).toBeLessThanOrEqual(world.clock.nowMs)
    await auto.wakeUp()
    expect(asked).toHaveLength(2)
  })
})

describe('the popup', () => {
  test('refreshes nothing unless the user switched it on', async () => {
    const { world, auto, asked } = await start()
    await world.add(makeAccount())
    await auto.popupOpened()
    expect(asked).toEqual([])
  })

  test('refreshes what is old enough', async () => {
    const { world, auto, asked } = await start({ onPopup: true, minAgeSec: 120 })
    await world.add(makeAccount())
    await auto.popupOpened()
    world.clock.nowMs += 119_000
    await auto.popupOpened()
    expect(asked.map(({ why }) => why)).toEqual(['popup'])
    world.clock.nowMs += 1_000
    await auto.popupOpened()
    expect(asked).toHaveLength(2)
  })
})
