// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'

import { hrefOf, parseRoute, type Route } from '@/src/ui/features/shell/route'

import { detailsOf, openPage } from './options-harness'
import { makeRow } from './support/make-row'

const one = makeRow(1)

describe('addresses of the options page', () => {
  it.each<Route>([
    { page: 'settings' },
    { page: 'check-in' },
    { page: 'check-in', account: one.id },
    { page: 'accounts', panel: { kind: 'none' } },
    { page: 'accounts', panel: { kind: 'details', id: one.id } },
    { page: 'accounts', panel: { kind: 'edit', id: one.id } },
    { page: 'accounts', panel: { kind: 'add' } },
    { page: 'accounts', panel: { kind: 'add', origin: 'https://a.example:8443', tabId: 12 } },
  ])('are read as they were written: %j', (route) => {
    expect(parseRoute(hrefOf(route))).toEqual(route)
  })

  it.each([
    '',
    '#',
    '#/',
    '#/nowhere',
    '#/accounts/1',
    '#/settings/more',
    '#/accounts/a/edit/b',
    '#/check-in/1',
    `#/check-in/${one.id}/more`,
  ])('name no place: %j', (hash) => {
    expect(parseRoute(hash)).toBeNull()
  })

  it('ignore a tab that is no number', () => {
    expect(parseRoute('#/accounts?add=1&tab=x')).toEqual({
      page: 'accounts',
      panel: { kind: 'add' },
    })
  })
})

describe('going through the options page', () => {
  it('shows Accounts for an unknown address, and corrects the address', async () => {
    await openPage('#/nowhere')
    expect(await screen.findByRole('heading', { name: 'Accounts' })).toBeTruthy()
    await waitFor(() => {
      expect(location.hash).toBe('#/accounts')
    })
  })

  it('moves the focus to the heading of the next page and names it in the title', async () => {
    const { user } = await openPage('#/accounts')
    await user.click(screen.getByRole('link', { name: 'Settings' }))
    const heading = await screen.findByRole('heading', { name: 'Settings' })
    await waitFor(() => {
      expect(document.activeElement).toBe(heading)
    })
    expect(document.title).toBe('Settings – Relaydeck')
    expect(screen.getByRole('link', { name: 'Settings' }).getAttribute('aria-current')).toBe('page')
  })

  it('goes back to the list with the back button', async () => {
    const { user } = await openPage('#/accounts', {
      'accounts.glance': () => ({ rows: [one], damaged: [] }),
      'accounts.details': () => detailsOf(one),
    })
    await user.click(await screen.findByRole('button', { name: 'Relay 1' }))
    expect(location.hash).toBe(`#/accounts/${one.id}`)
    expect(await screen.findByRole('complementary', { name: 'Relay 1' })).toBeTruthy()
    history.back()
    await waitFor(() => {
      expect(screen.queryByRole('complementary')).toBeNull()
    })
  })
})
