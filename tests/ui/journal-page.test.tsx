// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { raise } from '@/src/domain/failure'
import type { JournalEntry, JournalLine } from '@/src/domain/journal'
import type { InputOf } from '@/src/messaging/protocol'
import { hasProblem } from '@/src/ui/features/journal/journal-items'
import { createLiveUpdates } from '@/src/ui/queries/live'

import { type Answers, openPage } from './options-harness'
import { makeRow } from './support/make-row'

const MINUTE_MS = 60_000
/** A quarter past ten in the morning, so that an hour earlier is the same day. */
const TODAY = new Date().setHours(10, 15, 0, 0)

const nova = makeRow(1, { name: 'Nova', origin: 'https://api.nova.example' })
const luna = makeRow(2, { name: 'Luna' })

/** A refresh of both accounts that took 12 seconds, `index` minutes before the newest. */
function makeEntry(index: number, given: Partial<JournalEntry> = {}): JournalEntry {
  const startedAtMs = TODAY - index * MINUTE_MS
  return {
    id: `job_${index.toString(16).padStart(32, '0')}`,
    kind: 'refresh',
    why: 'schedule',
    slot: '2026-11-26T10:15',
    state: 'done',
    startedAtMs,
    endedAtMs: startedAtMs + 12_000,
    lines: [
      { id: nova.id, state: 'done' },
      { id: luna.id, state: 'done' },
    ],
    ...given,
  }
}

/** Opens the page in front of a worker that has these jobs. */
function openJournal(entries: () => readonly JournalEntry[], given: Answers = {}) {
  return openPage('#/journal', {
    'accounts.glance': () => ({ rows: [nova, luna], damaged: [] }),
    'journal.list': (input) => listOf(entries(), input),
    ...given,
  })
}

function listOf(
  entries: readonly JournalEntry[],
  { kinds, beforeMs = Infinity, limit }: InputOf<'journal.list'>,
) {
  const fitting = entries.filter(
    ({ kind, startedAtMs }) => startedAtMs < beforeMs && (!kinds || kinds.includes(kind)),
  )
  return { entries: fitting.slice(0, limit), more: fitting.length > limit }
}

const jobs = () => screen.findAllByRole('button', { expanded: false, name: /^\d\d:\d\d/ })
const textOf = ({ textContent }: HTMLElement) => textContent.replace(/\s+/g, ' ').trim()

async function openLines(
  entry: Partial<JournalEntry>,
  lines: readonly JournalLine[],
): Promise<string[]> {
  const page = await openJournal(() => [makeEntry(0, { ...entry, lines: [...lines] })])
  await page.user.click((await jobs())[0]!)
  const [list] = await screen.findAllByRole('list', { name: '' })
  await waitFor(() => {
    expect(within(list!).queryByText('Removed account')).toBeNull()
  })
  return within(list!).getAllByRole('listitem').map(textOf)
}

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(800)
})
afterEach(() => {
  vi.restoreAllMocks()
})

describe('the list of jobs', () => {
  it('tells of each when, what, why, what came of it and how long it took', async () => {
    await openJournal(() => [
      makeEntry(0, {
        kind: 'check-in',
        why: 'catch-up',
        state: 'partly',
        lines: [
          { id: nova.id, state: 'done' },
          { id: luna.id, state: 'needs-you' },
        ],
      }),
      makeEntry(5),
    ])
    expect((await jobs()).map(textOf)).toEqual([
      '10:15 Check-in Partly done 1 done · 1 waiting for you Its time had passed meanwhile 12 sec',
      '10:10 Refresh Done 2 done Its time had come 12 sec',
    ])
  })

  it('stands under headings of days', async () => {
    const day = 24 * 60
    await openJournal(() => [makeEntry(0), makeEntry(1), makeEntry(day), makeEntry(day + 1)])
    await jobs()
    const headings = screen.getAllByRole('heading', { level: 2 })
    expect(headings).toHaveLength(2)
    expect(new Set(headings.map(textOf)).size).toBe(2)
  })

  it('leaves room for the headings before any row is measured', async () => {
    vi.spyOn(window, 'requestAnimationFrame').mockReturnValue(0)
    const day = 24 * 60
    await openJournal(() => [makeEntry(0), makeEntry(1), makeEntry(day), makeEntry(day + 1)])
    await jobs()
    const list = screen.getByRole('list', { name: 'Jobs, newest first' })
    const starts = within(list)
      .getAllByRole('listitem')
      .map(({ style }) => Number(/\d+/.exec(style.transform)?.[0]))
    const sizes = starts.slice(1).map((start, index) => start - starts[index]!)
    expect(sizes).toEqual([75, 45, 75])
  })

  it('counts codes and not accounts where codes were redeemed, and says none of them', async () => {
    await openJournal(() => [
      makeEntry(0, {
        kind: 'redeem',
        why: 'you',
        state: 'partly',
        lines: [
          { id: nova.id, state: 'done', counts: { redeemed: 30, used: 5 } },
          { id: luna.id, state: 'done', counts: { redeemed: 10, invalid: 5 } },
        ],
      }),
    ])
    expect((await jobs()).map(textOf)).toEqual([
      '10:15 Redeem codes Partly done 40 redeemed · 5 used before · 5 not known You asked for it 12 sec',
    ])
  })

  it('says what it will hold while there is nothing', async () => {
    await openJournal(() => [])
    await screen.findByText('Nothing has run yet')
  })

  it('says why it could not be loaded and tries again', async () => {
    let isBroken = true
    const { user } = await openJournal(() => [makeEntry(0)], {
      'journal.list': (input) =>
        isBroken ? raise({ class: 'storage' }) : listOf([makeEntry(0)], input),
    })
    await screen.findByText('Stored data not readable')
    isBroken = false
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    await jobs()
  })

  it('keeps few elements for 600 jobs, which come 50 at a time', async () => {
    const many = Array.from({ length: 600 }, (_, index) => makeEntry(index))
    const { sent } = await openJournal(() => many)
    await jobs()
    expect(sent('journal.list')).toEqual([{ limit: 50 }])
    const more = screen.getByRole('button', { name: 'Show older jobs' })
    for (let at = 1; at < 12; at += 1) {
      await waitFor(() => {
        expect(more.getAttribute('aria-busy')).toBeNull()
      })
      fireEvent.click(more)
      await waitFor(() => {
        expect(sent('journal.list')).toHaveLength(at + 1)
      })
    }
    await waitFor(() => {
      expect(more.isConnected).toBe(false)
    })
    const list = screen.getByRole('list', { name: 'Jobs, newest first' })
    const [first] = within(list).getAllByRole('listitem')
    expect(first!.getAttribute('aria-setsize')).toBe('600')
    expect(document.querySelectorAll('*').length).toBeLessThan(1500)
    expect(sent('journal.list')[1]).toEqual({ limit: 50, beforeMs: many[49]!.startedAtMs })
  })

  it('is one stop of the Tab key; arrows go from job to job', async () => {
    const { user } = await openJournal(() => [makeEntry(0), makeEntry(1)])
    const [first, second] = await jobs()
    expect([first!.tabIndex, second!.tabIndex]).toEqual([0, -1])
    first!.focus()
    await user.keyboard('{ArrowDown}')
    expect(document.activeElement).toBe(second)
  })
})

describe('filters', () => {
  const check = makeEntry(1, { kind: 'check-in', state: 'failed' })

  it('ask for one kind, and for all again', async () => {
    const { user, sent } = await openJournal(() => [makeEntry(0), check])
    await jobs()
    const chip = screen.getByRole('button', { name: 'Check-in' })
    await user.click(chip)
    await waitFor(async () => {
      expect(await jobs()).toHaveLength(1)
    })
    expect(sent('journal.list').at(-1)).toEqual({ kinds: ['check-in'], limit: 50 })
    expect(chip.getAttribute('aria-pressed')).toBe('true')
    await user.click(chip)
    await waitFor(async () => {
      expect(await jobs()).toHaveLength(2)
    })
  })

  it('show only what has problems', async () => {
    const { user } = await openJournal(() => [makeEntry(0), check])
    await jobs()
    await user.click(screen.getByRole('button', { name: 'Only with problems' }))
    expect((await jobs()).map(textOf)).toEqual([
      '10:14 Check-in Failed 2 done Its time had come 12 sec',
    ])
  })

  it('that leave nothing say so and can be taken away', async () => {
    const { user } = await openJournal(() => [makeEntry(0)])
    await jobs()
    await user.click(screen.getByRole('button', { name: 'Notice' }))
    await screen.findByText('No such job')
    screen.getByText('No job of the last 45 days matches.')
    await user.click(screen.getByRole('button', { name: 'Show all jobs' }))
    await jobs()
  })

  it('that leave nothing of what was read so far point to the rest', async () => {
    const many = Array.from({ length: 60 }, (_, index) => makeEntry(index))
    const { user } = await openJournal(() => many)
    await jobs()
    await user.click(screen.getByRole('button', { name: 'Only with problems' }))
    await screen.findByText('None of the jobs read so far matches. Older ones may.')
    screen.getByRole('button', { name: 'Show older jobs' })
  })

  it.each<[boolean, Partial<JournalEntry>]>([
    [false, {}],
    [false, { state: 'running' }],
    [false, { state: 'stopped' }],
    [true, { state: 'partly' }],
    [true, { state: 'failed' }],
    [true, { state: 'interrupted' }],
    [true, { lines: [{ id: nova.id, state: 'needs-you' }] }],
    [true, { state: 'stopped', lines: [{ id: nova.id, state: 'unknown' }] }],
    [false, { lines: [{ id: nova.id, state: 'not-offered' }] }],
  ])('a problem (%s) is %j', (expected, given) => {
    expect(hasProblem(makeEntry(0, given))).toBe(expected)
  })
})

describe('a job that is opened', () => {
  it('tells of each account its state, proof, reward and failure, bad ones first', async () => {
    const lines = await openLines({ kind: 'check-in', state: 'partly' }, [
      { id: nova.id, state: 'done', by: 'log', reward: 250_000 },
      { id: luna.id, state: 'failed', failure: { class: 'network', reason: 'timeout' } },
    ])
    expect(lines).toEqual([
      'LunaFailedrelay2.example did not answer in time.',
      'NovaDoneconfirmed by the account’s log$0.50 credited',
    ])
  })

  it('tells of a person that is needed', async () => {
    const lines = await openLines({ kind: 'check-in' }, [
      { id: nova.id, state: 'needs-you', failure: { class: 'proof', reason: 'turnstile' } },
    ])
    expect(lines).toEqual([
      'NovaNeeds youThe site wants proof of a person, which only its own page can take.',
    ])
  })

  it('tells what to do where something waits, and what is not known where nothing tells', async () => {
    const lines = await openLines({ kind: 'check-in' }, [
      { id: nova.id, state: 'needs-you', failure: { class: 'challenge' } },
      {
        id: luna.id,
        state: 'unknown',
        failure: { class: 'interrupted', reason: 'uncertain' },
      },
    ])
    expect(lines).toEqual([
      'NovaNeeds youapi.nova.example showed a protection page instead of an answer. Open the site, pass its check, then refresh.',
      'LunaNot knownIt left, but the answer never arrived, and nothing told what became of it.',
    ])
  })

  it('names the places a notice went to, and what the service said', async () => {
    const lines = await openLines({ kind: 'notice', state: 'partly' }, [
      { id: 'browser', state: 'done' },
      {
        id: 'wecom',
        state: 'failed',
        failure: { class: 'refused', reason: 'channel-refused', detail: 'invalid key' },
      },
      { id: 'ntfy', state: 'skipped' },
    ])
    expect(lines).toEqual([
      'WeComFailedWeCom did not take the notice. Check what you entered there, then test again. It says: invalid key',
      'BrowserDone',
      'ntfyLeft out',
    ])
  })

  it('leads to its accounts; one that is gone is said to be', async () => {
    const { user } = await openJournal(() => [
      makeEntry(0, {
        lines: [
          { id: nova.id, state: 'done' },
          { id: makeRow(9).id, state: 'done' },
        ],
      }),
    ])
    await user.click((await jobs())[0]!)
    const link = await screen.findByRole('link', { name: 'Nova' })
    expect(link.getAttribute('href')).toBe(`#/accounts/${nova.id}`)
    expect(screen.getAllByText('Removed account')).toHaveLength(1)
  })

  it('lists many accounts only on request', async () => {
    const lines = Array.from({ length: 60 }, (_, at): JournalLine => ({
      id: makeRow(100 + at).id,
      state: 'done',
    }))
    const { user } = await openJournal(() => [makeEntry(0, { lines })])
    await user.click((await jobs())[0]!)
    expect(screen.getAllByText('Removed account')).toHaveLength(40)
    await user.click(screen.getByRole('button', { name: 'Show all 60' }))
    expect(screen.getAllByText('Removed account')).toHaveLength(60)
  })

  it('tells its day, when exactly it ran, and why it failed as a whole', async () => {
    const { user } = await openJournal(() => [
      makeEntry(0, {
        kind: 'check-in',
        slot: '2026-11-26',
        state: 'failed',
        lines: [],
        failure: { class: 'storage' },
      }),
    ])
    await user.click((await jobs())[0]!)
    screen.getByText('2026-11-26')
    screen.getByText(/10:15:12 AM$/)
    screen.getByText(/A stored record could not be read or written\./)
    screen.getByText('It was about no account.')
  })
})

describe('a job under way', () => {
  it('tells how long it has taken, and follows what the worker announces', async () => {
    let state: JournalEntry['state'] = 'running'
    const entry = (): JournalEntry => {
      const { endedAtMs, ...rest } = makeEntry(0)
      return { ...rest, state, ...(state === 'done' ? { endedAtMs } : {}) }
    }
    const { client, sent } = await openJournal(() => [entry()])
    expect(textOf((await jobs())[0]!)).toMatch(/^10:15 Refresh Running .* so far$/)
    const live = createLiveUpdates(client, new AbortController().signal)
    state = 'done'
    act(() => {
      live({ topic: 'journal' })
    })
    await waitFor(async () => {
      expect(textOf((await jobs())[0]!)).toMatch(/^10:15 Refresh Done /)
    })
    expect(sent('journal.list').length).toBeGreaterThan(1)
  })

  it('does not have the worker read older pages again', async () => {
    let newest = makeEntry(0, { state: 'waiting' })
    const older = Array.from({ length: 80 }, (_, index) => makeEntry(index + 1))
    const { user, client, sent } = await openJournal(() => [newest, ...older])
    await jobs()
    await user.click(screen.getByRole('button', { name: 'Show older jobs' }))
    await waitFor(() => {
      expect(sent('journal.list')).toHaveLength(2)
    })
    newest = makeEntry(0)
    await act(() => client.invalidateQueries({ queryKey: ['journal'] }))
    const [, second, ...rest] = sent('journal.list')
    expect(second).toMatchObject({ beforeMs: older[48]!.startedAtMs })
    expect(rest).toEqual([{ limit: 50 }])
  })
})
