// @vitest-environment jsdom
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'

import { AUTOMATION_LIMITS } from '@/src/domain/automation-limits'
import { type AutomationSettings, DEFAULT_AUTOMATION } from '@/src/domain/automation-settings'
import { raise } from '@/src/domain/failure'

import { type Answers, openPage } from './options-harness'

/** The first page of a file takes its time. */
const PATIENCE = { timeout: 10_000 }

/** Opens the settings in front of a worker that keeps what is stored. */
async function openSettings(given: Answers = {}, before: Partial<AutomationSettings> = {}) {
  let stored: AutomationSettings = { ...DEFAULT_AUTOMATION, ...before }
  const page = await openPage('#/settings', {
    'automation.settings': () => stored,
    'automation.set': ({ edit }) => {
      stored = { ...stored, ...(edit as Partial<AutomationSettings>) }
      return stored
    },
    ...given,
  })
  await screen.findByRole('region', { name: 'Refresh' }, PATIENCE)
  return page
}

type SectionName = 'Refresh' | 'Check-in' | 'Warnings'

const section = (name: string) => within(screen.getByRole('region', { name }))
const field = (name: SectionName, label: string | RegExp) =>
  section(name).getByLabelText<HTMLInputElement>(label)
const type = (name: SectionName, label: string | RegExp, value: string) =>
  fireEvent.change(field(name, label), { target: { value } })
const toggle = (name: string, label: string) =>
  section(name).getByRole<HTMLInputElement>('switch', { name: label })
const save = (name: SectionName) => section(name).getByRole('button', { name: 'Save' })
const told = (name: SectionName) =>
  within(section(name).getByRole('form')).getByRole('status').textContent

describe('what is loaded', () => {
  it('stands in the fields, one form for each subject', async () => {
    await openSettings()
    const { refresh, checkIn, warnings } = DEFAULT_AUTOMATION
    expect(field('Refresh', 'Every, minutes').value).toBe(String(refresh.everyMin))
    expect(field('Check-in', 'From').value).toBe(checkIn.from)
    expect(field('Warnings', 'Low balance, US dollars').value).toBe('')
    expect(field('Warnings', 'Quiet for, hours').value).toBe(String(warnings.cooldownHours))
    expect(toggle('Check-in', 'Check in by itself').checked).toBe(true)
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Nothing' }).checked).toBe(true)
  })

  it('and cannot be says why, and leaves the other settings alone', async () => {
    let isBroken = true
    const { user } = await openPage('#/settings', {
      'automation.settings': () => (isBroken ? raise({ class: 'storage' }) : DEFAULT_AUTOMATION),
    })
    await screen.findByText('Stored data not readable')
    screen.getByRole('heading', { name: 'Display' })
    isBroken = false
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    await screen.findByRole('region', { name: 'Refresh' })
  })
})

describe('a choice', () => {
  it.each<[string, string, Partial<AutomationSettings>]>([
    ['Refresh', 'Refresh by itself', { refresh: { ...DEFAULT_AUTOMATION.refresh, enabled: true } }],
    [
      'Refresh',
      'Refresh when the popup opens',
      { refresh: { ...DEFAULT_AUTOMATION.refresh, onPopup: true } },
    ],
    [
      'Check-in',
      'Check in by itself',
      { checkIn: { ...DEFAULT_AUTOMATION.checkIn, enabled: false } },
    ],
    [
      'Check-in',
      'Also when the popup opens',
      { checkIn: { ...DEFAULT_AUTOMATION.checkIn, onPopup: true } },
    ],
    [
      'Check-in',
      'Try again where it failed',
      { checkIn: { ...DEFAULT_AUTOMATION.checkIn, retry: true } },
    ],
  ])('of %s: %s takes effect at once', async (name, label, edit) => {
    const { user, sent } = await openSettings()
    await user.click(toggle(name, label))
    await screen.findByText('Saved')
    expect(sent('automation.set')).toEqual([{ edit }])
    const [wanted] = Object.values(edit) as object[]
    expect(wanted).not.toEqual(DEFAULT_AUTOMATION[Object.keys(edit)[0] as 'refresh'])
  })

  it('of the icon takes effect at once', async () => {
    const { user, sent } = await openSettings()
    await user.click(screen.getByRole('radio', { name: 'Total balance' }))
    await screen.findByText('Saved')
    expect(sent('automation.set')).toEqual([{ edit: { badge: 'total' } }])
  })

  it('is taken back when it cannot be stored', async () => {
    const { user } = await openSettings({ 'automation.set': () => raise({ class: 'storage' }) })
    const choice = toggle('Refresh', 'Refresh by itself')
    await user.click(choice)
    await screen.findByText('Stored data not readable')
    await waitFor(() => {
      expect(choice.checked).toBe(false)
    })
  })

  it('stores nothing that is only typed', async () => {
    const { user, sent } = await openSettings()
    type('Refresh', 'Every, minutes', '9999')
    await user.click(toggle('Refresh', 'Refresh by itself'))
    await screen.findByText('Saved')
    expect(sent('automation.set')).toEqual([
      { edit: { refresh: { ...DEFAULT_AUTOMATION.refresh, enabled: true } } },
    ])
    expect(field('Refresh', 'Every, minutes').value).toBe('9999')
  })
})

describe('typed values', () => {
  it('are stored together by their button, and nothing else is', async () => {
    const { user, sent } = await openSettings()
    type('Refresh', 'Every, minutes', '30')
    type('Refresh', 'Least time between two refreshes, seconds', '600')
    expect(told('Refresh')).toBe('Not saved yet')
    expect(sent('automation.set')).toEqual([])
    await user.click(save('Refresh'))
    await waitFor(() => {
      expect(told('Refresh')).toBe('Saved')
    })
    expect(sent('automation.set')).toEqual([
      { edit: { refresh: { ...DEFAULT_AUTOMATION.refresh, everyMin: 30, minAgeSec: 600 } } },
    ])
  })

  it('are stored by the Enter key too', async () => {
    const { user, sent } = await openSettings()
    await user.type(field('Warnings', 'Low balance, US dollars'), '2,5{Enter}')
    await waitFor(() => {
      expect(sent('automation.set')).toEqual([
        { edit: { warnings: { ...DEFAULT_AUTOMATION.warnings, lowBalanceUsd: 2.5 } } },
      ])
    })
  })

  it('may leave the low balance out', async () => {
    const warnings = { ...DEFAULT_AUTOMATION.warnings, lowBalanceUsd: 5 }
    const { user, sent } = await openSettings({}, { warnings })
    expect(field('Warnings', 'Low balance, US dollars').value).toBe('5')
    type('Warnings', 'Low balance, US dollars', '')
    await user.click(save('Warnings'))
    await waitFor(() => {
      expect(sent('automation.set')).toMatchObject([
        { edit: { warnings: { lowBalanceUsd: null } } },
      ])
    })
  })

  const LIMITED = [
    ['Refresh', 'Every, minutes', AUTOMATION_LIMITS.refreshEveryMin],
    ['Refresh', 'Least time between two refreshes, seconds', AUTOMATION_LIMITS.refreshMinAgeSec],
    ['Check-in', 'Try again after, minutes', AUTOMATION_LIMITS.retryEveryMin],
    ['Check-in', 'At most, times a day', AUTOMATION_LIMITS.retryMost],
    ['Warnings', 'A plan ends within, days', AUTOMATION_LIMITS.warnDays],
    ['Warnings', 'A login ends within, days', AUTOMATION_LIMITS.warnDays],
    ['Warnings', 'Quiet for, hours', AUTOMATION_LIMITS.cooldownHours],
  ] as const

  it.each(LIMITED)('of %s: %s are refused out of range', async (name, label, { min, max }) => {
    const { user, sent } = await openSettings()
    for (const text of [String(max + 1), String(min - 1), `${String(min)}.5`, '1e1', 'x', '']) {
      type(name, label, text)
      await user.click(save(name))
      const wrong = field(name, label)
      expect(wrong.getAttribute('aria-invalid'), text).toBe('true')
      expect(document.activeElement, text).toBe(wrong)
      section(name).getByText(/^Enter a whole number from /)
    }
    expect(sent('automation.set')).toEqual([])
    type(name, label, String(max))
    expect(section(name).queryByText(/^Enter a whole number/)).toBeNull()
    await user.click(save(name))
    await waitFor(() => {
      expect(sent('automation.set')).toHaveLength(1)
    })
  })

  it('that are wrong in several places say so at each, and the first gets the focus', async () => {
    const { user } = await openSettings()
    type('Warnings', 'Low balance, US dollars', '0')
    type('Warnings', 'Quiet for, hours', '0')
    await user.click(save('Warnings'))
    section('Warnings').getByText('Enter an amount from 0.01 to 1,000,000, or nothing.')
    section('Warnings').getByText('Enter a whole number from 1 to 720.')
    expect(document.activeElement).toBe(field('Warnings', 'Low balance, US dollars'))
  })

  it('that cannot be stored stay, and the reason stands beside them', async () => {
    const { user } = await openSettings({ 'automation.set': () => raise({ class: 'storage' }) })
    type('Refresh', 'Every, minutes', '30')
    await user.click(save('Refresh'))
    await within(section('Refresh').getByRole('form')).findByText('Stored data not readable')
    expect(field('Refresh', 'Every, minutes').value).toBe('30')
    expect(told('Refresh')).toBe('Not saved yet')
  })
})

describe('the part of the day', () => {
  it('that is empty is told at its end', async () => {
    const { user } = await openSettings({
      'automation.set': () =>
        raise({ class: 'input', reason: 'window-empty', field: 'checkIn.to' }),
    })
    type('Check-in', 'From', '10:00')
    type('Check-in', 'To', '10:00')
    await user.click(save('Check-in'))
    await section('Check-in').findByText('From and to are the same: that is no time at all.')
    expect(document.activeElement).toBe(field('Check-in', 'To'))
    expect(field('Check-in', 'From').getAttribute('aria-invalid')).toBeNull()
  })

  it('that a fixed time lies outside of is told at that time', async () => {
    const { user, sent } = await openSettings({
      'automation.set': () =>
        raise({ class: 'input', reason: 'outside-window', field: 'checkIn.at' }),
    })
    expect(section('Check-in').queryByLabelText('Fixed time')).toBeNull()
    await user.click(section('Check-in').getByRole('radio', { name: 'At a fixed time' }))
    type('Check-in', 'Fixed time', '08:00')
    await user.click(save('Check-in'))
    await section('Check-in').findByText('The fixed time must lie inside the part of the day.')
    expect(document.activeElement).toBe(field('Check-in', 'Fixed time'))
    expect(sent('automation.set')).toEqual([
      { edit: { checkIn: { ...DEFAULT_AUTOMATION.checkIn, mode: 'fixed', at: '08:00' } } },
    ])
  })

  it('needs its times', async () => {
    const { user, sent } = await openSettings()
    type('Check-in', 'From', '')
    await user.click(save('Check-in'))
    section('Check-in').getByText('Enter a time.')
    expect(document.activeElement).toBe(field('Check-in', 'From'))
    expect(sent('automation.set')).toEqual([])
  })

  it('is not held up by a fixed time that is not wanted', async () => {
    const { user, sent } = await openSettings()
    await user.click(section('Check-in').getByRole('radio', { name: 'At a fixed time' }))
    type('Check-in', 'Fixed time', '')
    await user.click(section('Check-in').getByRole('radio', { name: /^At a random time/ }))
    type('Check-in', 'From', '22:00')
    await user.click(save('Check-in'))
    await waitFor(() => {
      expect(sent('automation.set')).toEqual([
        { edit: { checkIn: { ...DEFAULT_AUTOMATION.checkIn, from: '22:00' } } },
      ])
    })
  })
})
