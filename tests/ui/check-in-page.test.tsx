// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { DEFAULT_AUTOMATION } from '@/src/domain/automation-settings'
import type { Failure } from '@/src/domain/failure'
import { raise } from '@/src/domain/failure'
import type { Language } from '@/src/domain/settings'
import { useCheckInChoices } from '@/src/ui/features/check-in/list-choices'
import { showLanguage } from '@/src/ui/text/i18n'

import { openPage } from './options-harness'
import { makeCheckIn, makeMark, makeRun, withCheckIns } from './support/make-check-in'
import { makeRow } from './support/make-row'

const nova = makeRow(1, { name: 'Nova' })
const luna = makeRow(2, { name: 'Luna' })
const kite = makeRow(3, { name: 'Kite' })
const page = makeRow(4, { name: 'Page' })
const all = [nova, luna, kite, page]

const turnstile: Failure = { class: 'proof', reason: 'turnstile' }

beforeEach(() => {
  useCheckInChoices.setState(useCheckInChoices.getInitialState())
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(800)
})
afterEach(() => {
  vi.restoreAllMocks()
})

/** Names of the rows, in the order the table shows them. */
async function names(): Promise<string[]> {
  const table = await screen.findByRole('table', { name: 'Check-in' })
  return [...table.querySelectorAll('[data-row-target]')].map((part) => part.textContent)
}

async function rowOf(name: string): Promise<HTMLElement> {
  const button = await screen.findByRole('button', { name })
  return button.closest<HTMLElement>('[role=row]')!
}

/** What a row says, cell by cell. */
async function cellsOf(name: string): Promise<string[]> {
  const cells = within(await rowOf(name)).getAllByRole('cell')
  return cells.slice(1, -1).map((cell) => cell.textContent)
}

const fourWays = [
  makeCheckIn(nova, {
    mark: makeMark('done', { by: 'status', reward: 250_000 }),
    streak: 12,
    nextAtMs: Date.now() + 86_400_000,
  }),
  makeCheckIn(luna, { mark: makeMark('needs-you', { failure: turnstile }) }),
  makeCheckIn(kite, { mark: makeMark('unknown', { failure: { class: 'interrupted' } }) }),
  makeCheckIn(page, { way: 'page' }),
]

describe('the state of an account', () => {
  it('is told with what proved it or stands in its way', async () => {
    await openPage('#/check-in', withCheckIns(all, fourWays))
    expect(await cellsOf('Nova')).toEqual([
      'NNovauser1 · relay1.example',
      'Doneconfirmed by the site’s status',
      '0.50',
      '12',
      expect.stringMatching(/^\w+ \d+, \d\d:\d\d$/),
    ])
    expect((await cellsOf('Luna'))[1]).toBe('Needs youThe site wants proof of a person')
    expect((await cellsOf('Kite'))[1]).toBe('UnknownCut off midway')
  })

  it('without evidence is planned or not asked, and never done or 0', async () => {
    const soon = new Date()
    soon.setHours(23, 59, 0, 0)
    await openPage(
      '#/check-in',
      withCheckIns(all, [
        makeCheckIn(nova, { nextAtMs: soon.getTime() }),
        makeCheckIn(luna),
        // Done, but on a day of its site that is over.
        makeCheckIn(kite, { mark: makeMark('done', { untilMs: Date.now() - 60_000, reward: 5 }) }),
        makeCheckIn(page, { nextAtMs: Date.now() - 60_000 }),
      ]),
    )
    expect((await cellsOf('Nova')).slice(1, 3)).toEqual(['Planned for 23:59', ''])
    expect((await cellsOf('Luna')).slice(1)).toEqual(['Not asked yet', '', '', ''])
    expect((await cellsOf('Kite')).slice(1)).toEqual(['Not asked yet', '', '', ''])
    expect((await cellsOf('Page'))[1]).toBe('Planned, due now')
    expect(screen.queryByRole('button', { name: /^Done/ })).toBeNull()
  })

  it('with a reward nobody told is done with an unknown reward', async () => {
    const mark = makeMark('done-earlier', { by: 'answer' })
    await openPage('#/check-in', withCheckIns([nova], [makeCheckIn(nova, { mark })]))
    const [, state, reward] = await cellsOf('Nova')
    expect(state).toBe('Done earlierconfirmed by the site’s answer')
    expect(reward).toBe('—Unknown: this site does not tell')
  })

  it.each([
    ['log', 'confirmed by the account’s log'],
    ['balance', 'confirmed by the balance'],
    ['opened', 'you opened its page'],
  ] as const)('names the proof %s', async (by, words) => {
    const rows = [makeCheckIn(nova, { mark: makeMark('done', { by }) })]
    await openPage('#/check-in', withCheckIns([nova], rows))
    within(await rowOf('Nova')).getByText(words)
  })

  it('shows a check-in under way', async () => {
    const rows = [makeCheckIn(nova, { running: true })]
    await openPage('#/check-in', withCheckIns([nova], rows))
    within(await rowOf('Nova')).getByText('Checking in')
  })
})

describe('the list', () => {
  it('counts the states, which narrow it', async () => {
    const { user } = await openPage('#/check-in', withCheckIns(all, fourWays))
    const chips = within(await screen.findByRole('group', { name: 'Show only' }))
    expect(chips.getAllByRole('button').map((chip) => chip.textContent)).toEqual([
      'Needs you 1',
      'Unknown 1',
      'Not asked yet 1',
      'Done 1',
    ])
    await user.click(chips.getByRole('button', { name: 'Unknown 1' }))
    expect(await names()).toEqual(['Kite'])
    expect(chips.getByRole('button', { name: 'Unknown 1' }).getAttribute('aria-pressed')).toBe(
      'true',
    )
    await user.type(screen.getByRole('searchbox', { name: 'Search check-ins' }), 'nova')
    await screen.findByText('No check-in fits the search and filter.')
    await user.click(screen.getByRole('button', { name: 'Show all check-ins' }))
    expect(await names()).toHaveLength(4)
  })

  it('is searched by name, user and site, and remembers what was chosen', async () => {
    const { user } = await openPage('#/check-in', withCheckIns(all, fourWays))
    await user.type(await screen.findByRole('searchbox'), 'USER2')
    expect(await names()).toEqual(['Luna'])
    await user.click(screen.getByRole('link', { name: 'Settings' }))
    await user.click(screen.getByRole('link', { name: 'Check-in' }))
    expect(await names()).toEqual(['Luna'])
  })

  it('is sorted by each column, unknown values last either way', async () => {
    const { user } = await openPage('#/check-in', withCheckIns(all, fourWays))
    expect(await names()).toEqual(['Kite', 'Luna', 'Nova', 'Page'])
    const press = (name: RegExp) => user.click(screen.getByRole('button', { name }))
    await press(/^Today/)
    expect(await names()).toEqual(['Luna', 'Kite', 'Page', 'Nova'])
    await press(/^Today/)
    expect((await names())[0]).toBe('Nova')
    await press(/^Streak/)
    expect((await names())[0]).toBe('Nova')
    await press(/^Streak/)
    expect((await names())[0]).toBe('Nova')
    const header = screen.getByRole('columnheader', { name: /^Streak/ })
    expect(header.getAttribute('aria-sort')).toBe('ascending')
  })

  it('keeps few rows and one stop of the Tab key; arrows go from row to row', async () => {
    const many = Array.from({ length: 300 }, (_, index) => makeRow(index + 1))
    const rows = many.map((account) => makeCheckIn(account))
    const { user } = await openPage('#/check-in', withCheckIns(many, rows))
    const first = await screen.findByRole('button', { name: 'Relay 1' })
    const table = screen.getByRole('table', { name: 'Check-in' })
    expect(table.getAttribute('aria-rowcount')).toBe('301')
    expect(table.querySelectorAll('[data-index]').length).toBeLessThan(60)
    const stops = [...table.querySelectorAll<HTMLElement>('[data-index] :is(a, button, input)')]
    const open = stops.filter(({ tabIndex }) => tabIndex === 0)
    expect(new Set(open.map((stop) => stop.closest('[data-index]'))).size).toBe(1)
    first.focus()
    await user.keyboard('{ArrowDown}')
    expect(document.activeElement?.textContent).toBe('Relay 2')
    await user.keyboard('{Enter}')
    expect(location.hash).toBe(`#/check-in/${makeRow(2).id}`)
  })

  it('remembers which columns are wanted', async () => {
    const { user } = await openPage('#/check-in', withCheckIns(all, fourWays))
    await user.click(await screen.findByRole('button', { name: 'Columns' }))
    await user.click(screen.getByRole('checkbox', { name: 'Streak' }))
    expect(screen.queryByRole('columnheader', { name: 'Streak' })).toBeNull()
    expect(localStorage.getItem('check-in.hidden-columns')).toBe('["streak"]')
    localStorage.clear()
  })

  it('says when the next one is asked, and when the last run ended', async () => {
    const next = new Date()
    next.setHours(23, 58, 0, 0)
    const hourAgo = Date.now() - 3_700_000
    const run = makeRun([], { state: 'done', startedAtMs: hourAgo, endedAtMs: hourAgo })
    const list = { rows: fourWays, run, nextAtMs: next.getTime() }
    await openPage('#/check-in', withCheckIns(all, fourWays, { 'checkIn.list': () => list }))
    await screen.findByText('Next: 23:58')
    expect((await screen.findByText('Last run')).textContent).toBe('Last run 1 hr ago')
    // What came of it is no news.
    expect(screen.queryByText('Nothing was left to do')).toBeNull()
  })
})

describe('what can be done', () => {
  it('checks in all that are not known to be done', async () => {
    const { user, sent } = await openPage('#/check-in', withCheckIns(all, fourWays))
    await user.click(await screen.findByRole('button', { name: 'Check in now' }))
    expect(sent('checkIn.run')).toEqual([{}])
  })

  it('retries what failed and opens all that wait for the user', async () => {
    const own = makeCheckIn(page, { way: 'page', mark: makeMark('needs-you') })
    const rows = [...fourWays.slice(0, 3), own]
    const { user, sent } = await openPage('#/check-in', withCheckIns(all, rows))
    within(await rowOf('Page')).getByText('Its page waits for you')
    await user.click(screen.getByRole('button', { name: 'Retry failed (1)' }))
    expect(sent('checkIn.run')).toEqual([{ accountIds: [kite.id] }])
    await user.click(screen.getByRole('button', { name: 'Open all that need you (2)' }))
    expect(sent('checkIn.open')).toEqual([{ accountIds: [luna.id, page.id] }])
    await screen.findByText('2 pages opened. Afterwards Relaydeck looks what came of them.')
  })

  it('asks the sites again when the user comes back from their pages', async () => {
    const { user, sent } = await openPage('#/check-in', withCheckIns(all, fourWays))
    await user.click(await screen.findByRole('button', { name: /Open the check-in page of Luna/ }))
    const show = (state: DocumentVisibilityState) => {
      vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state)
      act(() => {
        document.dispatchEvent(new Event('visibilitychange'))
      })
    }
    show('hidden')
    expect(sent('checkIn.look')).toEqual([])
    show('visible')
    await waitFor(() => {
      expect(sent('checkIn.look')).toEqual([{ accountIds: [luna.id] }])
    })
    // Not at every return.
    show('visible')
    expect(sent('checkIn.look')).toHaveLength(1)
  })

  it('tells of pages that could not be opened', async () => {
    const given = { 'checkIn.open': () => ({ opened: 0 }) }
    const { user } = await openPage('#/check-in', withCheckIns(all, fourWays, given))
    await user.click(await screen.findByRole('button', { name: /Open the check-in page of Luna/ }))
    await screen.findByText(/1 page could not be opened\./)
  })

  it('does one thing with one account', async () => {
    const { user, sent } = await openPage('#/check-in', withCheckIns(all, fourWays))
    await user.click(await screen.findByRole('button', { name: 'Check in Kite' }))
    expect(sent('checkIn.run')).toEqual([{ accountIds: [kite.id] }])
    // What is done offers nothing in the row itself.
    expect(screen.queryByRole('button', { name: 'Check in Nova' })).toBeNull()
    await user.click(screen.getByRole('button', { name: 'More for Kite' }))
    await user.click(screen.getByRole('menuitem', { name: 'Look again', hidden: true }))
    expect(sent('checkIn.look')).toEqual([{ accountIds: [kite.id] }])
    await user.click(screen.getByRole('button', { name: 'More for Page' }))
    const items = screen.getAllByRole('menuitem', { hidden: true }).map((item) => item.textContent)
    expect(items).toEqual(['Open its page', 'Days and history', 'Edit account'])
    await user.click(screen.getByRole('menuitem', { name: 'Days and history', hidden: true }))
    expect(location.hash).toBe(`#/check-in/${page.id}`)
  })

  it('does it with many', async () => {
    const { user, sent } = await openPage('#/check-in', withCheckIns(all, fourWays))
    await user.click(await screen.findByRole('checkbox', { name: 'Select all shown accounts' }))
    const bar = within(screen.getByRole('region', { name: 'Selected accounts' }))
    bar.getByText('4 selected')
    await user.click(bar.getByRole('button', { name: 'Check in' }))
    expect(sent('checkIn.run')).toEqual([{ accountIds: [nova.id, luna.id, kite.id] }])
    await user.click(bar.getByRole('button', { name: 'Open pages' }))
    expect(sent('checkIn.open')).toEqual([{ accountIds: all.map(({ id }) => id) }])
    await user.type(screen.getByRole('searchbox'), 'nova')
    bar.getByText('3 of them hidden by search or filter')
    await user.click(bar.getByRole('button', { name: 'Clear selection' }))
    expect(screen.queryByRole('region', { name: 'Selected accounts' })).toBeNull()
  })

  it('says why it was refused', async () => {
    const given = { 'checkIn.run': () => raise({ class: 'storage' }) }
    const { user } = await openPage('#/check-in', withCheckIns(all, fourWays, given))
    await user.click(await screen.findByRole('button', { name: 'Check in now' }))
    await screen.findByText('Stored data not readable')
  })
})

describe('the page', () => {
  it('without an account leads to adding one', async () => {
    await openPage('#/check-in', withCheckIns([], []))
    await screen.findByText('No accounts yet')
    const link = screen.getByRole('link', { name: 'Add account' })
    expect(link.getAttribute('href')).toBe('#/accounts?add=1')
    expect(screen.queryByRole('button', { name: 'Check in now' })).toBeNull()
  })

  it('without a check-in says so', async () => {
    await openPage('#/check-in', withCheckIns([nova], []))
    await screen.findByText('No account has a check-in')
  })

  it('says that nothing runs by itself where that is switched off', async () => {
    const off = {
      ...DEFAULT_AUTOMATION,
      checkIn: { ...DEFAULT_AUTOMATION.checkIn, enabled: false },
    }
    const given = { 'automation.settings': () => off }
    await openPage('#/check-in', withCheckIns(all, fourWays, given))
    await screen.findByText('Automatic check-in is off')
    expect(screen.getByRole('link', { name: 'Open settings' }).getAttribute('href')).toBe(
      '#/settings',
    )
    expect(await names()).toHaveLength(4)
  })

  it('says when all is done, and has nothing to start then', async () => {
    const rows = [
      makeCheckIn(nova, { mark: makeMark('done') }),
      makeCheckIn(luna, { mark: makeMark('done-earlier') }),
      makeCheckIn(kite, { mark: makeMark('not-offered') }),
    ]
    await openPage('#/check-in', withCheckIns(all, rows))
    await screen.findByText('All done for today')
    expect(screen.getByRole('button', { name: 'Check in now' })).toHaveProperty('disabled', true)
  })

  it('never says so while one is unknown', async () => {
    const rows = [
      makeCheckIn(nova, { mark: makeMark('done') }),
      makeCheckIn(luna, { mark: makeMark('unknown') }),
    ]
    await openPage('#/check-in', withCheckIns(all, rows))
    await names()
    expect(screen.queryByText('All done for today')).toBeNull()
    expect(screen.getByRole('button', { name: 'Check in now' })).toHaveProperty('disabled', false)
  })

  it('says why it could not be read, and reads again', async () => {
    let isBroken = true
    const { user } = await openPage(
      '#/check-in',
      withCheckIns(all, fourWays, {
        'checkIn.list': () =>
          isBroken ? raise({ class: 'storage' }) : { rows: fourWays, run: null, nextAtMs: null },
      }),
    )
    await screen.findByText('Stored data not readable')
    isBroken = false
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    await waitFor(async () => {
      expect(await names()).toHaveLength(4)
    })
  })

  it.each<[Language, string, string]>([
    ['zh-CN', '立即签到', '等您处理'],
    ['ja', '今すぐチェックイン', '対応待ち'],
  ])('speaks %s', async (language, action, state) => {
    await openPage(`#/check-in/${luna.id}`, withCheckIns(all, fourWays))
    await screen.findByRole('complementary', { name: 'Luna' })
    await act(() => showLanguage(language, ['common', 'failures', 'shell', 'check-in']))
    screen.getByRole('button', { name: action })
    expect(screen.getAllByText(state).length).toBeGreaterThan(0)
    const words = document.querySelector('main')?.textContent
    expect(words).not.toMatch(/\{\{|(?:state|action|column|by|why)\.[a-z]/)
  })
})
