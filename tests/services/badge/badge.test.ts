import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { Badge as BadgeChoice } from '@/src/domain/automation-settings'
import { complete, type Metric, partial, unavailable } from '@/src/domain/metric'
import type { Currency } from '@/src/domain/money'
import { createAutomationSettings } from '@/src/services/automation/settings'
import { createBadge } from '@/src/services/badge/badge'
import { shortAmount } from '@/src/services/badge/short-amount'

import { makeAccount, makeFigures } from '../../support/make'
import { freshDisk, startWorld } from '../../support/world'

describe('a short amount', () => {
  test.each<[number, Currency, string]>([
    [0, 'USD', '$0'],
    [0.04, 'USD', '<0.1'],
    [0.5, 'USD', '$0.5'],
    [9.49, 'USD', '$9.4'],
    [9.02, 'CNY', '¥9'],
    [86.38, 'CNY', '¥86'],
    [999.99, 'USD', '$999'],
    [1_000, 'USD', '$1k'],
    [1_234, 'USD', '1.2k'],
    [12_345, 'USD', '$12k'],
    [123_456, 'USD', '123k'],
    [999_999, 'CNY', '999k'],
    [1_250_000, 'points', '1.2M'],
    [12_345_678, 'points', '12M'],
    [2e9, 'points', '2B'],
    [3.5e12, 'points', '3.5T'],
    [1e18, 'points', '999T'],
    [-0.01, 'USD', '<0'],
    [-5, 'USD', '-$5'],
    [-12, 'CNY', '-¥12'],
    [-1.5, 'USD', '-1.5'],
    [-1_500, 'USD', '-$1k'],
    [-123_456, 'USD', '<0'],
  ])('%d %s is %s', (amount, currency, shown) => {
    expect(shortAmount(amount, currency)).toBe(shown)
  })

  const VALUE: Record<string, number> = { '': 1, k: 1e3, M: 1e6, B: 1e9, T: 1e12 }
  const valueOf = (shown: string): number => {
    const { digits = '', unit = '' } =
      /^[$¥]?(?<digits>[\d.]+)(?<unit>[kMBT]?)$/.exec(shown)?.groups ?? {}
    return Number(digits) * (VALUE[unit] ?? Number.NaN)
  }

  test('fits, and promises nothing that is not there', () => {
    const currency = fc.constantFrom<Currency>('USD', 'CNY', 'points')
    const amount = fc.oneof(
      fc.double({ min: -1e15, max: 1e15, noNaN: true }),
      fc.double({ min: -2000, max: 2000, noNaN: true }),
    )
    fc.assert(
      fc.property(amount, currency, (value, inCurrency) => {
        const shown = shortAmount(value, inCurrency)
        expect(shown.length).toBeLessThanOrEqual(4)
        if (value < 0.1) return
        expect(valueOf(shown)).toBeLessThanOrEqual(value)
        // Nor less than half of what there is.
        expect(valueOf(shown)).toBeGreaterThan(value / 2)
      }),
      { numRuns: 2_000 },
    )
  })
})

async function start(choice: BadgeChoice, currency: Currency = 'USD') {
  freshDisk()
  const world = await startWorld()
  const { vault, book, clock } = world
  const settings = createAutomationSettings({ vault, now: () => clock.nowMs })
  await settings.set({ badge: choice })
  const shown: string[] = []
  const badge = createBadge({
    book,
    settings,
    currency: () => Promise.resolve(currency),
    show: (text) => {
      shown.push(text)
      return Promise.resolve()
    },
    now: () => clock.nowMs,
  })
  let users = 0
  return {
    ...world,
    settings,
    badge,
    shown,
    text: async () => {
      await badge.update()
      return shown.at(-1)
    },
    account: (balance: Metric, more: Parameters<typeof makeAccount>[0] = {}) =>
      world.add(makeAccount({ userId: String((users += 1)), ...more }), {
        figures: makeFigures({ balance }),
      }),
  }
}

describe('the number on the icon', () => {
  test('is none when it is switched off', async () => {
    const { text, account, badge } = await start('off')
    await account(complete(500_000))
    await expect(text()).resolves.toBe('')
    await expect(badge.isOn()).resolves.toBe(false)
  })

  test('is the total, in the currency of the user, as the popup counts it', async () => {
    const { text, account } = await start('total', 'CNY')
    await expect(text()).resolves.toBe('')
    await account(unavailable('request-failed'))
    await expect(text()).resolves.toBe('?')
    await account(complete(5_000_000))
    await account(partial(500_000, 'page-limit'))
    await account(complete(9_000_000), { disabled: true })
    await account(complete(9_000_000), { excludeFromTotal: true })
    await expect(text()).resolves.toBe('¥79')
  })

  test('is never zero for what is not known', async () => {
    const { text, account } = await start('total')
    await account(complete(0))
    await expect(text()).resolves.toBe('$0')
    const other = await start('total')
    await other.account(unavailable('never-fetched'))
    await expect(other.text()).resolves.toBe('?')
  })

  test('is how many things need the user', async () => {
    const world = await start('needs-you')
    const { text, badge } = world
    await expect(badge.isOn()).resolves.toBe(true)
    await expect(text()).resolves.toBe('')
    const fails = { lastAttempt: { atMs: 1, failure: { class: 'login' as const } } }
    for (let at = 0; at < 3; at += 1) await world.add(makeAccount({ userId: `u${at}` }), fails)
    await expect(text()).resolves.toBe('3')
  })

  test('has room for three digits', async () => {
    const { text, vault } = await start('needs-you')
    const fails = {
      lastAttempt: { atMs: 1, failure: { class: 'login' as const } },
      failuresInRow: 1,
    }
    const accounts = Array.from({ length: 1_000 }, (_, at) => makeAccount({ userId: `u${at}` }))
    await vault.write(
      accounts.flatMap((account) => [
        { store: 'accounts' as const, put: account },
        { store: 'snapshots' as const, put: { id: account.id, ...fails } },
      ]),
    )
    await expect(text()).resolves.toBe('999+')
  })

  test('is the newest of several that were asked for at once', async () => {
    const { badge, shown, settings, account } = await start('total')
    await account(complete(500_000))
    await Promise.all([badge.update(), settings.set({ badge: 'off' }), badge.update()])
    await badge.update()
    expect(shown.at(-1)).toBe('')
    expect(shown).toHaveLength(3)
  })
})
