// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'

import { raise } from '@/src/domain/failure'
import { DEFAULT_KEY, DEFAULT_SETTINGS } from '@/src/domain/settings'

import { detailsOf, found, openPage, press, recognition } from './options-harness'
import { makeRow } from './support/make-row'

const ADD = '#/accounts?add=1&origin=https%3A%2F%2Fapi.nova.example&tab=5'
const stored = makeRow(1)

async function addWith(
  afterAdding: boolean,
  ensure: () => { made: boolean; keyId: string | null },
) {
  const defaultKey = { ...DEFAULT_KEY, afterAdding }
  const page = await openPage(ADD, {
    'app.boot': () => ({
      settings: { ...DEFAULT_SETTINGS, language: 'en', defaultKey },
      job: null,
    }),
    'sites.recognise': () => found(recognition),
    'accounts.addRecognised': () => ({ id: stored.id }),
    'accounts.details': () => detailsOf(stored),
    'keys.ensureDefault': ensure,
  })
  await press(page, 'Recognise automatically')
  await press(page, 'Add account')
  return page
}

describe('the default key after adding an account', () => {
  it('is not made unless the settings say so', async () => {
    const page = await addWith(false, () => ({ made: true, keyId: '7' }))
    await waitFor(() => {
      expect(location.hash).toBe(`#/accounts/${stored.id}`)
    })
    expect(page.sent('keys.ensureDefault')).toEqual([])
  })

  it('is made once and shown', async () => {
    const page = await addWith(true, () => ({ made: true, keyId: '7' }))
    await screen.findByText('The key relaydeck was created')
    expect(screen.getByRole('link', { name: 'Open the key' }).getAttribute('href')).toBe(
      `#/keys/details/${stored.id}/7`,
    )
    expect(page.sent('keys.ensureDefault')).toMatchObject([{ accountId: stored.id }])
    await press(page, 'Show account')
    expect(location.hash).toBe(`#/accounts/${stored.id}`)
  })

  it('is not needed where a key works already', async () => {
    await addWith(true, () => ({ made: false, keyId: '3' }))
    await screen.findByText(/already has a key that works/)
  })

  it('says why it could not be made, and is tried again as the same one', async () => {
    let broken = true
    const page = await addWith(true, () =>
      broken ? raise({ class: 'refused' }) : { made: true, keyId: '7' },
    )
    await screen.findByText('The site said no')
    broken = false
    await press(page, 'Try again')
    await screen.findByText('The key relaydeck was created')
    const ids = page
      .sent('keys.ensureDefault')
      .map((one) => (one as { requestId: string }).requestId)
    expect(ids[0]).toBe(ids[1])
  })
})
