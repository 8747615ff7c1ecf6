import type { Page } from '@playwright/test'

import { expect, test } from './fixtures'
import { addKeyAccount } from './keys/key-accounts'
import { AutomationSettings } from './pages/automation-settings'
import { glance } from './support/accounts'
import { alarmsOf, loseAlarms } from './support/alarms'
import { automationSettings, decide } from './support/automation'
import { putInPlaceOf } from './support/tamper'

const whole = (min: string, max: string) => `Enter a whole number from ${min} to ${max}.`

/** Values that are refused, and the sentence next to the field. */
const REFUSED = [
  ['Refresh', 'Every, minutes', ['0', '1441', '1.5', '-3', 'soon', ''], whole('1', '1,440')],
  [
    'Refresh',
    'Least time between two refreshes, seconds',
    ['29', '86401', '1e9', ''],
    whole('30', '86,400'),
  ],
  ['Check-in', 'Try again after, minutes', ['0', '721', 'x'], whole('1', '720')],
  ['Check-in', 'At most, times a day', ['0', '11', '2.5'], whole('1', '10')],
  [
    'Warnings',
    'Low balance, US dollars',
    ['0', '-1', '1000001', 'much'],
    'Enter an amount from 0.01 to 1,000,000, or nothing.',
  ],
  ['Warnings', 'A plan ends within, days', ['-1', '61', ''], whole('0', '60')],
  ['Warnings', 'A login ends within, days', ['61', '3 days'], whole('0', '60')],
  ['Warnings', 'Quiet for, hours', ['0', '721'], whole('1', '720')],
] as const

test('what is out of range is refused next to its field, and nothing else changes', async ({
  extension,
  options,
}) => {
  const settings = await AutomationSettings.open(extension)
  const before = await automationSettings(extension, options)
  for (const [section, label, values, sentence] of REFUSED) {
    const field = settings.field(section, label)
    const stored = await field.inputValue()
    for (const value of values) {
      await field.fill(value)
      await settings.save(section)
      await expect(field, `${label}: ${value}`).toHaveAttribute('aria-invalid', 'true')
      await expect(field).toHaveAccessibleDescription(new RegExp(`^${sentence}`))
      await expect(field).toBeFocused()
    }
    expect(await automationSettings(extension, options)).toEqual(before)
    await field.fill(stored)
    await expect(field).not.toHaveAttribute('aria-invalid')
  }
  // The worker's own door refuses the same, whoever asks.
  const refused = await extension.send(options, 'automation.set', {
    edit: { refresh: { ...before.refresh, everyMin: 0 } },
  })
  expect(refused).toMatchObject({ ok: false, failure: { class: 'input' } })
  expect(await automationSettings(extension, options)).toEqual(before)
})

test('a part of the day that is none, and a fixed time outside of it, are refused', async ({
  extension,
  options,
}) => {
  const settings = await AutomationSettings.open(extension)
  const before = await automationSettings(extension, options)
  const [from, to] = [settings.field('Check-in', 'From'), settings.field('Check-in', 'To')]
  await from.fill('10:00')
  await to.fill('10:00')
  await settings.save('Check-in')
  await expect(to).toHaveAccessibleDescription(/^From and to are the same/)
  await expect(to).toBeFocused()

  await from.fill('22:00')
  await to.fill('02:00')
  await settings.section('Check-in').getByRole('radio', { name: 'At a fixed time' }).check()
  const at = settings.field('Check-in', 'Fixed time')
  await at.fill('12:00')
  await settings.save('Check-in')
  await expect(at).toHaveAccessibleDescription(/^The fixed time must lie inside/)
  expect(await automationSettings(extension, options)).toEqual(before)

  // Over midnight it is a part of a day all the same.
  await at.fill('00:30')
  await settings.save('Check-in')
  await expect(settings.outcome('Check-in')).toHaveText('Saved')
  const { checkIn, ...others } = await automationSettings(extension, options)
  expect(checkIn).toEqual({
    ...before.checkIn,
    from: '22:00',
    to: '02:00',
    mode: 'fixed',
    at: '00:30',
  })
  expect({ ...others, checkIn: before.checkIn }).toEqual(before)
})

test('what is chosen takes effect at once and outlives the worker', async ({
  extension,
  options,
}) => {
  const settings = await AutomationSettings.open(extension)
  const switches = [
    ['Refresh', 'Refresh by itself', false],
    ['Refresh', 'Refresh when the popup opens', false],
    ['Check-in', 'Check in by itself', true],
    ['Check-in', 'Also when the popup opens', false],
    ['Check-in', 'Try again where it failed', false],
    ['Notices', 'A check-in finished', false],
    ['Notices', 'A login ended', false],
  ] as const
  for (const [section, label, isOn] of switches) {
    await expect(settings.switch(section, label)).toBeChecked({ checked: isOn })
    await settings.choose(section, label, !isOn)
  }
  await settings.chooseOne('Toolbar icon', 'How many need you')
  const typed = [
    ['Refresh', 'Every, minutes', '45'],
    ['Check-in', 'At most, times a day', '4'],
    ['Warnings', 'Low balance, US dollars', '2.5'],
    ['Warnings', 'Quiet for, hours', '48'],
  ] as const
  for (const [section, label, value] of typed) {
    await settings.field(section, label).fill(value)
    await settings.save(section)
    await expect(settings.outcome(section)).toHaveText('Saved')
  }
  expect(await automationSettings(extension, options)).toMatchObject({
    refresh: { enabled: true, everyMin: 45, minAgeSec: 120, onPopup: true },
    checkIn: { enabled: false, onPopup: true, retry: true, retryMost: 4 },
    warnings: { lowBalanceUsd: 2.5, cooldownHours: 48 },
    badge: 'needs-you',
    notices: { events: { 'check-in-finished': true, 'login-expired': true, 'low-balance': false } },
  })
  await extension.stopWorker()
  await settings.page.reload()
  for (const [section, label, isOn] of switches) {
    await expect(settings.switch(section, label)).toBeChecked({ checked: !isOn })
  }
  for (const [section, label, value] of typed) {
    await expect(settings.field(section, label)).toHaveValue(value)
  }
  // An empty amount is none.
  await settings.field('Warnings', 'Low balance, US dollars').fill('')
  await settings.save('Warnings')
  await expect(settings.outcome('Warnings')).toHaveText('Saved')
  expect((await automationSettings(extension, options)).warnings.lowBalanceUsd).toBeNull()
})

test('settings and plans that were tampered with, and alarms that got lost, are made anew', async ({
  extension,
  farm,
  options,
}) => {
  const seed = { keys: [], checkinEnabled: true }
  await addKeyAccount(extension, options, farm, 'Harbour', seed)
  await decide(extension, options, { warnings: { cooldownHours: 48 } })
  await expect.poll(async () => (await namesOf(options)).length).toBeGreaterThan(1)
  const names = await namesOf(options)
  const record = { store: 'automation', id: 'automation' }
  const plan = { store: 'agenda', id: 'agenda' }
  await putInPlaceOf(options, record, plan)
  const [account] = await glance(extension, options)
  await putInPlaceOf(options, { store: 'accounts', id: account!.id }, record)
  await loseAlarms(options)
  await extension.stopWorker()

  const settings = await AutomationSettings.open(extension)
  const cooldown = settings.field('Warnings', 'Quiet for, hours')
  await expect(cooldown).toHaveValue('24')
  await expect(settings.switch('Check-in', 'Check in by itself')).toBeChecked()
  await expect.poll(() => namesOf(options)).toEqual(names)
  await cooldown.fill('12')
  await settings.save('Warnings')
  await expect(settings.outcome('Warnings')).toHaveText('Saved')
  await extension.stopWorker()
  expect((await automationSettings(extension, options)).warnings.cooldownHours).toBe(12)
  // The account is none the worse for it.
  expect(await glance(extension, options)).toMatchObject([{ name: 'Harbour', health: 'good' }])
})

const namesOf = async (page: Page) => (await alarmsOf(page)).map(({ name }) => name).sort()

const PLACES = ['check-in', 'redeem', 'journal', 'needs-you', 'settings', 'sites'] as const

for (const [language, headings] of [
  ['en', ['Check-in', 'Redeem codes', 'Journal', 'Needs you', 'Settings', 'Site access']],
  ['zh-CN', ['签到', '兑换码', '日志', '等您处理', '设置', '站点访问权']],
  [
    'ja',
    ['チェックイン', 'コードの引き換え', 'ジャーナル', '対応待ち', '設定', 'サイトへのアクセス'],
  ],
] as const) {
  test(`the new screens speak ${language}`, async ({ extension, options }) => {
    await expect(options.getByRole('heading', { level: 1 })).toBeVisible()
    await extension.send(options, 'settings.set', { edit: { language } })
    await expect(options.locator('html')).toHaveAttribute('lang', language)
    const complaints: string[] = []
    options.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') {
        complaints.push(message.text())
      }
    })
    for (const [index, place] of PLACES.entries()) {
      await options.evaluate((hash) => {
        location.assign(hash)
      }, `#/${place}`)
      await expect(options.getByRole('heading', { level: 1 })).toContainText(headings[index]!)
      await expect(options.getByRole('main')).not.toContainText(/\{\{|\}\}/)
      const words = await options.getByRole('main').innerText()
      // A missing text shows its key instead: `check-in.title`.
      expect(words.match(/\b[a-z]+(?:-[a-z]+)*\.[a-z]+(?:[.-][a-z]+)*\b(?!\S)/g) ?? []).toEqual([])
    }
    expect(complaints).toEqual([])
  })
}
