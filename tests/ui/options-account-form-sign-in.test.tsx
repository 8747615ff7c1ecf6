// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'

import type { Failure } from '@/src/domain/failure'
import type { DetectedSite, Recognised, Recognition } from '@/src/domain/recognition'

import { detailsOf, found, openPage, press, recognition, stopped } from './options-harness'
import { makeRow } from './support/make-row'

const ORIGIN = 'https://sub.example'
const ADD = `#/accounts?add=1&origin=${encodeURIComponent(ORIGIN)}`
const SECOND_FACTOR: Failure = { class: 'proof', reason: 'second-factor' }
const CAPTCHA: Failure = { class: 'proof', reason: 'captcha' }

const detected: DetectedSite = {
  origin: ORIGIN,
  siteType: 'sub2api',
  evidence: [{ sign: 'probe', detail: '/api/v1/auth/me' }],
  siteName: 'Sub',
  unit: 'usd',
  quotaPerUnit: 500_000,
  exchangeRate: 7.2,
}
const session: Recognition = { ...recognition, ...detected, ways: ['own-session'] }
const stored = makeRow(1)

type Page = Awaited<ReturnType<typeof openPage>>

/** The sign-in, reached from recognition; the answers to each try in order. */
async function signingIn(...answers: Recognised[]): Promise<Page> {
  const page = await openPage(ADD, {
    'sites.recognise': () => stopped({ class: 'needs-tab' }, detected),
    'sites.signIn': () => answers.shift() ?? found(session),
    'accounts.addRecognised': () => ({ id: stored.id }),
    'accounts.details': () => detailsOf(stored),
  })
  await press(page, 'Recognise automatically')
  await press(page, 'Sign in here instead')
  return page
}

const login = () => screen.getByLabelText(/^E-mail or user name/)
const password = () => screen.getByLabelText<HTMLInputElement>(/^Password/, { selector: 'input' })
const code = () => screen.findByLabelText<HTMLInputElement>(/^Code of the second factor/)

async function typeLogin({ user }: Page): Promise<void> {
  await user.type(login(), 'alice@sub.example')
  await user.type(password(), 'secret word')
}

describe('signing in for a session of our own', () => {
  it('says why, starts in the first field, and ends at the form for what was found', async () => {
    const page = await signingIn()
    screen.getByText(/makes a session of Relaydeck’s own: it renews itself/)
    expect(document.activeElement).toBe(login())
    await typeLogin(page)
    await press(page, 'Sign in')
    await screen.findByText('alice (ID 42)')
    expect(page.request).toHaveBeenLastCalledWith({ origins: [`${ORIGIN}/*`] })
    expect(page.sent('sites.signIn')).toEqual([
      { origin: ORIGIN, siteType: 'sub2api', login: 'alice@sub.example', password: 'secret word' },
    ])
    await press(page, 'Add account')
    expect(page.sent('accounts.addRecognised')).toMatchObject([{ way: 'own-session' }])
  })

  it('forgets the password once it worked', async () => {
    const page = await signingIn()
    await typeLogin(page)
    await press(page, 'Sign in')
    await screen.findByText('alice (ID 42)')
    await press(page, 'Enter by hand')
    expect(password().value).toBe('')
    expect(document.body.innerHTML).not.toContain('secret word')
  })

  it('asks for the code of a second factor, and again for one that was wrong', async () => {
    const wrong: Failure = { class: 'proof', reason: 'totp-invalid-code' }
    const page = await signingIn(stopped(SECOND_FACTOR), stopped(wrong))
    await typeLogin(page)
    await press(page, 'Sign in')
    expect(document.activeElement).toBe(await code())
    await press(page, 'Sign in')
    screen.getByText('Enter the code.')
    await page.user.type(await code(), '111111')
    await press(page, 'Sign in')
    await screen.findByText(/does not accept this code/)
    expect((await code()).value).toBe('')
    expect(document.activeElement).toBe(await code())
    await page.user.type(await code(), '222222')
    await press(page, 'Sign in')
    await screen.findByText('alice (ID 42)')
    expect(page.sent('sites.signIn').slice(1)).toMatchObject([
      { password: 'secret word', code: '111111' },
      { password: 'secret word', code: '222222' },
    ])
  })

  it('sends a person to the site’s own page for a captcha', async () => {
    const page = await signingIn(stopped(CAPTCHA))
    await typeLogin(page)
    await press(page, 'Sign in')
    await screen.findByText('sub.example asks for a captcha when signing in')
    expect(screen.queryByRole('button', { name: 'Sign in here instead' })).toBeNull()
    await press(page, 'Open the site in a new tab')
    await screen.findByText(/The site is open in another tab/)
    await press(page, 'I have logged in, try again')
    expect(page.sent('sites.recognise')).toMatchObject([{ origin: ORIGIN }, { tabId: 7 }])
  })

  it('says at the password that the site does not accept it', async () => {
    const page = await signingIn(stopped({ class: 'login', reason: 'invalid-credentials' }))
    await typeLogin(page)
    await press(page, 'Sign in')
    await screen.findByText('The site does not accept this user and password.')
    expect(document.activeElement).toBe(password())
  })

  it('sends nothing while something is missing, or access is refused', async () => {
    const page = await signingIn()
    await press(page, 'Sign in')
    screen.getByText('Enter the password.')
    expect(document.activeElement).toBe(login())
    await typeLogin(page)
    page.request.mockResolvedValueOnce(false)
    await press(page, 'Sign in')
    await screen.findByText('Access was not granted')
    expect(page.sent('sites.signIn')).toEqual([])
  })

  it('is what the form by hand holds for such a family, and moves no focus', async () => {
    const page = await openPage('#/accounts?add=1')
    await press(page, 'Enter by hand')
    const type = await screen.findByRole('combobox', { name: /^Site type/ })
    await page.user.selectOptions(type, 'Sub2API')
    expect(document.activeElement).not.toBe(login())
    expect(screen.queryByLabelText(/^Access token/, { selector: 'input' })).toBeNull()
    await press(page, 'Sign in')
    expect(document.activeElement).toBe(screen.getByLabelText(/^Site address/))
  })
})

describe('a stored account by a session of our own', () => {
  const row = makeRow(1, {
    origin: ORIGIN,
    siteType: 'sub2api',
    authMode: 'session',
    ownLogin: true,
    userId: '42',
  })
  const EDIT = `#/accounts/${row.id}/edit`
  const answers = {
    'accounts.details': () => detailsOf(row),
    'accounts.takeLogin': () => ({}),
  }

  it('signs in again', async () => {
    const page = await openPage(EDIT, { ...answers, 'sites.signIn': () => found(session) })
    await press(page, 'Sign in again')
    await typeLogin(page)
    await press(page, 'Sign in')
    await screen.findByText('The account has the new login.')
    expect(page.sent('accounts.takeLogin')).toEqual([
      { id: row.id, draftId: 'draft_1', way: 'own-session' },
    ])
    expect(screen.queryByLabelText(/^Password/)).toBeNull()
  })

  it('leads to the open page where a captcha is asked for', async () => {
    const page = await openPage(EDIT, { ...answers, 'sites.signIn': () => stopped(CAPTCHA) })
    await press(page, 'Sign in again')
    await typeLogin(page)
    await press(page, 'Sign in')
    await screen.findByText('sub.example asks for a captcha when signing in')
    await press(page, 'Open the site in a new tab')
    await waitFor(() => {
      expect(page.sent('sites.openTab')).toEqual([{ origin: ORIGIN }])
    })
  })
})
