// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'

import type { Failure } from '@/src/domain/failure'
import type { GlanceRow } from '@/src/domain/glance'
import { complete, unavailable } from '@/src/domain/metric'
import type { SiteDescription } from '@/src/domain/site-description'
import type { SnapshotRecord, Subscription } from '@/src/domain/snapshot'
import type { AccountDetails } from '@/src/messaging/protocol'

import { detailsOf, openPage } from './options-harness'
import { makeRow } from './support/make-row'

const one = makeRow(1)

interface Given {
  row?: Partial<GlanceRow>
  snapshot?: Partial<SnapshotRecord>
  details?: Partial<AccountDetails>
  site?: Partial<SiteDescription>
}

const site: SiteDescription = {
  type: 'new-api',
  label: 'New API',
  userId: 'needed',
  authModes: ['token', 'cookie', 'session'],
  unit: 'points',
  capabilities: [],
  endpoints: { chat: '', responses: '', anthropic: '', google: '' },
  routes: { login: '/login' },
}

/** Opens the details of an account. */
async function openDetails({ row = {}, snapshot = {}, details = {}, site: of = {} }: Given) {
  const shown = { ...one, ...row }
  const page = await openPage(`#/accounts/${shown.id}`, {
    'accounts.glance': () => ({ rows: [shown], damaged: [] }),
    'accounts.details': () =>
      detailsOf(shown, {
        snapshot: { id: shown.id, failuresInRow: 0, ...snapshot },
        ...details,
      }),
    'sites.describe': () => [{ ...site, ...of }],
    'help.progress': () => ({ left: [], ended: [] }),
    'help.start': () => ({}),
  })
  const panel = await screen.findByRole('complementary', { name: shown.name })
  await within(panel).findByText('About this account')
  return { ...page, panel: within(panel) }
}

const failing = (failure: Failure) => ({ failuresInRow: 1, lastAttempt: { atMs: 1, failure } })

describe('a failure in the details', () => {
  it('leads to the login page where the site of that generation has it', async () => {
    const { panel } = await openDetails({
      row: { authMode: 'cookie' },
      snapshot: {
        ...failing({ class: 'login', reason: 'not-logged-in' }),
        generation: { value: 'g4', atMs: 1 },
      },
      site: { routesByGeneration: { g4: { login: '/sign-in' } } },
    })
    const link = await panel.findByRole('link', { name: 'Open site' })
    expect(link.getAttribute('href')).toBe('https://relay1.example/sign-in')
    expect(link.getAttribute('rel')).toBe('noreferrer')
  })

  it('has no link where the family has no login page', async () => {
    const { panel } = await openDetails({
      row: { authMode: 'cookie' },
      snapshot: failing({ class: 'login' }),
      site: { routes: {} },
    })
    await panel.findByText('New API')
    expect(panel.queryByRole('link', { name: 'Open site' })).toBeNull()
  })

  it('of an access token leads to the form that takes a new one', async () => {
    const { user, panel } = await openDetails({
      snapshot: failing({ class: 'login', reason: 'invalid-token' }),
    })
    const notice = within(panel.getByRole('alert'))
    await user.click(notice.getByRole('button', { name: 'Edit' }))
    expect(location.hash).toBe(`#/accounts/${one.id}/edit`)
  })

  it('of a protection page is helped with, unless the account is disabled', async () => {
    const challenge = failing({ class: 'challenge', reason: 'challenge-page' })
    const { user, panel, sent } = await openDetails({ snapshot: challenge })
    await user.click(panel.getByRole('button', { name: 'Open and pass the check' }))
    expect(sent('help.start')).toEqual([{ origins: [one.origin] }])
    const disabled = await openDetails({ snapshot: challenge, row: { disabled: true } })
    await disabled.panel.findByRole('link', { name: 'Open site' })
    expect(disabled.panel.queryByRole('button', { name: 'Open and pass the check' })).toBeNull()
  })

  it('says when Relaydeck tries again by itself', async () => {
    const { panel } = await openDetails({
      snapshot: failing({
        class: 'server',
        reason: 'resting',
        retryAtMs: Date.now() + 3_600_000,
      }),
    })
    panel.getByText(/^No automatic try before /)
    panel.getByText('Refresh this account to try at once.')
  })

  it('asks the browser for access and refreshes once it is granted', async () => {
    const { user, sent, request, panel } = await openDetails({ details: { accessGranted: false } })
    await user.click(panel.getByRole('button', { name: 'Grant access' }))
    expect(request).toHaveBeenCalledWith({ origins: ['https://relay1.example/*'] })
    await waitFor(() => {
      expect(sent('refresh.start')).toEqual([{ ids: [one.id] }])
    })
  })

  it('keeps what was tried out of the way, and copies it without words of the site', async () => {
    const atMs = Date.UTC(2026, 0, 2, 3, 4, 5)
    const { user, panel } = await openDetails({
      snapshot: {
        generation: { value: 'g1b', atMs: 1 },
        ...failing({
          class: 'network',
          reason: 'timeout',
          detail: 'Dear alice',
          trace: [
            {
              atMs,
              method: 'GET',
              path: '/api/status',
              proof: 'none',
              via: 'worker',
              outcome: 'answered',
              httpStatus: 200,
              media: 'json',
              tookMs: 12,
            },
            {
              atMs,
              method: 'GET',
              path: '/api/user/self',
              proof: 'authorization',
              via: 'tab',
              outcome: 'network/timeout',
            },
          ],
        }),
      },
    })
    const summary = panel.getByText('What was tried (2)')
    expect(summary.closest('details')?.open).toBe(false)
    panel.getByText('Status 200, JSON · 12 ms')
    panel.getByText(/through an open tab · with a token$/)
    expect(panel.getAllByText('No connection').length).toBeGreaterThan(1)
    await user.click(panel.getByRole('button', { name: 'Copy details' }))
    const copied = await navigator.clipboard.readText()
    expect(copied).toContain('site: new-api\ngeneration: g1b\n')
    expect(copied).toContain('GET /api/user/self authorization tab network/timeout')
    expect(copied).not.toMatch(/alice|relay1|101|Relay 1/)
  })
})

describe('plans in the details', () => {
  const plan: Subscription = {
    id: '7',
    name: 'Pro',
    status: 'active',
    windows: [
      { span: 'day', used: complete(2.5), limit: 10, resetsAtMs: Date.UTC(2199, 0, 1) },
      { span: 'week', used: unavailable('unsupported'), limit: 20 },
      { span: 'month', used: complete(30), limit: null },
    ],
  }

  const withPlans = (...subscriptions: Subscription[]): Given => ({
    row: { unit: 'usd' },
    snapshot: {
      figures: {
        userId: '101',
        username: 'user1',
        balance: complete(1),
        usedTotal: complete(1),
        requestsTotal: complete(1),
        subscriptions,
      },
    },
  })

  it('show use, limit, reset, and what is unlimited or unknown', async () => {
    const { panel } = await openDetails(withPlans(plan))
    panel.getByText('Pro')
    panel.getByText('Active')
    const day = panel.getByRole('meter', { name: 'Day' })
    expect([day.getAttribute('aria-valuenow'), day.getAttribute('aria-valuemax')]).toEqual([
      '2.5',
      '10',
    ])
    expect(day.parentElement?.textContent).toContain('$2.50 / $10.00')
    expect(panel.getAllByRole('meter')).toHaveLength(1)
    panel.getByText(/^Starts anew (?:Jan 1, 2199|Dec 31, 2198)/)
    panel.getByText(/Unlimited/)
    panel.getByText('Unknown: this site does not tell')
  })

  it('say in words that a window is used up and that a plan ended', async () => {
    const { panel } = await openDetails(
      withPlans({
        ...plan,
        name: '',
        status: 'expired',
        expiresAtMs: Date.UTC(2026, 0, 2),
        windows: [{ span: 'day', used: complete(10), limit: 10 }],
      }),
    )
    panel.getByText('Unnamed plan')
    panel.getByText('Ended')
    panel.getByText('Used up')
    panel.getByText(/^Ends Jan [12], 2026/)
  })

  it('take no room where a family has none', async () => {
    const { panel } = await openDetails({})
    expect(panel.queryByText('Plans')).toBeNull()
  })
})

it('the details name a hosted service by the address people look at', async () => {
  const webOrigin = 'https://console.hosted.example'
  const { panel } = await openDetails({
    row: { authMode: 'session' },
    site: { hosted: { origin: one.origin, webOrigin, hosts: [] } },
  })
  const link = await panel.findByRole('link', { name: webOrigin })
  expect(link.getAttribute('href')).toBe(webOrigin)
  panel.getByText('Session of the site')
})
