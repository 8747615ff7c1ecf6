// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'

import { raise } from '@/src/domain/failure'
import type { AccountDetails } from '@/src/messaging/protocol'
import { checkWebAddress, webAddressIn } from '@/src/ui/features/account-form/web-address'

import { type Answers, detailsOf, openPage, press } from './options-harness'
import { withCheckIns } from './support/make-check-in'
import { makeRow } from './support/make-row'

const stored = makeRow(1)

async function openEdit(
  automation: Partial<AccountDetails['automation']> = {},
  given: Answers = {},
) {
  const details = detailsOf(stored)
  const page = await openPage(
    `#/accounts/${stored.id}/edit`,
    withCheckIns([stored], [], {
      'accounts.details': () => ({
        ...details,
        automation: { ...details.automation, ...automation },
      }),
      ...given,
    }),
  )
  const section = within(await screen.findByRole('region', { name: 'Automation' }))
  return { ...page, section }
}

const threshold = () => screen.getByLabelText<HTMLInputElement>('Low balance, in US dollars')
const address = () => screen.getByLabelText<HTMLInputElement>('Check-in page elsewhere')

describe('the automation of an account', () => {
  it('stands in the form as it is stored', async () => {
    const { section } = await openEdit({
      refresh: false,
      lowBalanceUsd: 2.5,
      checkInUrl: 'https://bbs.example/daily',
    })
    const [refresh, checkIn] = [
      section.getByRole<HTMLInputElement>('switch', { name: 'Refresh by itself' }),
      await section.findByRole<HTMLInputElement>('switch', { name: 'Check in by itself' }),
    ]
    expect([refresh.checked, checkIn.checked]).toEqual([false, true])
    expect(threshold().value).toBe('2.5')
    expect(address().value).toBe('https://bbs.example/daily')
  })

  it('is stored as far as it was changed', async () => {
    const page = await openEdit()
    await page.user.click(page.section.getByRole('switch', { name: 'Refresh by itself' }))
    await page.user.click(await page.section.findByRole('switch', { name: 'Check in by itself' }))
    await page.user.type(threshold(), '0.5')
    await page.user.type(address(), ' bbs.example/daily?from=relay ')
    await press(page, 'Save')
    await screen.findByText('Saved')
    expect(page.sent('accounts.edit')).toEqual([
      {
        id: stored.id,
        edit: {
          autoRefresh: false,
          autoCheckIn: false,
          lowBalanceUsd: 0.5,
          checkInUrl: 'https://bbs.example/daily?from=relay',
        },
      },
    ])
    // The form shows what was stored.
    expect(address().value).toBe('https://bbs.example/daily?from=relay')
  })

  it('is taken back by emptying its fields', async () => {
    const page = await openEdit({ lowBalanceUsd: 3, checkInUrl: 'https://bbs.example/' })
    await page.user.clear(threshold())
    await page.user.clear(address())
    await press(page, 'Save')
    await screen.findByText('Saved')
    expect(page.sent('accounts.edit')).toEqual([
      { id: stored.id, edit: { lowBalanceUsd: null, checkInUrl: '' } },
    ])
  })

  it.each(['0', '-1', 'much', '1000001'])('refuses %s as a threshold', async (text) => {
    const page = await openEdit()
    await page.user.type(threshold(), text)
    await press(page, 'Save')
    screen.getByText(/Enter an amount above 0/)
    expect(document.activeElement).toBe(threshold())
    expect(threshold().getAttribute('aria-invalid')).toBe('true')
    expect(page.sent('accounts.edit')).toEqual([])
  })

  it('refuses what is no web address, next to the field', async () => {
    const page = await openEdit()
    await page.user.type(address(), 'ftp://bbs.example')
    await press(page, 'Save')
    const error = screen.getByText(/^This is not a web address/)
    expect(address().getAttribute('aria-describedby')).toContain(error.id)
    expect(document.activeElement).toBe(address())
    expect(page.sent('accounts.edit')).toEqual([])
  })

  it('shows what the worker finds wrong at its field', async () => {
    const page = await openEdit(
      {},
      { 'accounts.edit': () => raise({ class: 'input', field: 'edit.checkInUrl' }) },
    )
    await page.user.type(address(), 'https://bbs.example')
    await press(page, 'Save')
    await waitFor(() => {
      expect(address().getAttribute('aria-invalid')).toBe('true')
    })
    screen.getByText('This value cannot be used.')
  })

  it('has no check-in where the family has none', async () => {
    const given = withCheckIns([stored], [])
    const [family] = await given['sites.describe']!({})
    const { section } = await openEdit(
      {},
      { 'sites.describe': () => [{ ...family!, capabilities: [] }] },
    )
    // What has come from the same answer.
    await screen.findByRole('radio', { name: /^Access token/ })
    expect(section.queryByRole('switch', { name: 'Check in by itself' })).toBeNull()
    section.getByRole('switch', { name: 'Refresh by itself' })
  })
})

describe('a web address', () => {
  it('may come without its scheme', () => {
    expect(webAddressIn(' bbs.example/a ')).toBe('https://bbs.example/a')
    expect(webAddressIn('http://bbs.example')).toBe('http://bbs.example')
    expect(webAddressIn('  ')).toBe('')
  })

  it.each([
    ['', {}],
    ['bbs.example', {}],
    ['http://127.0.0.1:8080/x', {}],
    ['javascript:alert(1)', { checkInUrl: 'not-a-web-address' }],
    ['javascript://bbs.example/%0aalert(1)', { checkInUrl: 'not-a-web-address' }],
    ['two words', { checkInUrl: 'not-a-web-address' }],
    ['https://me:secret@bbs.example', { checkInUrl: 'address-with-login' }],
    [`https://bbs.example/${'a'.repeat(2000)}`, { checkInUrl: 'too-long' }],
  ])('%s is checked', (text, errors) => {
    expect(checkWebAddress(text)).toEqual(errors)
  })
})
