// @vitest-environment jsdom
import { screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'

import { raise } from '@/src/domain/failure'
import type { LoginWay } from '@/src/domain/recognition'

import { detailsOf, found, openPage, press, recognition, stopped } from './options-harness'
import { makeRow } from './support/make-row'

const ORIGIN = recognition.origin
const RIGHTS = { permissions: ['cookies', 'webRequest'] }
const ways: LoginWay[] = ['browser-login', 'own-cookies', 'paste-token']

type Answers = Parameters<typeof openPage>[1]

describe('a login kept for one account', () => {
  const stored = makeRow(1)

  async function choosing() {
    const page = await openPage(`#/accounts?add=1&origin=${encodeURIComponent(ORIGIN)}`, {
      'sites.recognise': () => found({ ...recognition, ways }),
      'accounts.addRecognised': () => ({ id: stored.id }),
      'accounts.details': () => detailsOf(stored),
    })
    await press(page, 'Recognise automatically')
    await page.user.click(await screen.findByRole('radio', { name: /Keep this login/ }))
    return page
  }

  it('says which rights it takes, asks for them on saving, and is stored', async () => {
    const page = await choosing()
    screen.getByText(/gives Relaydeck two further rights/)
    expect(page.request).not.toHaveBeenCalledWith(RIGHTS)
    await press(page, 'Add account')
    expect(page.request).toHaveBeenLastCalledWith(RIGHTS)
    expect(page.sent('accounts.addRecognised')).toMatchObject([{ way: 'own-cookies' }])
  })

  it('stays in the form when the browser refuses them', async () => {
    const page = await choosing()
    page.request.mockResolvedValueOnce(false)
    await press(page, 'Add account')
    await screen.findByText('The browser did not grant these rights')
    expect(page.sent('accounts.addRecognised')).toEqual([])
    await page.user.click(screen.getByRole('radio', { name: /Use this browser’s login/ }))
    expect(screen.queryByText('The browser did not grant these rights')).toBeNull()
    await press(page, 'Add account')
    expect(page.sent('accounts.addRecognised')).toMatchObject([{ way: 'browser-login' }])
  })
})

describe('a new login for a stored account', () => {
  const byCookie = makeRow(1, { origin: ORIGIN, authMode: 'cookie', userId: '42' })
  const bySession = makeRow(2, { origin: ORIGIN, siteType: 'sub2api', authMode: 'session' })

  async function editing(row: typeof byCookie, given: Answers = {}) {
    return openPage(`#/accounts/${row.id}/edit`, {
      'accounts.details': () => detailsOf(row),
      'sites.recognise': () => found({ ...recognition, ways }),
      'accounts.takeLogin': () => ({}),
      ...given,
    })
  }

  it('is a copy of the browser’s, after saying what that takes', async () => {
    const page = await editing(byCookie)
    await press(page, 'Keep a copy of the browser’s login')
    screen.getByText(/gives Relaydeck two further rights/)
    await press(page, 'Copy now')
    await screen.findByText('The account has the new login.')
    expect(page.request).toHaveBeenCalledWith(RIGHTS)
    expect(page.sent('sites.recognise')).toEqual([{ origin: ORIGIN, siteType: 'new-api' }])
    expect(page.sent('accounts.takeLogin')).toEqual([
      { id: byCookie.id, draftId: 'draft_1', way: 'own-cookies' },
    ])
  })

  it('is copied again where a copy is what the account has', async () => {
    await editing({ ...byCookie, ownLogin: true })
    await screen.findByRole('button', { name: 'Copy the browser’s login again' })
    await screen.findByRole('radio', { name: /Login kept for this account/ })
  })

  it('is not copied without the rights', async () => {
    const page = await editing(byCookie)
    await press(page, 'Keep a copy of the browser’s login')
    page.request.mockResolvedValueOnce(false)
    await press(page, 'Copy now')
    await screen.findByText('The browser did not grant these rights')
    expect(page.sent('sites.recognise')).toEqual([])
  })

  it('says so when this login cannot be copied', async () => {
    const page = await editing(byCookie, {
      'accounts.takeLogin': () => raise({ class: 'input', field: 'way' }),
    })
    await press(page, 'Keep a copy of the browser’s login')
    await press(page, 'Copy now')
    await screen.findByText(/cannot be used this way/)
  })

  it('is read from the open page, which may have to be opened first', async () => {
    let open = false
    const page = await editing(bySession, {
      'sites.recognise': () =>
        open
          ? found({ ...recognition, userId: bySession.userId })
          : stopped({ class: 'needs-tab' }),
    })
    await press(page, 'Read the open page again')
    await screen.findByText(/is not open in a tab/)
    await press(page, 'Open the site in a new tab')
    await screen.findByText(/The site is open in another tab/)
    open = true
    await press(page, 'Read the open page again')
    await screen.findByText('The account has the new login.')
    expect(page.sent('sites.recognise').at(-1)).toMatchObject({ tabId: 7 })
    expect(page.sent('accounts.takeLogin')).toMatchObject([{ way: 'page-session' }])
  })

  it('names both users when somebody else is logged in', async () => {
    const page = await editing(bySession, {
      'accounts.takeLogin': () => raise({ class: 'identity', reason: 'user-mismatch' }),
    })
    await press(page, 'Read the open page again')
    await screen.findByText(/alice \(ID 42\) is logged in there\. This account belongs to user 102/)
  })

  it('is not offered where a token does the work, and a session has no other method', async () => {
    await editing(makeRow(3))
    await screen.findByLabelText(/^Site name/)
    expect(screen.queryByRole('region', { name: 'Login' })).toBeNull()
    await editing(bySession)
    await screen.findByRole('region', { name: 'Login' })
    expect(screen.queryByRole('radio')).toBeNull()
  })
})
