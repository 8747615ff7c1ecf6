// @vitest-environment jsdom
import { screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'

import { raise } from '@/src/domain/failure'

import { detailsOf, openPage, press, stopped } from './options-harness'
import { makeRow } from './support/make-row'

const stored = makeRow(1, { siteType: 'one-api' })
const withDetails = { 'accounts.details': () => detailsOf(stored) }

type Answers = Parameters<typeof openPage>[1]

/** The form by hand for a site of that type, as far as every type needs it. */
async function byHand(type: string, given: Answers = {}) {
  const page = await openPage('#/accounts?add=1', {
    'accounts.add': () => ({ id: stored.id }),
    ...withDetails,
    ...given,
  })
  await press(page, 'Enter by hand')
  await page.user.selectOptions(await screen.findByRole('combobox', { name: /^Site type/ }), type)
  return page
}

const token = () => screen.getByLabelText(/^Access token/, { selector: 'input[name=token]' })

async function fillIn({ user }: Awaited<ReturnType<typeof byHand>>): Promise<void> {
  await user.type(screen.getByLabelText(/^Site address/), stored.origin)
  await user.type(screen.getByLabelText(/^Site name/), 'Nova')
  await user.type(token(), 'tok-12345678')
}

describe('an account typed by hand', () => {
  it('leaves the user id to the site where the token tells it', async () => {
    const page = await byHand('One API')
    screen.getByText('Leave empty to look it up.')
    await fillIn(page)
    await press(page, 'Add account')
    expect(page.sent('accounts.add')).toMatchObject([
      { account: { siteType: 'one-api', userId: '', auth: { mode: 'token' } } },
    ])
  })

  it('needs the user id with this browser’s login all the same', async () => {
    const page = await byHand('One API')
    await page.user.click(screen.getByRole('radio', { name: /This browser’s login/ }))
    await press(page, 'Add account')
    screen.getByText(/Enter the user ID\. It stands/)
    expect(page.sent('accounts.add')).toEqual([])
  })

  it('asks for the user id when the site does not tell it after all', async () => {
    const page = await byHand('One API', {
      'accounts.add': () => raise({ class: 'input', reason: 'user-id-needed', field: 'userId' }),
    })
    await fillIn(page)
    await press(page, 'Add account')
    await screen.findByText('This site does not tell whose the token is. Enter the user ID.')
    expect(document.activeElement).toBe(screen.getByLabelText(/^User ID/))
  })

  it('shows the accounts of the site when the user looked up is one of them', async () => {
    const page = await byHand('One API', {
      'accounts.glance': () => ({ rows: [stored], damaged: [] }),
      'accounts.add': () => raise({ class: 'input', reason: 'duplicate', field: 'userId' }),
    })
    await fillIn(page)
    await press(page, 'Add account')
    await screen.findByText('This user of the site is already stored.')
    await press(page, 'Open Relay 1 · user1')
    expect(location.hash).toBe(`#/accounts/${stored.id}`)
  })

  it('shows why the site could not be asked, and keeps the form', async () => {
    const page = await byHand('One API', {
      'accounts.add': () => raise({ class: 'network', reason: 'timeout' }),
    })
    await fillIn(page)
    await press(page, 'Add account')
    await screen.findByText('relay1.example did not answer in time.')
    expect(screen.getByLabelText<HTMLInputElement>(/^Site name/).value).toBe('Nova')
  })
})

describe('a service that exists once', () => {
  it('has its address, its name and one way in; only the token is asked for', async () => {
    const page = await byHand('OpenRouter')
    const address = screen.getByLabelText<HTMLInputElement>(/^Site address/)
    expect([address.value, address.disabled]).toEqual(['https://openrouter.ai', true])
    expect(screen.queryByLabelText(/^User ID/)).toBeNull()
    expect(screen.queryByRole('radio')).toBeNull()
    await page.user.type(token(), 'sk-or-v1-12345678')
    await press(page, 'Add account')
    expect(page.request).toHaveBeenCalledWith({ origins: ['https://openrouter.ai/*'] })
    expect(page.sent('accounts.add')).toMatchObject([
      {
        account: { origin: 'https://openrouter.ai', name: 'OpenRouter', userId: '', username: '' },
      },
    ])
  })

  it('says what is wrong with a key of another kind, at the token', async () => {
    const page = await byHand('OpenRouter', {
      'accounts.add': () =>
        raise({ class: 'input', reason: 'not-a-management-key', field: 'token' }),
    })
    await page.user.type(token(), 'sk-or-v1-12345678')
    await press(page, 'Add account')
    await screen.findByText(/This is not a management key/)
    expect(document.activeElement).toBe(token())
  })

  it('is reached at its own address, and sends nobody to a tab that would not help', async () => {
    const detected = {
      origin: 'https://openrouter.ai',
      siteType: 'open-router',
      evidence: [{ sign: 'host' }],
      siteName: 'OpenRouter',
      unit: 'usd',
      quotaPerUnit: 1,
      exchangeRate: 7.2,
    } as const
    const page = await openPage('#/accounts?add=1&origin=https%3A%2F%2Fwww.openrouter.ai', {
      'sites.recognise': () =>
        stopped({ class: 'needs-tab' }, { ...detected, evidence: [...detected.evidence] }),
    })
    await press(page, 'Recognise automatically')
    await screen.findByText('Recognised as OpenRouter')
    expect(page.request).toHaveBeenCalledWith({ origins: ['https://openrouter.ai/*'] })
    screen.getByText(/Paste a token of the account/)
    expect(screen.queryByRole('button', { name: /Open the site/ })).toBeNull()
  })
})
