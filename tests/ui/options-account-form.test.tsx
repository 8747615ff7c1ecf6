// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'

import { raise } from '@/src/domain/failure'
import { emptyDraft, fillIn, parseRate, typeInto } from '@/src/ui/features/account-form/draft'

import { detailsOf, found, openPage, press, recognition, stopped } from './options-harness'
import { makeRow } from './support/make-row'

const ADD = '#/accounts?add=1&origin=https%3A%2F%2Fapi.nova.example&tab=5'
const stored = makeRow(1)
const added = { id: stored.id }
const withDetails = { 'accounts.details': () => detailsOf(stored) }

type Page = Awaited<ReturnType<typeof openPage>>

const TOKEN = { selector: 'input[name=token]' }

function tokenField(): HTMLElement {
  return screen.getByLabelText(/^Access token/, TOKEN)
}

async function recognised(given: Parameters<typeof openPage>[1] = {}): Promise<Page> {
  const page = await openPage(ADD, {
    'sites.recognise': () => found(recognition),
    'accounts.addRecognised': () => added,
    ...withDetails,
    ...given,
  })
  await press(page, 'Recognise automatically')
  return page
}

describe('adding a recognised account', () => {
  it('asks for access to that one site and looks into the given tab', async () => {
    const { request, sent } = await recognised()
    await screen.findByText('New API')
    expect(request).toHaveBeenCalledWith({ origins: ['https://api.nova.example/*'] })
    expect(sent('sites.recognise')).toEqual([{ origin: 'https://api.nova.example', tabId: 5 }])
    screen.getByText('alice (ID 42)')
    screen.getByText('$12.34')
  })

  it('uses the browser’s login unless more is chosen, and shows the new account', async () => {
    const page = await recognised()
    await press(page, 'Add account')
    expect(page.sent('accounts.addRecognised')).toEqual([
      { draftId: 'draft_1', name: 'Nova', exchangeRate: 7.3, way: 'browser-login' },
    ])
    await waitFor(() => {
      expect(location.hash).toBe(`#/accounts/${stored.id}`)
    })
  })

  it('creates a token only when that is chosen and confirmed', async () => {
    const page = await recognised()
    await page.user.click(await screen.findByRole('radio', { name: /Create a new access token/ }))
    screen.getByText(/Other tools that use the old one stop working/)
    await press(page, 'Add account')
    expect(page.sent('accounts.addRecognised')).toEqual([])
    const confirmation = screen.getByRole('checkbox', { name: /I understand/ })
    expect(document.activeElement).toBe(confirmation)
    await page.user.click(confirmation)
    await press(page, 'Add account')
    expect(page.sent('accounts.addRecognised')).toMatchObject([{ way: 'new-token' }])
  })

  it('adds a pasted token as a typed account of the recognised user', async () => {
    const page = await recognised({ 'accounts.add': () => added })
    await page.user.click(await screen.findByRole('radio', { name: /Paste an access token/ }))
    await page.user.type(tokenField(), 'Bearer tok-12345678')
    await press(page, 'Add account')
    expect(page.sent('accounts.add')).toEqual([
      {
        account: {
          origin: 'https://api.nova.example',
          siteType: 'new-api',
          userId: '42',
          auth: { mode: 'token', accessToken: 'tok-12345678' },
          name: 'Nova',
          username: 'alice',
          exchangeRate: 7.3,
        },
        refreshNow: true,
      },
    ])
  })

  it('leads to the stored account when the same user is there already', async () => {
    const existing = [{ id: stored.id, name: 'Old', sameUser: true }]
    const page = await recognised({ 'sites.recognise': () => found({ ...recognition, existing }) })
    await press(page, 'Open existing')
    expect(location.hash).toBe(`#/accounts/${stored.id}`)
  })

  it('offers to recognise again when the worker has forgotten what it found', async () => {
    const page = await recognised({
      'accounts.addRecognised': () => raise({ class: 'not-found', reason: 'draft' }),
    })
    await press(page, 'Add account')
    await press(page, 'Recognise again')
    expect(page.sent('sites.recognise')).toHaveLength(2)
  })
})

describe('what stands in the way of recognition', () => {
  it('explains a refusal of access and asks again', async () => {
    const page = await openPage(ADD, { 'sites.recognise': () => found(recognition) })
    page.request.mockResolvedValueOnce(false)
    await press(page, 'Recognise automatically')
    await screen.findByText('Access was not granted')
    screen.getByText(/for this one site only/)
    expect(page.sent('sites.recognise')).toEqual([])
    await press(page, 'Ask again')
    await screen.findByText('alice (ID 42)')
  })

  it('opens the site when it is in no tab, then looks into that tab', async () => {
    let open = false
    const page = await recognised({
      'sites.recognise': () =>
        open ? found(recognition) : stopped({ class: 'needs-tab', reason: 'none-open' }),
    })
    await press(page, 'Open the site in a new tab')
    await screen.findByText(/The site is open in another tab/)
    open = true
    await press(page, 'I have logged in, try again')
    await screen.findByText('alice (ID 42)')
    expect(page.sent('sites.recognise').at(-1)).toMatchObject({ tabId: 7 })
  })

  it('leads every other failure to a form that keeps what is known', async () => {
    await recognised({ 'sites.recognise': () => stopped({ class: 'server', httpStatus: 502 }) })
    await screen.findByText('The site failed')
    expect(screen.getByLabelText<HTMLInputElement>(/^Site address/).value).toBe(
      'https://api.nova.example',
    )
  })
})

describe('the form filled by hand', () => {
  it('says what is wrong next to each field and goes to the first', async () => {
    const page = await openPage('#/accounts?add=1')
    await press(page, 'Enter by hand')
    await press(page, 'Add account')
    screen.getByText('Enter the address of the site.')
    screen.getByText(/Enter the user ID/)
    screen.getByText(/Paste the access token/)
    expect(document.activeElement).toBe(screen.getByLabelText(/^Site address/))
    expect(page.sent('accounts.add')).toEqual([])
  })

  it('shows a duplicate at the user id, and leads to the stored account', async () => {
    const page = await openPage('#/accounts?add=1', {
      'accounts.glance': () => ({ rows: [stored], damaged: [] }),
      'accounts.add': () => raise({ class: 'input', reason: 'duplicate', field: 'userId' }),
      ...withDetails,
    })
    await press(page, 'Enter by hand')
    await page.user.type(screen.getByLabelText(/^Site address/), stored.origin)
    await page.user.type(screen.getByLabelText(/^Site name/), 'Again')
    await page.user.type(screen.getByLabelText(/^User ID/), stored.userId)
    await page.user.type(tokenField(), 'tok-12345678')
    await press(page, 'Add account')
    await screen.findByText('This user of the site is already stored.')
    expect(document.activeElement).toBe(screen.getByLabelText(/^User ID/))
    await press(page, 'Open existing')
    expect(location.hash).toBe(`#/accounts/${stored.id}`)
  })

  it('asks before typed text is lost', async () => {
    const page = await openPage('#/accounts?add=1')
    await press(page, 'Enter by hand')
    await page.user.type(screen.getByLabelText(/^Site name/), 'Nova')
    await page.user.keyboard('{Escape}')
    await page.user.click(await screen.findByRole('button', { name: 'Discard' }))
    expect(location.hash).toBe('#/accounts')
  })
})

describe('editing an account', () => {
  const EDIT = `#/accounts/${stored.id}/edit`

  it('sends only what changed, keeps the stored token, and says Saved', async () => {
    const page = await openPage(EDIT, withDetails)
    const name = await screen.findByLabelText(/^Site name/)
    await page.user.clear(name)
    await page.user.type(name, 'Renamed')
    await press(page, 'Save')
    await screen.findByText('Saved')
    expect(page.sent('accounts.edit')).toEqual([{ id: stored.id, edit: { name: 'Renamed' } }])
  })

  it('replaces the token by a pasted one', async () => {
    const page = await openPage(EDIT, withDetails)
    await page.user.type(await screen.findByLabelText(/^Access token/, TOKEN), 'new-token-1')
    await press(page, 'Save')
    expect(page.sent('accounts.edit')).toEqual([
      { id: stored.id, edit: { auth: { mode: 'token', accessToken: 'new-token-1' } } },
    ])
  })

  it('refuses a rate that is not positive', async () => {
    const page = await openPage(EDIT, withDetails)
    const rate = await screen.findByLabelText(/^Exchange rate/)
    await page.user.clear(rate)
    await page.user.type(rate, '0')
    await press(page, 'Save')
    screen.getByText(/Enter a number above 0/)
    expect(page.sent('accounts.edit')).toEqual([])
  })
})

describe('form values', () => {
  it('that were typed are not filled over', () => {
    const typed = typeInto(emptyDraft(''), { name: 'Mine' })
    const { values } = fillIn(typed, { name: 'Theirs', userId: '7' })
    expect(values).toMatchObject({ name: 'Mine', userId: '7' })
  })

  it('may hold full-width digits, and nothing is no number', () => {
    expect(parseRate('７.２')).toBe(7.2)
    expect(parseRate(' ')).toBeNaN()
  })
})
