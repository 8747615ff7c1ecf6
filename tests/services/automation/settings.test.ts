import 'fake-indexeddb/auto'

import { beforeEach, describe, expect, test } from 'vitest'

import { AUTOMATION_LIMITS } from '@/src/domain/automation-limits'
import { DEFAULT_AUTOMATION } from '@/src/domain/automation-settings'
import { createAutomationSettings } from '@/src/services/automation/settings'
import { openVault } from '@/src/storage/vault'

import { freshDisk } from '../../support/world'

beforeEach(freshDisk)

async function start() {
  const vault = await openVault()
  return { vault, settings: createAutomationSettings({ vault, now: () => 5 }) }
}

const { refresh, checkIn, warnings } = DEFAULT_AUTOMATION

describe('settings of the automation', () => {
  test('are quiet unless the user says otherwise', async () => {
    const { settings } = await start()
    const { notices, badge, refresh: own } = await settings.load()
    expect(Object.values(notices.events).some(Boolean)).toBe(false)
    expect([notices.browser, badge, own.enabled, own.onPopup]).toEqual([false, 'off', false, false])
  })

  test('change section by section, each with its time', async () => {
    const { settings, vault } = await start()
    await settings.set({ refresh: { ...refresh, enabled: true } })
    await settings.set({ badge: 'total' })
    expect(await settings.load()).toEqual({
      ...DEFAULT_AUTOMATION,
      refresh: { ...refresh, enabled: true },
      badge: 'total',
    })
    expect((await vault.load('automation', 'automation'))?.decidedAtMs).toEqual({
      refresh: 5,
      badge: 5,
    })
  })

  test.each([
    ['refresh.everyMin', { refresh: { ...refresh, everyMin: 0 } }],
    ['refresh.everyMin', { refresh: { ...refresh, everyMin: 1441 } }],
    ['refresh.everyMin', { refresh: { ...refresh, everyMin: 1.5 } }],
    ['refresh.minAgeSec', { refresh: { ...refresh, minAgeSec: 29 } }],
    ['checkIn.from', { checkIn: { ...checkIn, from: '24:00' } }],
    ['checkIn.at', { checkIn: { ...checkIn, at: '9:00' } }],
    ['checkIn.retryMost', { checkIn: { ...checkIn, retryMost: 0 } }],
    ['checkIn.retryEveryMin', { checkIn: { ...checkIn, retryEveryMin: 721 } }],
    ['warnings.lowBalanceUsd', { warnings: { ...warnings, lowBalanceUsd: 0 } }],
    ['warnings.cooldownHours', { warnings: { ...warnings, cooldownHours: 0 } }],
    ['checkIn.to', { checkIn: { ...checkIn, from: '09:00', to: '09:00' } }],
    ['checkIn.at', { checkIn: { ...checkIn, mode: 'fixed' as const, at: '08:59' } }],
    [
      'checkIn.at',
      { checkIn: { ...checkIn, mode: 'fixed' as const, from: '22:00', to: '02:00', at: '12:00' } },
    ],
  ])('refuse what is wrong with %s, and keep all the rest', async (field, edit) => {
    const { settings } = await start()
    await settings.set({ badge: 'needs-you' })
    await expect(settings.set({ ...edit, badge: 'total' })).rejects.toMatchObject({
      failure: { class: 'input', field },
    })
    expect(await settings.load()).toEqual({ ...DEFAULT_AUTOMATION, badge: 'needs-you' })
  })

  test('take every limit itself, and a window over midnight', async () => {
    const { settings } = await start()
    const { refreshEveryMin, refreshMinAgeSec } = AUTOMATION_LIMITS
    for (const side of ['min', 'max'] as const) {
      const own = { everyMin: refreshEveryMin[side], minAgeSec: refreshMinAgeSec[side] }
      await settings.set({ refresh: { ...refresh, ...own } })
      expect((await settings.load()).refresh).toMatchObject(own)
    }
    const night = { from: '22:00', to: '02:00', mode: 'fixed' as const, at: '23:30' }
    await settings.set({ checkIn: { ...checkIn, ...night } })
    expect((await settings.load()).checkIn).toMatchObject(night)
  })

  test('that cannot be opened are the defaults until the next change', async () => {
    const { settings, vault } = await start()
    const broken = { ...vault, load: () => Promise.reject(new Error('damaged')) }
    const own = createAutomationSettings({ vault: broken, now: () => 1 })
    expect(await own.load()).toEqual(DEFAULT_AUTOMATION)
    await own.set({ badge: 'total' })
    expect((await settings.load()).badge).toBe('total')
  })
})
