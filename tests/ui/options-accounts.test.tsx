// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'

import { raise } from '@/src/domain/failure'
import type { GlanceRow } from '@/src/domain/glance'
import { complete, unavailable } from '@/src/domain/metric'
import { DEFAULT_SETTINGS } from '@/src/domain/settings'
import { withoutUnit } from '@/src/ui/features/accounts/figure'

import { detailsOf, openPage } from './options-harness'
import { makeRow } from './support/make-row'

const list = (...rows: GlanceRow[]) => ({ 'accounts.glance': () => ({ rows, damaged: [] }) })
const rich = makeRow(1, { balance: complete(9_000_000) })
const poor = makeRow(2, { balance: complete(1_000_000), health: 'bad' })
const unknown = makeRow(3, { balance: unavailable('never-fetched'), health: 'unknown' })
const off = makeRow(4, { disabled: true })

/** Names in the order the table shows them. */
async function names(): Promise<string[]> {
  const table = await screen.findByRole('table', { name: 'Accounts' })
  return within(table)
    .getAllByRole('button', { name: /^Relay \d+$/ })
    .map((button) => button.textContent)
}

describe('the list of accounts', () => {
  it('says what it will hold while there is nothing, with one way on', async () => {
    const { user } = await openPage('#/accounts')
    await screen.findByText('No accounts yet')
    await user.click(screen.getByRole('button', { name: 'Add account' }))
    expect(location.hash).toBe('#/accounts?add=1')
  })

  it('stands by balance, unknown below known, disabled last', async () => {
    await openPage('#/accounts', list(off, unknown, poor, rich))
    expect(await names()).toEqual(['Relay 1', 'Relay 2', 'Relay 3', 'Relay 4'])
    expect(screen.getByRole('columnheader', { name: /Balance/ }).getAttribute('aria-sort')).toBe(
      'descending',
    )
  })

  it('turns the order round, keeping the unknown below', async () => {
    const { user } = await openPage('#/accounts', list(unknown, poor, rich))
    await user.click(await screen.findByRole('button', { name: /^Balance/ }))
    expect(await names()).toEqual(['Relay 2', 'Relay 1', 'Relay 3'])
    await user.click(screen.getByRole('button', { name: 'Name' }))
    expect(await names()).toEqual(['Relay 1', 'Relay 2', 'Relay 3'])
  })

  it('keeps what has no points above the unknown, whichever way it stands', async () => {
    const dollars = makeRow(5, { unit: 'usd', balance: complete(99) })
    const { user } = await openPage('#/accounts', {
      ...list(unknown, dollars, poor, rich),
      'app.boot': () => ({ settings: { ...DEFAULT_SETTINGS, currency: 'points' }, job: null }),
    })
    await screen.findAllByText('1 not counted in points')
    expect(await names()).toEqual(['Relay 1', 'Relay 2', 'Relay 5', 'Relay 3'])
    screen.getByText('$99.00')
    await user.click(await screen.findByRole('button', { name: /^Balance/ }))
    expect(await names()).toEqual(['Relay 2', 'Relay 1', 'Relay 5', 'Relay 3'])
  })

  it('is narrowed by state and search, and widened again', async () => {
    const { user } = await openPage('#/accounts', list(rich, poor, off))
    await user.click(await screen.findByRole('button', { name: 'Needs attention 1' }))
    expect(await names()).toEqual(['Relay 2'])
    await user.type(screen.getByRole('searchbox'), 'relay1.example')
    await user.click(await screen.findByRole('button', { name: 'Show all accounts' }))
    expect(await names()).toHaveLength(3)
  })

  it('keeps few elements however many accounts there are', async () => {
    await openPage('#/accounts', list(...Array.from({ length: 1_000 }, (_, i) => makeRow(i + 1))))
    await screen.findByRole('table')
    expect(document.querySelectorAll('*').length).toBeLessThan(800)
  })

  it('says why it could not be loaded and tries again', async () => {
    let broken = true
    const { user } = await openPage('#/accounts', {
      'accounts.glance': () =>
        broken ? raise({ class: 'storage' }) : { rows: [rich], damaged: [] },
    })
    await screen.findByText('Stored data not readable')
    broken = false
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await names()).toEqual(['Relay 1'])
  })

  it('removes unreadable records only after asking', async () => {
    const record = { store: 'accounts', id: 'x', reason: 'tampered' as const }
    const { user, sent } = await openPage('#/accounts', {
      'accounts.glance': () => ({ rows: [rich], damaged: [record] }),
    })
    await user.click(await screen.findByRole('button', { name: 'Remove unreadable records' }))
    expect(sent('storage.removeDamaged')).toEqual([])
    const dialog = await screen.findByRole('dialog')
    await user.click(within(dialog).getByRole('button', { name: 'Remove unreadable records' }))
    expect(sent('storage.removeDamaged')).toEqual([{ records: [{ store: 'accounts', id: 'x' }] }])
  })
})

describe('selected accounts', () => {
  it('are switched off, refreshed and deleted together', async () => {
    const { user, sent } = await openPage('#/accounts', list(rich, poor, off))
    await user.click(await screen.findByRole('checkbox', { name: 'Select Relay 1' }))
    await user.click(screen.getByRole('checkbox', { name: 'Select Relay 4' }))
    const bar = screen.getByRole('region', { name: 'Selected accounts' })
    within(bar).getByText('2 selected')

    await user.click(within(bar).getByRole('button', { name: 'Refresh' }))
    expect(sent('refresh.start')).toEqual([{ ids: [rich.id] }])
    await user.click(within(bar).getByRole('button', { name: 'Disable' }))
    expect(sent('accounts.edit')).toEqual([{ id: rich.id, edit: { disabled: true } }])

    await user.click(within(bar).getByRole('button', { name: 'Delete' }))
    const dialog = await screen.findByRole('dialog', { name: 'Delete 2 accounts?' })
    await user.click(within(dialog).getByRole('button', { name: 'Delete' }))
    await waitFor(() => {
      expect(sent('accounts.remove')).toEqual([{ ids: [rich.id, off.id] }])
    })
    await waitFor(() => {
      expect(screen.queryByRole('region', { name: 'Selected accounts' })).toBeNull()
    })
  })

  it('stay selected under a filter that hides them, and say so', async () => {
    const { user } = await openPage('#/accounts', list(rich, off))
    await user.click(await screen.findByRole('checkbox', { name: 'Select all shown accounts' }))
    await user.click(screen.getByRole('button', { name: 'Disabled 1' }))
    screen.getByText('1 of them hidden by search or filter')
  })
})

describe('the details of an account', () => {
  it('are deleted only after a question that names the account', async () => {
    const { user, sent } = await openPage(`#/accounts/${rich.id}`, {
      ...list(rich),
      'accounts.details': () => detailsOf(rich),
    })
    const panel = await screen.findByRole('complementary', { name: 'Relay 1' })
    await user.click(await within(panel).findByRole('button', { name: 'Delete' }))
    const dialog = await screen.findByRole('dialog', { name: 'Delete Relay 1?' })
    within(dialog).getByText(/Nothing changes at the site/)
    await user.click(within(dialog).getByRole('button', { name: 'Keep' }))
    expect(sent('accounts.remove')).toEqual([])

    await user.click(within(panel).getByRole('button', { name: 'Delete' }))
    await user.click(
      within(await screen.findByRole('dialog')).getByRole('button', { name: 'Delete' }),
    )
    await waitFor(() => {
      expect(location.hash).toBe('#/accounts')
    })
    expect(sent('accounts.remove')).toEqual([{ ids: [rich.id] }])
  })
})

it.each([
  ['$12.34', '12.34'],
  ['−¥0.5', '−0.5'],
  ['6,170,000 points', '6,170,000'],
  ['6,170,000 ポイント', '6,170,000'],
])('the figure of %s is %s', (amount, figure) => {
  expect(withoutUnit(amount)).toBe(figure)
})
