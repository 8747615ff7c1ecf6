// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import type { JournalEntry } from '@/src/domain/journal'
import { raise } from '@/src/domain/failure'
import { createAnnouncer } from '@/src/messaging/events'
import { useCheckInChoices } from '@/src/ui/features/check-in/list-choices'

import { type Answers, openPage } from './options-harness'
import { makeCheckIn, makeMark, makeRun, withCheckIns } from './support/make-check-in'
import { makeRow } from './support/make-row'

const nova = makeRow(1, { name: 'Nova' })
const luna = makeRow(2, { name: 'Luna' })
const kite = makeRow(3, { name: 'Kite' })
const accounts = [nova, luna, kite]
const rows = [
  makeCheckIn(nova),
  makeCheckIn(luna, { mark: makeMark('not-done', { failure: { class: 'network' } }) }),
  makeCheckIn(kite),
]

beforeEach(() => {
  useCheckInChoices.setState(useCheckInChoices.getInitialState())
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(800)
})
afterEach(() => {
  vi.restoreAllMocks()
})

/** A page whose run can be changed and announced. */
async function openWith(first: JournalEntry | null, given: Answers = {}) {
  let run = first
  const announce = createAnnouncer()
  const page = await openPage(
    '#/check-in',
    withCheckIns(accounts, rows, {
      'checkIn.list': () => ({ rows, run, nextAtMs: null }),
      ...given,
    }),
  )
  await screen.findByRole('table', { name: 'Check-in' })
  return {
    ...page,
    tell: async (next: JournalEntry) => {
      run = next
      announce({ topic: 'check-in' })
      await act(async () => {
        await new Promise((resolve) => setTimeout(resolve, 300))
      })
    },
  }
}

const underWay = makeRun([
  { id: nova.id, state: 'done', startedAtMs: 1, endedAtMs: 2 },
  { id: luna.id, state: 'waiting', startedAtMs: 1 },
  { id: kite.id, state: 'waiting' },
])

describe('a run', () => {
  it('shows how far it is and what is under way, and is stopped', async () => {
    const { user, sent } = await openWith(underWay)
    await screen.findByText('Checking in: 1 of 3')
    const bar = screen.getByRole('progressbar', { name: 'Progress of the check-in' })
    expect([bar.getAttribute('aria-valuenow'), bar.getAttribute('aria-valuemax')]).toEqual([
      '1',
      '3',
    ])
    expect(bar.nextElementSibling?.textContent).toBe('Luna')
    const start = screen.getByRole('button', { name: 'Check in now' })
    expect(start.getAttribute('aria-busy')).toBe('true')
    await user.click(start)
    expect(sent('checkIn.run')).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Stop' }))
    expect(sent('checkIn.stop')).toEqual([{}])
    await screen.findByText('Stopping')
  })

  it('that cannot be stopped says why, and can be tried again', async () => {
    const { user, sent } = await openWith(underWay, {
      'checkIn.stop': () => raise({ class: 'storage' }),
    })
    await user.click(await screen.findByRole('button', { name: 'Stop' }))
    await screen.findByText('Stored data not readable')
    await user.click(screen.getByRole('button', { name: 'Stop' }))
    expect(sent('checkIn.stop')).toHaveLength(2)
  })

  it('that began by itself is not stopped, and is none while it waits for the next time', async () => {
    const { tell } = await openWith({ ...underWay, why: 'schedule' })
    await screen.findByText('Checking in: 1 of 3')
    expect(screen.queryByRole('button', { name: 'Stop' })).toBeNull()
    const lines = [{ id: nova.id, state: 'done' as const }]
    await tell({ ...underWay, why: 'schedule', state: 'waiting', lines })
    expect(screen.queryByRole('progressbar')).toBeNull()
    const start = screen.getByRole('button', { name: 'Check in now' })
    expect(start.getAttribute('aria-busy')).not.toBe('true')
  })

  it('asks again by itself when announcements fall silent', async () => {
    const { sent } = await openWith(underWay)
    const before = sent('checkIn.list').length
    await waitFor(
      () => {
        expect(sent('checkIn.list').length).toBeGreaterThan(before)
      },
      { timeout: 4000 },
    )
  })

  it('sums up the end, and names what did not get through and why', async () => {
    const { user, tell } = await openWith(underWay)
    await screen.findByText('Checking in: 1 of 3')
    await tell({
      ...underWay,
      state: 'partly',
      endedAtMs: Date.now(),
      lines: [
        { id: nova.id, state: 'done' },
        { id: luna.id, state: 'failed', failure: { class: 'network' } },
        { id: kite.id, state: 'needs-you', failure: { class: 'proof', reason: 'turnstile' } },
        { id: 'acc_gone', state: 'unknown' },
      ],
    })
    const title = screen.getByText('1 checked in · 1 waiting for you · 1 failed · 1 unknown')
    const notice = within(title.closest<HTMLElement>('[role=note]')!)
    expect(notice.getByRole('link', { name: 'Luna' }).parentElement?.textContent).toBe(
      'Luna No connection',
    )
    expect(notice.getByRole('link', { name: 'Kite' }).parentElement?.textContent).toBe(
      'Kite The site wants proof of a person',
    )
    expect(notice.getAllByRole('button')).toHaveLength(1)
    await user.click(notice.getByRole('button', { name: 'Dismiss' }))
    expect(screen.queryByText(/1 checked in/)).toBeNull()
  })

  it.each([
    ['stopped', 'It was stopped.'],
    ['interrupted', /^It was cut off/],
  ] as const)('that was %s says so', async (state, words) => {
    const { tell } = await openWith(underWay)
    await screen.findByText('Checking in: 1 of 3')
    await tell({ ...underWay, state, endedAtMs: Date.now() })
    screen.getByText('1 checked in · 2 not begun')
    screen.getByText(words)
  })

  it('that failed as a whole says why', async () => {
    const { tell } = await openWith(underWay)
    await screen.findByText('Checking in: 1 of 3')
    await tell({ ...underWay, state: 'failed', failure: { class: 'internal' } })
    screen.getByText('Error in Relaydeck')
  })

  it('that ended before the page was opened is no news', async () => {
    const longAgo = Date.now() - 86_400_000
    await openWith({ ...underWay, state: 'done', startedAtMs: longAgo, endedAtMs: longAgo })
    expect(screen.queryByText(/1 checked in/)).toBeNull()
  })
})
