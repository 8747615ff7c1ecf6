// @vitest-environment jsdom
import { screen } from '@testing-library/react'
import { beforeEach, afterEach, describe, expect, it, vi } from 'vitest'

import { raise } from '@/src/domain/failure'
import type { SiteAccess } from '@/src/domain/site-record'
import type { SiteDescription } from '@/src/domain/site-description'

import { type Answers, openPage } from './options-harness'
import { makeRow } from './support/make-row'

/** The first page of a file takes its time. */
const PATIENCE = { timeout: 10_000 }

const able = makeRow(1, { name: 'Able' })
const other = makeRow(2, { name: 'Other', siteType: 'one-api' })
const off = makeRow(3, { name: 'Off', disabled: true })
const rows = [able, other, off]

const siteOf = (row: (typeof rows)[number], given: Partial<SiteAccess> = {}): SiteAccess => ({
  origin: row.origin,
  granted: true,
  accounts: [{ id: row.id, name: row.name }],
  autoHelp: false,
  ...given,
})

const family = (type: SiteDescription['type'], canRedeem: boolean): SiteDescription => ({
  type,
  label: type,
  userId: 'needed',
  authModes: ['token'],
  unit: 'points',
  capabilities: canRedeem ? ['redeem'] : [],
  endpoints: { chat: '', responses: '', anthropic: '', google: '' },
  routes: {},
})

const openSites = (sites: readonly SiteAccess[], given: Answers = {}) =>
  openPage('#/sites', {
    'accounts.glance': () => ({ rows, damaged: [] }),
    'sites.describe': () => [family('new-api', true), family('one-api', false)],
    'sites.access': () => [...sites],
    'redeem.setFinder': () => ({}),
    ...given,
  })

/** Comes once accounts and families are there. */
const label = () => screen.findByText(/: look for redemption codes in/, {}, PATIENCE)
const finders = () =>
  screen.queryAllByRole<HTMLInputElement>('switch', { name: /: look for redemption codes in/ })

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(800)
})
afterEach(() => {
  vi.restoreAllMocks()
})

describe('looking for codes on the pages of a site', () => {
  it('is a choice of its own per site, off at first, and says what it does', async () => {
    const { user, sent } = await openSites([siteOf(able)])
    await label()
    const choice = screen.getByRole<HTMLInputElement>('switch', {
      name: 'relay1.example: look for redemption codes in what I select or copy on its pages',
    })
    screen.getByText(/^Find codes: what you select or copy on pages of the site is looked through/)
    expect(choice.checked).toBe(false)
    await user.click(choice)
    expect(choice.checked).toBe(true)
    expect(sent('redeem.setFinder')).toEqual([{ origin: able.origin, on: true }])
  })

  it('shows what was chosen', async () => {
    await openSites([siteOf(able, { findCodes: true })])
    await label()
    expect(finders().map(({ checked }) => checked)).toEqual([true])
  })

  it('is offered only where access is granted and an account can redeem', async () => {
    await openSites([siteOf(able, { granted: false }), siteOf(other), siteOf(off)])
    await screen.findByText('Off')
    expect(finders()).toEqual([])
    expect(screen.queryByText(/^Find codes: /)).toBeNull()
  })

  it('is taken back when it cannot be stored', async () => {
    const { user } = await openSites([siteOf(able)], {
      'redeem.setFinder': () => raise({ class: 'storage' }),
    })
    await label()
    const choice = screen.getByRole<HTMLInputElement>('switch', { name: /: look for/ })
    await user.click(choice)
    await screen.findByText('Stored data not readable')
    expect(choice.checked).toBe(false)
  })
})
