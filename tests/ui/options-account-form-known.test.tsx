// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'

import type { Failure } from '@/src/domain/failure'
import type { DetectedSite, Recognised } from '@/src/domain/recognition'
import type { TraceStep } from '@/src/domain/trace'

import { detailsOf, found, openPage, press, recognition, stopped } from './options-harness'
import { makeRow } from './support/make-row'

const ORIGIN = 'https://api.nova.example'
const ADD = `#/accounts?add=1&origin=${encodeURIComponent(ORIGIN)}`
const NO_TAB: Failure = { class: 'needs-tab', reason: 'none-open' }

const detected: DetectedSite = {
  origin: ORIGIN,
  siteType: 'one-api',
  evidence: [{ sign: 'probe', detail: '/api/status' }],
  siteName: 'Nova',
  unit: 'points',
  quotaPerUnit: 500_000,
  exchangeRate: 6.5,
}

async function looked(first: Recognised, ...then: Recognised[]) {
  const answers = [first, ...then]
  const page = await openPage(ADD, {
    'sites.recognise': () => answers.shift() ?? found(recognition),
  })
  await press(page, 'Recognise automatically')
  return page
}

const valueOf = (label: RegExp) => screen.getByLabelText<HTMLInputElement>(label).value

const step = (path: string, how: Partial<TraceStep>): TraceStep => ({
  atMs: 1,
  method: 'GET',
  path,
  proof: 'none',
  via: 'worker',
  outcome: 'answered',
  ...how,
})

describe('recognition that stops half way', () => {
  it('says what runs there while it waits for a tab, and fills it in by hand', async () => {
    const page = await looked(stopped(NO_TAB, detected))
    await screen.findByText('Recognised as One API')
    screen.getByText('Recognised by its answer at /api/status')
    await press(page, 'Enter by hand')
    screen.getByText('Recognised as One API')
    expect(valueOf(/^Site type/)).toBe('one-api')
    expect(valueOf(/^Site name/)).toBe('Nova')
    expect(valueOf(/^Exchange rate/)).toBe('6.5')
  })

  it('keeps what was typed, and forgets what was found when the address changes', async () => {
    const page = await looked(stopped(NO_TAB, detected))
    await press(page, 'Enter by hand')
    const name = screen.getByLabelText(/^Site name/)
    await page.user.clear(name)
    await page.user.type(name, 'Mine')
    await press(page, 'Back')
    await press(page, 'Recognise automatically')
    await screen.findByText('alice (ID 42)')
    expect(valueOf(/^Site name/)).toBe('Mine')
    await press(page, 'Enter by hand')
    await page.user.type(screen.getByLabelText(/^Site address/), '.cn')
    expect(screen.queryByText(/^Recognised as/)).toBeNull()
    expect(valueOf(/^Site name/)).toBe('Mine')
    expect(valueOf(/^User ID/)).toBe('')
  })

  it('explains a protection page that a tab could pass', async () => {
    await looked(stopped({ class: 'needs-tab', reason: 'shielded' }))
    await screen.findByText('A protection page stands in front of api.nova.example')
  })

  it('names what was tried at a site it does not know, each thing once', async () => {
    const trace = [
      step('/api/status', { httpStatus: 404, media: 'html' }),
      step('/api/v1/auth/me', { httpStatus: 200, media: 'html' }),
      step('/api/v1/auth/me', { httpStatus: 200, media: 'html' }),
      step('/api/models', { outcome: 'network/timeout' }),
      step('/api/user/self', { httpStatus: 200, media: 'json' }),
    ]
    await looked(stopped({ class: 'unsupported', reason: 'unknown-site', trace }))
    await screen.findByText('Site not recognised')
    screen.getByText(
      'Tried: /api/status: 404, /api/v1/auth/me: page instead of data, ' +
        '/api/models: no answer in time, and /api/user/self: data of another kind',
    )
  })

  it('has a sentence of its own for a site that is too slow', async () => {
    await looked(stopped({ class: 'network', reason: 'timeout' }))
    await screen.findByText(/did not show within 10 seconds what runs there/)
  })

  it('tells a slow login from a slow site', async () => {
    await looked(stopped({ class: 'network', reason: 'timeout' }, detected))
    await screen.findByText(/did not say within 20 seconds who is logged in/)
  })
})

describe('contradicting what was recognised', () => {
  it('looks again as the chosen type and keeps what was typed', async () => {
    const again = { ...recognition, draftId: 'draft_2', siteType: 'one-api' } as const
    const page = await looked(
      found(recognition),
      found({ ...again, evidence: [{ sign: 'chosen' }] }),
    )
    const name = await screen.findByLabelText(/^Site name/)
    await page.user.clear(name)
    await page.user.type(name, 'Mine')
    const more = screen.getByRole('button', { name: 'Not right?' })
    expect(more.getAttribute('aria-expanded')).toBe('false')
    await page.user.click(more)
    await page.user.selectOptions(screen.getByLabelText(/^What runs there/), 'One API')
    await press(page, 'Recognise again')
    await screen.findByText('You chose this site type.')
    expect(page.sent('sites.recognise').at(-1)).toEqual({ origin: ORIGIN, siteType: 'one-api' })
    expect(valueOf(/^Site name/)).toBe('Mine')
  })

  it('is possible by hand, and outlives a login that is missing', async () => {
    const page = await looked(
      stopped({ class: 'unsupported', reason: 'unknown-site' }),
      stopped({ class: 'login' }, detected),
    )
    await page.user.selectOptions(await screen.findByLabelText(/^Site type/), 'One API')
    await press(page, 'Recognise as One API')
    await screen.findByText(/Nobody is logged in/)
    await press(page, 'I have logged in, try again')
    await screen.findByText('alice (ID 42)')
    expect(page.sent('sites.recognise').slice(1)).toEqual([
      { origin: ORIGIN, siteType: 'one-api' },
      { origin: ORIGIN, siteType: 'one-api' },
    ])
  })

  it('ends with the next automatic try', async () => {
    const page = await looked(found(recognition), stopped({ class: 'server' }))
    await page.user.click(await screen.findByRole('button', { name: 'Not right?' }))
    await page.user.selectOptions(screen.getByLabelText(/^What runs there/), 'One API')
    await press(page, 'Recognise again')
    expect(await screen.findByLabelText<HTMLInputElement>(/^Site type/)).toHaveProperty(
      'value',
      'one-api',
    )
    await press(page, 'Back')
    await press(page, 'Recognise automatically')
    await screen.findByText('alice (ID 42)')
    expect(page.sent('sites.recognise').at(-1)).toEqual({ origin: ORIGIN })
  })
})

describe('accounts of the site that are stored already', () => {
  const one = makeRow(1, { origin: ORIGIN, name: 'Nova', username: 'alice' })
  const other = makeRow(2, { origin: ORIGIN, name: 'Nova', username: 'bob' })
  const rows = [one, other, makeRow(3)]
  const answers = {
    'accounts.glance': () => ({ rows, damaged: [] }),
    'accounts.details': () => detailsOf(other),
    'sites.recognise': () => found(recognition),
  }

  it('are named as soon as the address is one, and can be opened', async () => {
    const page = await openPage('#/accounts?add=1', answers)
    const address = await screen.findByLabelText(/^Site address/)
    await page.user.type(address, 'api.nova.exampl')
    expect(screen.queryByText(/stored for this site/)).toBeNull()
    await page.user.type(address, 'e')
    screen.getByText('2 accounts are stored for this site')
    await press(page, 'Open Nova · bob')
    await waitFor(() => {
      expect(location.hash).toBe(`#/accounts/${other.id}`)
    })
  })

  it('do not stand in the way of another user', async () => {
    const page = await openPage(ADD, answers)
    await screen.findByText('You can still add another user of the site.')
    await press(page, 'Recognise automatically')
    await screen.findByText('alice (ID 42)')
  })
})
