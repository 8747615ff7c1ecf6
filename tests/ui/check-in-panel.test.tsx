// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { dayKey } from '@/src/domain/day-key'
import { raise } from '@/src/domain/failure'
import { useCheckInChoices } from '@/src/ui/features/check-in/list-choices'
import { shiftMonth, weeksOf } from '@/src/ui/features/check-in/month'

import { type Answers, detailsOf, openPage } from './options-harness'
import { makeCheckIn, makeMark, withCheckIns } from './support/make-check-in'
import { makeRow } from './support/make-row'

const nova = makeRow(1, { name: 'Nova' })
const HERE = `#/check-in/${nova.id}`
const month = dayKey(Date.now()).slice(0, 7)
const first = `${month}-01`

beforeEach(() => {
  useCheckInChoices.setState(useCheckInChoices.getInitialState())
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(800)
})
afterEach(() => {
  vi.restoreAllMocks()
})

const row = makeCheckIn(nova, {
  mark: makeMark('needs-you', { failure: { class: 'proof', reason: 'turnstile' } }),
})

async function openPanel(given: Answers = {}, rows = [row]) {
  const page = await openPage(HERE, withCheckIns([nova], rows, given))
  const panel = within(await screen.findByRole('complementary', { name: 'Nova' }))
  return { ...page, panel }
}

const told = {
  days: [
    { day: first, state: 'done', by: 'status', reward: 500_000 } as const,
    { day: `${month}-02`, state: 'unknown' } as const,
  ],
  fromSite: true,
  streak: 3,
  total: 41,
}

describe('the days of an account', () => {
  it('stand in a calendar; gaps stay gaps', async () => {
    const { panel } = await openPanel({ 'checkIn.month': () => told })
    const table = within(await panel.findByRole('table'))
    const cell = (day: string) =>
      table.getAllByRole('cell').find((one) => one.textContent.startsWith(day))!
    expect(cell('1').textContent).toBe('1Done, $1.00, confirmed by the site’s status')
    expect(cell('1').firstElementChild?.getAttribute('title')).toBe(
      'Done, $1.00, confirmed by the site’s status',
    )
    expect(cell('2').textContent).toBe('2Unknown')
    expect(cell('3').textContent).toBe('3')
    expect(table.getAllByRole('columnheader')).toHaveLength(7)
    const today = table.getAllByRole('cell').find((one) => one.ariaCurrent === 'date')
    expect(today?.textContent).toMatch(new RegExp(`^${String(new Date().getDate())}(?!\\d)`))
  })

  it('stand in a list too, newest first, with what the site counts', async () => {
    const { panel } = await openPanel({ 'checkIn.month': () => told })
    const list = within(await panel.findByRole('list', { name: 'Days of the month' }))
    expect(list.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
      expect.stringMatching(/2Unknown$/),
      expect.stringMatching(/1Done\$1\.00 · confirmed by the site’s status$/),
    ])
    panel.getByText('As the site tells · 3 days in a row · 41 in all')
  })

  it('come from here where the site does not tell, and may be none', async () => {
    const { panel } = await openPanel()
    await panel.findByText('Nothing is known of this month.')
    panel.getByText('As remembered here')
    expect(panel.queryByText(/in a row/)).toBeNull()
  })

  it('of other months are asked for one by one, never of months to come', async () => {
    const { panel, user, sent } = await openPanel()
    const later = panel.getByRole('button', { name: 'Later month' })
    expect(later).toHaveProperty('disabled', true)
    await user.click(panel.getByRole('button', { name: 'Earlier month' }))
    await waitFor(() => {
      expect(sent('checkIn.month')).toEqual([
        { accountId: nova.id, month },
        { accountId: nova.id, month: shiftMonth(month, -1) },
      ])
    })
    await user.click(later)
    await waitFor(() => {
      expect(later).toHaveProperty('disabled', true)
    })
  })

  it('that could not be asked for say why, and are asked for again', async () => {
    let isBroken = true
    const { panel, user } = await openPanel({
      'checkIn.month': () => (isBroken ? raise({ class: 'network' }) : told),
    })
    await panel.findByText('No connection')
    isBroken = false
    await user.click(panel.getByRole('button', { name: 'Try again' }))
    await panel.findByText(/41 in all/)
  })
})

describe('the panel', () => {
  it('says how the account stands, why, and since when that is known', async () => {
    const { panel } = await openPanel()
    panel.getByText('Needs you')
    panel.getByText(/^relay1\.example wants proof that a person checks in/)
    panel.getByText('10 min ago')
    panel.getByText('Yes, when its time has come')
  })

  it('tells any other cause in its own words', async () => {
    const mark = makeMark('not-done', { failure: { class: 'network' } })
    const { panel } = await openPanel({}, [makeCheckIn(nova, { mark, automatic: false })])
    panel.getByText(/relay1\.example could not be reached\./)
    panel.getByText('No')
  })

  it('checks in, looks again and opens the page', async () => {
    const { panel, user, sent } = await openPanel()
    const input = [{ accountIds: [nova.id] }]
    await user.click(panel.getByRole('button', { name: 'Open its page' }))
    expect(sent('checkIn.open')).toEqual(input)
    await user.click(panel.getByRole('button', { name: 'Look again' }))
    expect(sent('checkIn.look')).toEqual(input)
    await user.click(panel.getByRole('button', { name: 'Check in' }))
    expect(sent('checkIn.run')).toEqual(input)
  })

  it('offers only the page where it is one of the user’s own', async () => {
    const { panel } = await openPanel({}, [makeCheckIn(nova, { way: 'page' })])
    panel.getByText('Not asked yet')
    panel.getByText('No, you open its page')
    expect(panel.queryByRole('button', { name: 'Check in' })).toBeNull()
    panel.getByRole('button', { name: 'Open its page' })
  })

  it('closes with Escape and gives the focus back', async () => {
    const page = await openPage('#/check-in', withCheckIns([nova], [row]))
    const button = await screen.findByRole('button', { name: 'Nova' })
    await page.user.click(button)
    await screen.findByRole('complementary', { name: 'Nova' })
    await page.user.keyboard('{Escape}')
    await waitFor(() => {
      expect(screen.queryByRole('complementary')).toBeNull()
    })
    expect(location.hash).toBe('#/check-in')
    expect(document.activeElement).toBe(button)
  })

  it('of an account that has none says so', async () => {
    await openPage(`#/check-in/${makeRow(9).id}`, withCheckIns([nova], [row]))
    await screen.findByText('This account is gone, or it has no check-in.')
  })
})

describe('an account’s details', () => {
  const open = (account = nova) =>
    openPage(
      `#/accounts/${nova.id}`,
      withCheckIns([account], [], { 'accounts.details': () => detailsOf(account) }),
    )

  it('say how its check-in stands today, and lead to its days', async () => {
    await open({ ...nova, checkIn: makeMark('done', { by: 'log' }) })
    const line = await screen.findByText('Done · confirmed by the account’s log')
    expect(line.closest('a')?.getAttribute('href')).toBe(HERE)
  })

  it('say that nothing is known of the day once it is over', async () => {
    await open({ ...nova, checkIn: makeMark('done', { untilMs: Date.now() - 60_000 }) })
    await screen.findByText('Not asked yet')
  })
})

describe('a month', () => {
  it('fills whole weeks, whatever day they begin with', () => {
    // November 2026 begins on a Sunday and has 30 days.
    expect(weeksOf('2026-11', 0)[0]).toEqual(
      [1, 2, 3, 4, 5, 6, 7].map((n) => `2026-11-0${String(n)}`),
    )
    const fromMonday = weeksOf('2026-11', 1)
    expect(fromMonday[0]).toEqual([null, null, null, null, null, null, '2026-11-01'])
    expect(fromMonday.every((week) => week.length === 7)).toBe(true)
    expect(fromMonday.flat().filter((day) => day !== null)).toHaveLength(30)
    expect(weeksOf('2028-02', 0).flat().at(-1)).toBeNull()
    expect(weeksOf('2028-02', 0).flat()).toContain('2028-02-29')
  })

  it('is counted across years', () => {
    expect(shiftMonth('2026-01', -1)).toBe('2025-12')
    expect(shiftMonth('2026-12', 1)).toBe('2027-01')
    expect(shiftMonth('2026-11', -24)).toBe('2024-11')
  })
})
