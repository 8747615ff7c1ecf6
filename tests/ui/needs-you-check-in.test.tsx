// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'

import { type Failure, raise } from '@/src/domain/failure'
import type { GlanceRow } from '@/src/domain/glance'
import type { Language } from '@/src/domain/settings'
import type { Warning } from '@/src/domain/warning'
import { showLanguage } from '@/src/ui/text/i18n'

import { type Answers, openPage } from './options-harness'
import { fillDomGaps } from './support/dom-gaps'
import { makeMark } from './support/make-check-in'
import { makeRow } from './support/make-row'

fillDomGaps()

const DAY_MS = 86_400_000

function waiting(index: number, failure?: Failure, given: Partial<GlanceRow> = {}): GlanceRow {
  const checkIn = makeMark('needs-you', failure ? { failure } : {})
  return makeRow(index, { authMode: 'cookie', checkIn, ...given })
}

const turnstile: Failure = { class: 'proof', reason: 'turnstile' }

async function openList(rows: readonly GlanceRow[], given: Answers = {}) {
  return openPage('#/needs-you', {
    'accounts.glance': () => ({ rows: [...rows], damaged: [] }),
    'help.progress': () => ({ left: [], ended: [] }),
    'checkIn.open': ({ accountIds }) => ({ opened: accountIds.length }),
    'checkIn.run': () => ({ runId: `run_${'1'.repeat(32)}` }),
    ...given,
  })
}

async function entryOf(host: string) {
  const list = await screen.findByRole('list', { name: 'What waits for you' })
  const entries = within(list).getAllByRole('listitem')
  const found = entries.find((entry) => within(entry).queryByText(host))
  if (!found) throw new Error(`No entry of ${host}`)
  return within(found)
}

describe('a check-in that waits', () => {
  it.each<[string, Failure | undefined, RegExp]>([
    ['proof of a person', turnstile, /wants proof that a person checks in/],
    ['a page of one’s own', undefined, /waits to be opened\./],
    ['anything else', { class: 'refused' }, /leaves today’s check-in to you/],
  ])('for %s has one button, which opens its page', async (_, failure, words) => {
    const { user, sent } = await openList([waiting(1, failure)])
    const entry = await entryOf('relay1.example')
    entry.getByText('Check-in needs you')
    entry.getByText(words)
    const link = entry.getByRole('link', { name: 'Relay 1' })
    expect(link.getAttribute('href')).toBe(`#/check-in/${makeRow(1).id}`)
    // What the figures say has nothing to do with it.
    expect(entry.queryByText('Last worked')).toBeNull()
    await user.click(entry.getByRole('button', { name: 'Open the check-in page' }))
    expect(sent('checkIn.open')).toEqual([{ accountIds: [makeRow(1).id] }])
  })

  it('is opened with all others of its kind', async () => {
    const rows = [waiting(1, turnstile), waiting(2, turnstile), waiting(3, { class: 'login' })]
    const { user, sent } = await openList(rows)
    await user.click(await screen.findByRole('button', { name: 'Open all 2 check-in pages' }))
    expect(sent('checkIn.open')).toEqual([{ accountIds: [rows[0]!.id, rows[1]!.id] }])
  })

  it('for a login leads there, and is tried again as a check-in', async () => {
    const { user, sent } = await openList([waiting(1, { class: 'login' })])
    const entry = await entryOf('relay1.example')
    entry.getByText('Only the daily check-in waits for this. The figures are not affected.')
    await entry.findByRole('link', { name: 'Open site' })
    await user.click(entry.getByRole('button', { name: 'Check in again' }))
    expect(sent('checkIn.run')).toEqual([{ accountIds: [makeRow(1).id] }])
    expect(sent('refresh.start')).toEqual([])
  })

  it('joins what its site waits for, and is tried again beside it', async () => {
    const origin = 'https://shop.example'
    const shielded = makeRow(2, { origin, health: 'bad', failure: { class: 'challenge' } })
    const rows = [shielded, waiting(1, { class: 'challenge' }, { origin })]
    const { user, sent } = await openList(rows)
    const entry = await entryOf('shop.example')
    entry.getByRole('button', { name: 'Open and pass the check' })
    expect(entry.queryByText(/Only the daily check-in/)).toBeNull()
    await user.click(entry.getByRole('button', { name: 'Check in again' }))
    expect(sent('checkIn.run')).toEqual([{ accountIds: [makeRow(1).id] }])
  })

  it('checks in after access was granted', async () => {
    const { user, sent } = await openList([waiting(1, { class: 'access', reason: 'revoked' })])
    await user.click(await screen.findByRole('button', { name: 'Grant access' }))
    await waitFor(() => {
      expect(sent('checkIn.run')).toEqual([{ accountIds: [makeRow(1).id] }])
    })
  })

  it('whose page could not be opened says why', async () => {
    const { user } = await openList([waiting(1, turnstile)], {
      'checkIn.open': () => raise({ class: 'internal' }),
    })
    await user.click(await screen.findByRole('button', { name: 'Open the check-in page' }))
    await screen.findByText('Error in Relaydeck')
  })

  it('is gone with the day of its site', async () => {
    const over = makeMark('needs-you', { failure: turnstile, untilMs: Date.now() - 60_000 })
    await openList([makeRow(1, { checkIn: over })])
    await screen.findByText('Nothing needs you')
  })
})

const warning = (index: number, given: Partial<Warning>): Warning => ({
  key: `warning ${String(index)}`,
  kind: 'low-balance',
  accountId: makeRow(index).id,
  ...given,
})

const low = warning(1, { balanceUsd: 1.5, thresholdUsd: 5 })
const plan = warning(2, { kind: 'plan-ends', plan: 'Pro', endsAtMs: Date.now() + 2.1 * DAY_MS })
const login = warning(3, { kind: 'login-ends', endsAtMs: Date.now() + 5.2 * 3_600_000 })

/** A list whose warnings stay until they are put away. */
async function openSoon(first: Warning[], given: Answers = {}) {
  let warnings = first
  const page = await openList([makeRow(1), makeRow(2), makeRow(3)], {
    'warnings.list': () => warnings,
    'warnings.putAway': ({ keys }) => {
      warnings = warnings.filter(({ key }) => !keys.includes(key))
      return {}
    },
    ...given,
  })
  return page
}

const lines = () =>
  within(screen.getByRole('region', { name: 'Soon' }))
    .getAllByRole('listitem')
    .map((line) => line.textContent)

describe('what needs the user soon', () => {
  it('stands below, with thresholds and times', async () => {
    await openSoon([low, plan, login, warning(8, {})])
    await screen.findByRole('region', { name: 'Soon' })
    expect(lines()).toEqual([
      'Relay 1$1.50 left, less than $5.00',
      'Relay 2The plan Pro ends in about 2 days',
      'Relay 3The login ends in about 5 hours',
    ])
    screen.getByText('Nothing needs you')
  })

  it('is put away line by line; the focus stays on the page', async () => {
    const { user, sent } = await openSoon([low, plan])
    const button = { name: 'Put the warning about Relay 1 away' }
    await user.click(await screen.findByRole('button', button))
    expect(sent('warnings.putAway')).toEqual([{ keys: [low.key] }])
    await waitFor(() => {
      expect(lines()).toEqual(['Relay 2The plan Pro ends in about 2 days'])
    })
    expect(document.activeElement?.textContent).toBe('Soon')
  })

  it('is put away at once', async () => {
    const { user, sent } = await openSoon([low, plan, login])
    await user.click(await screen.findByRole('button', { name: 'Put all away' }))
    expect(sent('warnings.putAway')).toEqual([{ keys: [low.key, plan.key, login.key] }])
    await waitFor(() => {
      expect(screen.queryByRole('region', { name: 'Soon' })).toBeNull()
    })
  })

  it('says why it could not be put away or read', async () => {
    const { user } = await openSoon([low], {
      'warnings.putAway': () => raise({ class: 'storage' }),
    })
    await user.click(await screen.findByRole('button', { name: 'Put all away' }))
    await screen.findByText('Stored data not readable')
    expect(lines()).toHaveLength(1)
    await openSoon([], { 'warnings.list': () => raise({ class: 'storage' }) })
    await screen.findByText('Stored data not readable')
  })

  it.each<[Language, string, string]>([
    ['zh-CN', '即将到来', '还剩 $1.50，低于 $5.00'],
    ['ja', 'まもなく', '残り $1.50（しきい値 $5.00）'],
  ])('speaks %s', async (language, title, words) => {
    await openSoon([low, plan, login])
    await screen.findByRole('region', { name: 'Soon' })
    await act(() => showLanguage(language, ['common', 'failures', 'shell', 'needs-you']))
    screen.getByRole('region', { name: title })
    screen.getByText(words)
    expect(document.querySelector('main')?.textContent).not.toMatch(/\{\{|soon\.[a-z]/)
  })
})
