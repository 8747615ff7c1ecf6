// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { fakeBrowser } from 'wxt/testing'

import { complete, unavailable } from '@/src/domain/metric'
import type { JobProgress } from '@/src/domain/job'
import { DEFAULT_SETTINGS } from '@/src/domain/settings'
import { createAnnouncer } from '@/src/messaging/events'
import { Popup } from '@/src/ui/features/popup/popup'

import { fillDomGaps } from './support/dom-gaps'
import { startFakeWorker } from './support/fake-worker'
import { makeRow } from './support/make-row'
import { renderUi, withTexts } from './support/render-ui'

fillDomGaps()
withTexts()

const names = (): string[] =>
  screen
    .getAllByRole('listitem')
    .map(
      (row) => within(row).getAllByRole('button')[0]?.querySelector('.text-15')?.textContent ?? '',
    )

const job = (given: Partial<JobProgress>): JobProgress => ({
  jobId: 'job_1',
  state: 'running',
  total: 3,
  succeeded: 0,
  failed: 0,
  skipped: 0,
  startedAtMs: 1,
  ...given,
})

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

/** Lets announcements, which travel outside React, arrive. */
async function arrive(): Promise<void> {
  await act(async () => {
    await new Promise((resolve) => setTimeout(resolve, 40))
  })
}

describe('states', () => {
  it('first use: one sentence, one action that takes the current site along', async () => {
    startFakeWorker()
    const tab = await fakeBrowser.tabs.create({ url: 'https://api.relay.example/console' })
    Object.assign(fakeBrowser.tabs, { query: () => Promise.resolve([tab]) })
    const opened = watchOpenedPages()
    renderUi(<Popup />)
    await screen.findByText('No accounts yet')
    await userEvent.click(screen.getByRole('button', { name: 'Add account' }))
    await waitFor(() => {
      expect(opened[0]).toContain(
        `#/accounts?add=1&origin=https%3A%2F%2Fapi.relay.example&tab=${String(tab.id)}`,
      )
    })
  })

  it('shows nothing but room while it loads', () => {
    startFakeWorker()
    renderUi(<Popup />)
    expect(screen.queryByText('No accounts yet')).toBeNull()
    expect(screen.queryByRole('listitem')).toBeNull()
  })

  it('sums what is known and names what is not', async () => {
    startFakeWorker({
      rows: [makeRow(1), makeRow(2, { balance: unavailable('request-failed') }), makeRow(3)],
    })
    renderUi(<Popup />)
    expect(await screen.findByText('$20.00')).toBeTruthy()
    expect(screen.getByText('1 of 3 unknown')).toBeTruthy()
    expect(screen.getByText('Today $3.00')).toBeTruthy()
  })

  it('all unknown is a dash, not zero', async () => {
    const nothing = unavailable('never-fetched')
    startFakeWorker({ rows: [makeRow(1, { balance: nothing, today: nothing })] })
    renderUi(<Popup />)
    const total = await screen.findByRole('button', { name: /Total balance unknown/ })
    expect(total.textContent).toBe('—')
    expect(document.body.textContent).not.toContain('$0')
  })

  it('names damaged records', async () => {
    startFakeWorker({
      rows: [makeRow(1)],
      damaged: [{ store: 'accounts', id: 'x', reason: 'tampered' }],
    })
    renderUi(<Popup />)
    expect(await screen.findByText('1 stored record cannot be opened.')).toBeTruthy()
  })

  it('a worker that does not answer: says so, and reads again on request', async () => {
    const worker = startFakeWorker({
      rows: [makeRow(1)],
      failures: { 'accounts.glance': { class: 'interrupted', reason: 'no-answer' } },
    })
    renderUi(<Popup />)
    await screen.findByText('Cut off midway')
    worker.failures = {}
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByText('Relay 1')).toBeTruthy()
  })

  it('keeps 1,000 accounts below 800 elements', async () => {
    startFakeWorker({ rows: Array.from({ length: 1000 }, (_, index) => makeRow(index)) })
    const { container } = renderUi(<Popup />)
    await screen.findAllByRole('listitem')
    expect(container.querySelectorAll('*').length).toBeLessThan(800)
  })
})

describe('search', () => {
  it('is reached with / and finds by name, user and host', async () => {
    const user = userEvent.setup()
    startFakeWorker({ rows: [makeRow(1, { name: 'Nova' }), makeRow(2, { name: 'Kite' })] })
    renderUi(<Popup />)
    await screen.findByText('Nova')
    await user.keyboard('/relay2.ex')
    expect(names()).toEqual(['Kite'])
    await user.keyboard('zzz')
    expect(screen.getByText('No account matches “relay2.exzzz”.')).toBeTruthy()
    await user.click(screen.getAllByRole('button', { name: 'Clear search' })[1] ?? document.body)
    expect(names()).toHaveLength(2)
  })

  it('takes letters as text: r does not refresh while typing', async () => {
    const user = userEvent.setup()
    const worker = startFakeWorker({ rows: [makeRow(1)] })
    renderUi(<Popup />)
    await screen.findByText('Relay 1')
    await user.keyboard('{Control>}k{/Control}r')
    expect(worker.sent.some(({ name }) => name === 'refresh.start')).toBe(false)
    await user.keyboard('{Escape}')
    screen.getByRole<HTMLInputElement>('searchbox').blur()
    await user.keyboard('r')
    expect(worker.sent.some(({ name }) => name === 'refresh.start')).toBe(true)
  })
})

describe('currency', () => {
  it('goes round on click, at once, and is stored', async () => {
    const user = userEvent.setup()
    const worker = startFakeWorker({ rows: [makeRow(1)] })
    renderUi(<Popup />)
    await user.click(await screen.findByRole('button', { name: /Total balance \$10.00/ }))
    expect(await screen.findByRole('button', { name: /Total balance ¥72.00/ })).toBeTruthy()
    await waitFor(() => {
      expect(worker.settings.currency).toBe('CNY')
    })
  })

  it('in points says how many accounts have none', async () => {
    startFakeWorker({
      settings: { ...DEFAULT_SETTINGS, currency: 'points' },
      rows: [makeRow(1), makeRow(2, { unit: 'usd', balance: complete(3), today: complete(1) })],
    })
    renderUi(<Popup />)
    await screen.findByText('1 not counted in points')
    screen.getByText('Today 500,000 points')
    expect(names()).toEqual(['Relay 1', 'Relay 2'])
    screen.getByText('$3.00')
  })

  it('in points is a dash where all accounts count in dollars, and that is not unknown', async () => {
    startFakeWorker({
      settings: { ...DEFAULT_SETTINGS, currency: 'points' },
      rows: [makeRow(1, { unit: 'usd', balance: complete(3), today: complete(1) })],
    })
    renderUi(<Popup />)
    await screen.findByRole('button', { name: /^No total in points/ })
    expect(screen.queryByText(/unknown/)).toBeNull()
  })

  it('goes back when it cannot be stored', async () => {
    const user = userEvent.setup()
    startFakeWorker({ rows: [makeRow(1)], failures: { 'settings.set': { class: 'storage' } } })
    renderUi(<Popup />)
    await user.click(await screen.findByRole('button', { name: /Total balance \$10.00/ }))
    expect(await screen.findByRole('button', { name: /Total balance \$10.00/ })).toBeTruthy()
  })
})

describe('rows', () => {
  it('open their details in place with Enter', async () => {
    const user = userEvent.setup()
    startFakeWorker({
      rows: [
        makeRow(1, {
          health: 'bad',
          failure: { class: 'login', reason: 'not-logged-in', httpStatus: 401 },
        }),
      ],
    })
    renderUi(<Popup />)
    const row = await screen.findByRole('button', { expanded: false, name: /Relay 1/ })
    row.focus()
    await user.keyboard('{Enter}')
    expect(row.getAttribute('aria-expanded')).toBe('true')
    expect(screen.getByText('Your login at relay1.example ended.')).toBeTruthy()
    expect(screen.getByText('101')).toBeTruthy()
    const link = screen.getByRole('link', { name: 'relay1.example' })
    expect(link.getAttribute('rel')).toBe('noopener noreferrer')
    expect(link.getAttribute('target')).toBe('_blank')
  })

  it('refresh one account', async () => {
    const user = userEvent.setup()
    const worker = startFakeWorker({ rows: [makeRow(1)] })
    renderUi(<Popup />)
    await user.click(await screen.findByRole('button', { name: 'Refresh' }))
    expect(worker.sent).toContainEqual({
      name: 'refresh.start',
      input: { ids: [makeRow(1).id] },
    })
  })
})

describe('what needs the user', () => {
  const challenge = { health: 'bad', failure: { class: 'challenge' } } as const

  it('is one line that counts matters, not accounts, and leads to the list', async () => {
    const user = userEvent.setup()
    const origin = 'https://shielded.example'
    startFakeWorker({
      rows: [
        makeRow(1, { ...challenge, origin }),
        makeRow(2, { ...challenge, origin }),
        makeRow(3, { health: 'bad', failure: { class: 'login' } }),
        makeRow(4, { ...challenge, disabled: true }),
        makeRow(5, { health: 'attention', failure: { class: 'network' } }),
      ],
    })
    const opened = watchOpenedPages()
    renderUi(<Popup />)
    await user.click(await screen.findByRole('button', { name: '2 things need you' }))
    await waitFor(() => {
      expect(opened[0]).toMatch(/options\.html#\/needs-you$/)
    })
    expect(names()).toHaveLength(5)
  })

  it('is not mentioned when there is nothing', async () => {
    startFakeWorker({ rows: [makeRow(1)] })
    renderUi(<Popup />)
    await screen.findByText('Relay 1')
    expect(screen.queryByText(/needs? you/i)).toBeNull()
  })
})

describe('refresh', () => {
  it('shows progress from announcements, keeps the order, and sums up the end', async () => {
    const worker = startFakeWorker({
      rows: [
        makeRow(1),
        makeRow(2, { balance: complete(1) }),
        makeRow(3, { balance: complete(0) }),
      ],
    })
    const announce = createAnnouncer()
    renderUi(<Popup />)
    await screen.findByText('Relay 1')
    announce({ topic: 'job', job: job({ succeeded: 1 }) })
    await arrive()
    expect(screen.getByRole('progressbar', { name: 'Refreshing: 1 of 3' })).toBeTruthy()
    worker.rows = worker.rows.map((row, index) =>
      index === 2 ? { ...row, balance: complete(50_000_000) } : row,
    )
    announce({ topic: 'job', job: job({ state: 'done', succeeded: 2, failed: 1 }) })
    await arrive()
    expect(await screen.findByText('$110.00')).toBeTruthy()
    expect(names()).toEqual(['Relay 1', 'Relay 2', 'Relay 3'])
    expect(screen.getByRole('status').textContent).toBe('Refreshed 2, failed 1')
  })

  it('can be cancelled', async () => {
    const user = userEvent.setup()
    const worker = startFakeWorker({ rows: [makeRow(1)], job: job({}) })
    renderUi(<Popup />)
    await user.click(await screen.findByTitle('Cancel refresh'))
    expect(worker.sent).toContainEqual({ name: 'refresh.cancel', input: { jobId: 'job_1' } })
  })

  it('asks again each second when announcements fall silent', async () => {
    const worker = startFakeWorker({ rows: [makeRow(1)], job: job({}) })
    renderUi(<Popup />)
    await screen.findByText('Relay 1')
    const asked = (): number => worker.sent.filter(({ name }) => name === 'refresh.progress').length
    const before = asked()
    await act(async () => {
      await new Promise((resolve) => setTimeout(resolve, 2300))
    })
    expect(asked() - before).toBeGreaterThanOrEqual(2)
  })

  it('says when the worker went silent in the middle', async () => {
    const worker = startFakeWorker({ rows: [makeRow(1)], job: job({}) })
    renderUi(<Popup />)
    await screen.findByText('Relay 1')
    worker.failures = { 'refresh.progress': { class: 'interrupted', reason: 'no-answer' } }
    expect(
      await screen.findByText(/background part does not answer/, {}, { timeout: 3000 }),
    ).toBeTruthy()
  })
})
