// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'

import { type Failure, raise } from '@/src/domain/failure'
import type { GlanceRow } from '@/src/domain/glance'
import type { HelpProgress } from '@/src/domain/help'
import type { Language } from '@/src/domain/settings'
import { createAnnouncer } from '@/src/messaging/events'
import { showLanguage } from '@/src/ui/text/i18n'

import { openPage } from './options-harness'
import { fillDomGaps } from './support/dom-gaps'
import { makeRow } from './support/make-row'

fillDomGaps()

const shop = 'https://shop.example'
const hub = 'https://hub.example:8443'

function waiting(index: number, failure: Failure, given: Partial<GlanceRow> = {}): GlanceRow {
  const attemptAtMs = Date.now() - 150_000
  return makeRow(index, { health: 'bad', failure, attemptAtMs, ...given })
}

const shielded = (index: number, origin: string, reason = 'challenge-page') =>
  waiting(index, { class: 'challenge', reason }, { origin })

interface Given {
  rows: readonly GlanceRow[]
  help?: HelpProgress
}

async function openList({ rows, help = { left: [], ended: [] } }: Given) {
  return openPage('#/needs-you', {
    'accounts.glance': () => ({ rows: [...rows], damaged: [] }),
    'help.progress': () => help,
    'help.start': () => ({}),
    'help.stop': () => ({}),
  })
}

/** The entries of the list, by the site they begin with. */
async function entries(): Promise<HTMLElement[]> {
  const list = await screen.findByRole('list', { name: 'What waits for you' })
  return within(list).getAllByRole('listitem')
}

async function entryOf(host: string): Promise<HTMLElement> {
  const found = (await entries()).find((entry) => within(entry).queryByText(host))
  if (!found) throw new Error(`No entry of ${host}`)
  return found
}

let announce: ReturnType<typeof createAnnouncer>
beforeEach(() => {
  announce = createAnnouncer()
})

async function tell(help: HelpProgress): Promise<void> {
  announce({ topic: 'help', help })
  await act(async () => {
    await new Promise((resolve) => setTimeout(resolve, 40))
  })
}

describe('the list of what waits', () => {
  it('says that nothing waits', async () => {
    await openList({
      rows: [
        makeRow(1),
        makeRow(2, { health: 'attention', failure: { class: 'network', reason: 'resting' } }),
        shielded(3, shop),
      ].map((row) => (row.id === makeRow(3).id ? { ...row, disabled: true } : row)),
    })
    await screen.findByText('Nothing needs you')
    screen.getByText(/No site opens by itself/)
    expect(screen.queryByRole('list', { name: 'What waits for you' })).toBeNull()
  })

  it('has one entry per shielded site, whatever the number of accounts', async () => {
    await openList({
      rows: [
        shielded(1, shop, 'resting'),
        shielded(2, shop),
        shielded(3, shop),
        shielded(4, shop),
        shielded(5, hub),
      ],
    })
    expect(await entries()).toHaveLength(2)
    const entry = within(await entryOf('shop.example'))
    entry.getByText(/showed a protection page instead of an answer/)
    expect(entry.getAllByRole('link').map((link) => link.textContent)).toEqual([
      'Relay 1',
      'Relay 2',
      'Relay 3',
    ])
    entry.getByText('and 1 more')
    entry.getByText('2 min ago')
    await entryOf('hub.example:8443')
  })

  it('stands in the order of urgency', async () => {
    await openList({
      rows: [
        waiting(1, { class: 'changed-api' }),
        waiting(2, { class: 'access', reason: 'revoked' }),
        waiting(3, { class: 'login' }, { authMode: 'cookie' }),
        shielded(4, shop),
      ],
    })
    const hosts = (await entries()).map((entry) => entry.querySelector('.text-15')?.textContent)
    expect(hosts).toEqual(['shop.example', 'relay3.example', 'relay2.example', 'relay1.example'])
  })

  it('says why it could not be read, and reads again', async () => {
    let broken = true
    const { user } = await openPage('#/needs-you', {
      'accounts.glance': () =>
        broken ? raise({ class: 'storage' }) : { rows: [shielded(1, shop)], damaged: [] },
      'help.progress': () => ({ left: [], ended: [] }),
    })
    await screen.findByText('Stored data not readable')
    broken = false
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await entries()).toHaveLength(1)
  })

  it('keeps few elements and one stop of the Tab key with 300 accounts', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => waiting(i + 1, { class: 'login' }))
    const { user } = await openList({ rows })
    const list = await screen.findByRole('list', { name: 'What waits for you' })
    expect(list.querySelectorAll('*').length).toBeLessThan(800)
    within(list).getByText('relay1.example')
    const inTabOrder = [...list.querySelectorAll<HTMLElement>('a, button')].filter(
      ({ tabIndex }) => tabIndex === 0,
    )
    expect(new Set(inTabOrder.map((one) => one.closest('[data-index]'))).size).toBe(1)
    inTabOrder[0]?.focus()
    await user.keyboard('{ArrowDown}')
    expect(document.activeElement?.textContent).toBe('Relay 2')
  })

  it.each<[Language, string]>([
    ['zh-CN', '打开并完成验证'],
    ['ja', '開いて確認を済ませる'],
  ])('speaks %s', async (language, action) => {
    await openList({ rows: [shielded(1, shop), shielded(2, hub)] })
    expect(await entries()).toHaveLength(2)
    await act(() => showLanguage(language, ['common', 'failures', 'shell', 'needs-you']))
    expect(screen.getAllByRole('button', { name: action })).toHaveLength(2)
    expect(document.querySelector('main')?.textContent).not.toMatch(/\{\{|[a-z]\.[a-z-]+\.[a-z]/)
  })
})

describe('what is done about an entry', () => {
  it('opens a shielded site', async () => {
    const { user, sent } = await openList({ rows: [shielded(1, shop)] })
    await user.click(await screen.findByRole('button', { name: 'Open and pass the check' }))
    expect(sent('help.start')).toEqual([{ origins: [shop] }])
    expect(screen.queryByRole('button', { name: /all/ })).toBeNull()
  })

  it('opens all shielded sites one after the other', async () => {
    const { user, sent } = await openList({
      rows: [shielded(1, shop), shielded(2, hub), waiting(3, { class: 'login' })],
    })
    await user.click(await screen.findByRole('button', { name: 'Help with all 2 sites' }))
    expect(sent('help.start')).toEqual([{ origins: [shop, hub] }])
  })

  it('leads to the login, and tries again afterwards', async () => {
    const row = waiting(1, { class: 'needs-tab', reason: 'page-session' }, { authMode: 'session' })
    const { user, sent } = await openList({ rows: [row] })
    const link = await screen.findByRole('link', { name: 'Open site' })
    expect(link.getAttribute('href')).toBe('https://relay1.example/login')
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(sent('refresh.start')).toEqual([{ ids: [row.id] }])
  })

  it('asks the browser for access first of all, and refreshes all accounts there', async () => {
    const revoked = { class: 'access', reason: 'revoked' } as const
    const rows = [waiting(1, revoked, { origin: shop }), waiting(2, revoked, { origin: shop })]
    const { user, sent, request } = await openList({ rows })
    await screen.findByText(/Nothing is sent there any more/)
    request.mockResolvedValueOnce(false)
    await user.click(screen.getByRole('button', { name: 'Grant access' }))
    await screen.findByText(/Access was not granted/)
    expect(sent('refresh.start')).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Grant access' }))
    expect(request).toHaveBeenLastCalledWith({ origins: [`${shop}/*`] })
    await waitFor(() => {
      expect(sent('refresh.start')).toEqual([{ ids: rows.map(({ id }) => id) }])
    })
  })

  it.each<[string, Failure, Partial<GlanceRow>, string, string]>([
    ['a token', { class: 'login' }, { authMode: 'token' }, 'Edit account', '/edit'],
    ['an identity', { class: 'identity' }, { authMode: 'cookie' }, 'Edit account', '/edit'],
    [
      'cookies of its own',
      { class: 'access', reason: 'own-cookies-not-granted' },
      { authMode: 'cookie' },
      'Edit account',
      '/edit',
    ],
    ['a second factor', { class: 'proof' }, {}, 'Open details', ''],
    ['a changed site', { class: 'changed-api' }, {}, 'Open details', ''],
  ])('leads to the account for %s', async (_, failure, given, name, end) => {
    const row = waiting(1, failure, given)
    await openList({ rows: [row] })
    const link = await screen.findByRole('link', { name })
    expect(link.getAttribute('href')).toBe(`#/accounts/${row.id}${end}`)
  })
})

describe('help with protection pages', () => {
  const two = { rows: [shielded(1, shop), shielded(2, hub)] }

  it('shows the site, how far it is, how many are left, and stops', async () => {
    const { user, sent } = await openList(two)
    await entries()
    await tell({
      current: { origin: shop, phase: 'opening', unseen: false },
      left: [hub],
      ended: [],
    })
    const help = within(screen.getByRole('region', { name: 'Help with protection pages' }))
    help.getByText(/^Opening shop\.example\./)
    help.getByText('1 left after this one.')
    within(await entryOf('shop.example')).getByRole('button', { name: 'Opening' })
    within(await entryOf('hub.example:8443')).getByRole('button', { name: 'In line' })

    await tell({
      current: { origin: shop, phase: 'waiting', unseen: false },
      left: [hub],
      ended: [],
    })
    expect(help.getByRole('status').textContent).toContain('Pass its check there')
    expect(help.getByRole('progressbar').getAttribute('aria-valuemax')).toBe('2')

    await user.click(help.getByRole('button', { name: 'Stop' }))
    expect(sent('help.stop')).toEqual([{}])
    expect(help.getByRole('button', { name: 'Stopping' })).toHaveProperty('disabled', true)
  })

  it('goes on showing between two sites, and tells an unseen one apart', async () => {
    await openList({ ...two, help: { left: [hub], ended: [{ origin: shop, outcome: 'passed' }] } })
    await screen.findByText(/^Opening hub\.example:8443\./)
    await tell({ current: { origin: hub, phase: 'waiting', unseen: true }, left: [], ended: [] })
    screen.getByText(/open in the background, as you allowed/)
    await tell({ current: { origin: hub, phase: 'running', unseen: true }, left: [], ended: [] })
    screen.getByText(/Its figures are being fetched/)
  })

  it('sums up the end, names what did not succeed, and tries only that again', async () => {
    const { user, sent } = await openList(two)
    await entries()
    await tell({ current: { origin: shop, phase: 'opening', unseen: false }, left: [], ended: [] })
    await tell({
      left: [],
      ended: [
        { origin: shop, outcome: 'closed' },
        { origin: hub, outcome: 'gave-up' },
        { origin: 'https://fine.example', outcome: 'passed' },
        { origin: 'https://gone.example', outcome: 'gave-up' },
      ],
    })
    screen.getByText('1 passed · 1 closed · 2 not passed')
    screen.getByText('Its tab was closed before the check was passed.')
    await user.click(screen.getByRole('button', { name: 'Try these again' }))
    expect(sent('help.start')).toEqual([{ origins: [shop, hub] }])
    await user.click(screen.getByRole('button', { name: 'Dismiss' }))
    expect(screen.queryByText(/1 passed/)).toBeNull()
  })

  it('does not report help that ended before the page was opened', async () => {
    await openList({ ...two, help: { left: [], ended: [{ origin: shop, outcome: 'closed' }] } })
    await entries()
    expect(screen.queryByText(/closed/)).toBeNull()
  })

  it('says why it did not start', async () => {
    const { user } = await openPage('#/needs-you', {
      'accounts.glance': () => ({ rows: [shielded(1, shop)], damaged: [] }),
      'help.progress': () => ({ left: [], ended: [] }),
      'help.start': () => raise({ class: 'internal' }),
    })
    await user.click(await screen.findByRole('button', { name: 'Open and pass the check' }))
    await screen.findByText('Error in Relaydeck')
  })
})

it('an entry that is settled hands the focus to the next one, the last one to the heading', async () => {
  let rows = [shielded(1, shop), shielded(2, hub)]
  await openPage('#/needs-you', {
    'accounts.glance': () => ({ rows, damaged: [] }),
    'help.progress': () => ({ left: [], ended: [] }),
  })
  const settleFirst = async () => {
    rows = rows.slice(1)
    announce({ topic: 'accounts' })
    await waitFor(async () => {
      if (rows.length > 0) expect(await entries()).toHaveLength(rows.length)
      else await screen.findByText('Nothing needs you')
    })
  }
  within(await entryOf('shop.example'))
    .getByRole('button')
    .focus()
  await settleFirst()
  await waitFor(() => {
    expect(document.activeElement?.textContent).toBe('Relay 2')
  })
  await settleFirst()
  await waitFor(() => {
    expect(document.activeElement?.tagName).toBe('H1')
  })
})
