// @vitest-environment jsdom
import { act, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { fakeBrowser } from 'wxt/testing'

import type { JournalEntry } from '@/src/domain/journal'
import type { Warning } from '@/src/domain/warning'
import { createAnnouncer } from '@/src/messaging/events'
import { Popup } from '@/src/ui/features/popup/popup'

import { fillDomGaps } from './support/dom-gaps'
import { type FakeWorker, startFakeWorker } from './support/fake-worker'
import { makeMark, makeRun } from './support/make-check-in'
import { makeRow } from './support/make-row'
import { renderUi, withTexts } from './support/render-ui'

fillDomGaps()
withTexts()

const DAY_MS = 86_400_000

const rows = [
  makeRow(1, { checkIn: makeMark('done') }),
  makeRow(2, { checkIn: makeMark('done-earlier') }),
  makeRow(3, { checkIn: makeMark('needs-you') }),
  makeRow(4, { checkIn: makeMark('unknown') }),
  // Done, but on a day that is over.
  makeRow(5, { checkIn: makeMark('done', { untilMs: Date.now() - 60_000 }) }),
  // Not counted: none offered, never asked, switched off.
  makeRow(6, { checkIn: makeMark('not-offered') }),
  makeRow(7),
  makeRow(8, { checkIn: makeMark('done'), disabled: true }),
]

const names = (worker: FakeWorker) => worker.sent.map(({ name }) => name)

/** Addresses of the tabs that are opened from now on. */
function watchOpenedPages(): string[] {
  const opened: string[] = []
  Object.assign(fakeBrowser.tabs, {
    create: ({ url }: { url: string }) => Promise.resolve(opened.push(url)),
  })
  Object.assign(fakeBrowser.runtime, {
    getContexts: () => Promise.resolve([]),
    ContextType: { TAB: 'TAB' },
  })
  return opened
}

describe('the line of check-ins', () => {
  it('counts what evidence says, and leads to the page', async () => {
    startFakeWorker({ rows })
    const opened = watchOpenedPages()
    renderUi(<Popup />)
    const line = await screen.findByRole('button', {
      name: 'Check-in: 2 of 5 done · 1 needs you',
    })
    await userEvent.click(line)
    await waitFor(() => {
      expect(opened[0]).toMatch(/options\.html#\/check-in$/)
    })
  })

  it('is not there where nobody was ever asked, nor is anything of it loaded', async () => {
    const worker = startFakeWorker({ rows: [makeRow(1)] })
    renderUi(<Popup />)
    await screen.findByText('Relay 1')
    await waitFor(() => {
      expect(names(worker)).toContain('automation.popup')
    })
    expect(screen.queryByText(/Check-in/)).toBeNull()
    expect(names(worker)).not.toContain('checkIn.list')
  })

  it('has nothing to run when all is done', async () => {
    const worker = startFakeWorker({ rows: rows.slice(0, 2) })
    renderUi(<Popup />)
    await screen.findByText('Check-in: 2 of 2 done')
    await waitFor(() => {
      expect(names(worker)).toContain('checkIn.list')
    })
    expect(screen.queryByRole('button', { name: 'Run' })).toBeNull()
  })

  it('runs, turns into progress, and then into what came of it', async () => {
    const worker = startFakeWorker({ rows })
    const announce = createAnnouncer()
    const tell = async (run: JournalEntry) => {
      worker.run = run
      announce({ topic: 'check-in' })
      await act(async () => {
        await new Promise((resolve) => setTimeout(resolve, 300))
      })
    }
    renderUi(<Popup />)
    await userEvent.click(await screen.findByRole('button', { name: 'Run' }))
    expect(worker.sent).toContainEqual({ name: 'checkIn.run', input: {} })
    const line = (id: string, state: 'done' | 'failed' | 'waiting') => ({ id, state })
    const run = makeRun([line('a', 'done'), line('b', 'waiting'), line('c', 'waiting')])
    await tell(run)
    const ring = screen.getByRole('progressbar', { name: 'Run' })
    expect(ring.getAttribute('aria-valuenow')).toBe('1')
    screen.getByText('1 of 3')
    await tell({
      ...run,
      state: 'partly',
      lines: [line('a', 'done'), line('b', 'done'), line('c', 'failed')],
    })
    screen.getByText('2 done, 1 failed')
    expect(screen.queryByRole('button', { name: 'Run' })).toBeNull()
  })

  it('can be run between two times of what runs by itself', async () => {
    const worker = startFakeWorker({ rows })
    worker.run = makeRun([{ id: 'a', state: 'done' }], { why: 'schedule', state: 'waiting' })
    renderUi(<Popup />)
    await screen.findByRole('button', { name: 'Run' })
    expect(screen.queryByRole('progressbar', { name: 'Run' })).toBeNull()
  })

  it('says why it did not run', async () => {
    startFakeWorker({ rows, failures: { 'checkIn.run': { class: 'storage' } } })
    renderUi(<Popup />)
    await userEvent.click(await screen.findByRole('button', { name: 'Run' }))
    await screen.findByText('Stored data not readable')
  })
})

const warnings: Warning[] = [
  { key: 'a', kind: 'low-balance', accountId: makeRow(1).id, balanceUsd: 1, thresholdUsd: 5 },
  { key: 'b', kind: 'low-balance', accountId: makeRow(2).id, balanceUsd: 2, thresholdUsd: 5 },
  {
    key: 'c',
    kind: 'login-ends',
    accountId: makeRow(2).id,
    endsAtMs: Date.now() + 2.2 * DAY_MS,
  },
]
const WARNED = '2 balances are low · 1 login ends in 2 days'

describe('the automation', () => {
  it('is told once that the popup was opened, after the accounts are there', async () => {
    const worker = startFakeWorker({ rows, warnings })
    const announce = createAnnouncer()
    renderUi(<Popup />)
    await screen.findByText(WARNED)
    const order = names(worker)
    expect(order.indexOf('automation.popup')).toBeGreaterThan(order.indexOf('accounts.glance'))
    for (const topic of ['automation', 'accounts', 'check-in'] as const) announce({ topic })
    await act(async () => {
      await new Promise((resolve) => setTimeout(resolve, 300))
    })
    expect(names(worker).filter((name) => name === 'automation.popup')).toHaveLength(1)
  })

  it('is left alone while there is no account', async () => {
    const worker = startFakeWorker()
    renderUi(<Popup />)
    await screen.findByText('No accounts yet')
    await act(async () => {
      await new Promise((resolve) => setTimeout(resolve, 100))
    })
    expect(names(worker)).not.toContain('automation.popup')
  })

  it('warns in a line that leads to the list', async () => {
    startFakeWorker({ rows, warnings })
    const opened = watchOpenedPages()
    renderUi(<Popup />)
    await userEvent.click(await screen.findByText(WARNED))
    await waitFor(() => {
      expect(opened[0]).toMatch(/options\.html#\/needs-you$/)
    })
  })

  it('warns no more once that is put away', async () => {
    const worker = startFakeWorker({ rows, warnings })
    renderUi(<Popup />)
    await screen.findByText(WARNED)
    await userEvent.click(screen.getByRole('button', { name: 'Put all away' }))
    expect(screen.queryByText(WARNED)).toBeNull()
    expect(worker.sent).toContainEqual({
      name: 'warnings.putAway',
      input: { keys: ['a', 'b', 'c'] },
    })
  })

  it('warns again when that could not be put away', async () => {
    startFakeWorker({ rows, warnings, failures: { 'warnings.putAway': { class: 'storage' } } })
    renderUi(<Popup />)
    await userEvent.click(
      await screen.findByRole('button', { name: 'Put all away' }, { timeout: 5000 }),
    )
    await screen.findByText(WARNED)
  })

  it('that does not answer disturbs nobody', async () => {
    const worker = startFakeWorker({
      rows,
      failures: { 'automation.popup': { class: 'interrupted', reason: 'no-answer' } },
    })
    renderUi(<Popup />)
    await screen.findByText(/^Check-in: 2 of 5/)
    // The run may still be asked for.
    await screen.findByRole('button', { name: 'Run' })
    expect(names(worker)).toContain('automation.popup')
    expect(screen.queryByRole('alert')).toBeNull()
  })
})
