// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { raise } from '@/src/domain/failure'
import type { SiteAccess } from '@/src/domain/site-record'
import { linesOf } from '@/src/ui/features/sites/site-lines'

import { openPage } from './options-harness'

const HOUR_MS = 3_600_000
/** The page's clock may be half a minute behind. */
const SLACK_MS = 60_000

/** A granted site with one account. */
function makeSite(index: number, given: Partial<SiteAccess> = {}): SiteAccess {
  return {
    origin: `https://relay${String(index)}.example`,
    granted: true,
    accounts: [accountAt(index)],
    sinceMs: Date.now() - 3 * HOUR_MS - SLACK_MS,
    lastUsedAtMs: Date.now() - HOUR_MS - SLACK_MS,
    autoHelp: false,
    ...given,
  }
}

function accountAt(index: number) {
  return { id: `acc_${index.toString(16).padStart(32, '0')}`, name: `Account ${String(index)}` }
}

const used = makeSite(1)
const revoked = makeSite(2, { granted: false })
const leftOver = makeSite(3, { accounts: [] })
const neverUsed: SiteAccess = {
  origin: 'http://relay4.example:8080',
  granted: false,
  accounts: [accountAt(4)],
  autoHelp: false,
}

const list = (...sites: SiteAccess[]) => ({ 'sites.access': () => sites })

/** Opens the page in front of a worker whose list follows what is revoked. */
function openWith(...sites: SiteAccess[]) {
  let now = sites
  return openPage('#/sites', {
    'sites.access': () => now,
    'sites.revoke': ({ origins }) => {
      now = now
        .map((site) => (origins.includes(site.origin) ? { ...site, granted: false } : site))
        .filter(({ granted, accounts }) => granted || accounts.length > 0)
      return {}
    },
  })
}

async function rowOf(site: string): Promise<HTMLElement> {
  const cell = await screen.findByText(site, { selector: '.font-medium[title]' })
  return cell.closest<HTMLElement>('[role=row]')!
}

async function sites(): Promise<(string | undefined)[]> {
  const table = await screen.findByRole('table', { name: 'Site access' })
  const [, ...rows] = within(table).getAllByRole('row')
  return rows.map((row) => within(row).getAllByRole('cell')[0]?.textContent)
}

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(800)
})
afterEach(() => {
  vi.restoreAllMocks()
})

describe('the list of sites', () => {
  it('tells of each why, whether, since when and when last', async () => {
    await openPage('#/sites', list(used, revoked, leftOver, neverUsed))
    const row = within(await rowOf('relay1.example'))
    expect(row.getByRole('link', { name: 'Account 1' }).getAttribute('href')).toBe(
      `#/accounts/${accountAt(1).id}`,
    )
    row.getByText('Granted')
    row.getByText('3 hr ago')
    row.getByText('1 hr ago')
    within(await rowOf('relay2.example')).getByText('Revoked')
    within(await rowOf('relay3.example')).getByText('Left over, can be revoked')
    const unknown = within(await rowOf('http://relay4.example:8080'))
    unknown.getByText('Not granted')
    expect(unknown.getAllByText('unknown')).toHaveLength(2)
  })

  it('counts credentials, gateways and notice channels among the reasons', async () => {
    const mixed = makeSite(1, { others: { credentials: 2, gateways: 0, channels: 0 } })
    const alone = makeSite(2, {
      accounts: [],
      others: { credentials: 1, gateways: 1, channels: 2 },
    })
    await openPage('#/sites', list(mixed, alone))
    const row = within(await rowOf('relay1.example'))
    row.getByRole('link', { name: 'Account 1' })
    row.getByText('2 credentials', { exact: false })
    within(await rowOf('relay2.example')).getByText('1 credential, 1 gateway, 2 notice channels')
    expect(screen.queryByText(/left over/)).toBeNull()
  })

  it('says what it will hold while there is nothing', async () => {
    const { user } = await openPage('#/sites', list())
    await screen.findByText('No sites yet')
    await user.click(screen.getByRole('button', { name: 'Add account' }))
    expect(location.hash).toBe('#/accounts?add=1')
  })

  it('says why it could not be loaded and tries again', async () => {
    let broken = true
    const { user } = await openPage('#/sites', {
      'sites.access': () => (broken ? raise({ class: 'storage' }) : [used]),
    })
    await screen.findByText('Stored data not readable')
    broken = false
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await sites()).toEqual(['relay1.example'])
  })

  it('keeps few elements for 300 sites, and is searched by site and account', async () => {
    const many = Array.from({ length: 300 }, (_, at) => makeSite(at + 1))
    const { user } = await openPage('#/sites', list(...many))
    const table = await screen.findByRole('table')
    expect(table.getAttribute('aria-rowcount')).toBe('301')
    expect(document.querySelectorAll('[role=row]').length).toBeLessThan(40)
    await user.type(screen.getByRole('searchbox', { name: 'Search sites' }), 'account 299')
    expect(await sites()).toEqual(['relay299.example'])
    await user.type(screen.getByRole('searchbox'), ' nowhere')
    await user.click(await screen.findByRole('button', { name: 'Show all sites' }))
    expect((await sites())[0]).toBe('relay1.example')
  })

  it('has no search while it is short', async () => {
    await openPage('#/sites', list(used))
    await screen.findByRole('table')
    expect(screen.queryByRole('searchbox')).toBeNull()
  })

  it('is one stop of the Tab key; arrows go from row to row', async () => {
    const { user } = await openPage('#/sites', list(used, makeSite(2)))
    const first = await screen.findByRole('button', { name: 'Revoke relay1.example' })
    const second = screen.getByRole('button', { name: 'Revoke relay2.example' })
    expect([first.tabIndex, second.tabIndex]).toEqual([0, -1])
    first.focus()
    await user.keyboard('{ArrowDown}')
    expect(document.activeElement).toBe(second)
    expect([first.tabIndex, second.tabIndex]).toEqual([-1, 0])
  })
})

describe('revoking', () => {
  it('names the accounts first, and asks nothing of the worker until it is confirmed', async () => {
    const { user, sent } = await openWith(used)
    await user.click(await screen.findByRole('button', { name: 'Revoke relay1.example' }))
    const dialog = await screen.findByRole('dialog', { name: 'Revoke access to relay1.example?' })
    within(dialog).getByText('This account will say “access revoked”:')
    within(dialog).getByText('Account 1')
    await user.click(within(dialog).getByRole('button', { name: 'Keep' }))
    expect(sent('sites.revoke')).toEqual([])

    await user.click(screen.getByRole('button', { name: 'Revoke relay1.example' }))
    await user.click(
      within(await screen.findByRole('dialog')).getByRole('button', { name: 'Revoke' }),
    )
    await screen.findByText('Access to relay1.example was revoked.')
    expect(sent('sites.revoke')).toEqual([{ origins: [used.origin] }])
    within(await rowOf('relay1.example')).getByText('Revoked')
  })

  it('names what can no longer be reached', async () => {
    const site = makeSite(1, { accounts: [], others: { credentials: 2, gateways: 1, channels: 1 } })
    const { user } = await openWith(site)
    await user.click(await screen.findByRole('button', { name: 'Revoke relay1.example' }))
    const dialog = within(await screen.findByRole('dialog'))
    dialog.getByText('These can no longer be reached:')
    expect(dialog.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      '2 credentials',
      '1 gateway',
      '1 notice channel',
    ])
    expect(dialog.queryByText('Nothing uses:')).toBeNull()
  })

  it('names what another port of the host loses', async () => {
    const port = makeSite(1, { origin: 'https://relay1.example:8443', accounts: [accountAt(8)] })
    const { user } = await openWith(used, port)
    await user.click(await screen.findByRole('button', { name: 'Revoke relay1.example' }))
    const dialog = within(await screen.findByRole('dialog'))
    dialog.getByText('Account 8')
    dialog.getByText(/relay1\.example:8443 ends too/)
  })

  it('says it in a sentence when the browser refuses', async () => {
    const { user } = await openPage('#/sites', {
      ...list(used),
      'sites.revoke': () => raise({ class: 'internal', reason: 'Error' }),
    })
    await user.click(await screen.findByRole('button', { name: 'Revoke relay1.example' }))
    const dialog = within(await screen.findByRole('dialog'))
    await user.click(dialog.getByRole('button', { name: 'Revoke' }))
    await dialog.findByText('The browser did not take the access back')
    dialog.getByText(/^Still granted: relay1\.example\./)
  })

  it('takes all left-overs at once, and the others one by one when one is refused', async () => {
    const stuck = makeSite(5, { accounts: [] })
    const { user, sent } = await openPage('#/sites', {
      ...list(used, leftOver, stuck),
      'sites.revoke': ({ origins }) =>
        origins.includes(stuck.origin) ? raise({ class: 'internal' }) : {},
    })
    await user.click(await screen.findByRole('button', { name: 'Revoke all 2' }))
    const dialog = within(await screen.findByRole('dialog'))
    await user.click(dialog.getByRole('button', { name: 'Revoke' }))
    await dialog.findByText(/^Still granted: relay5\.example\./)
    expect(sent('sites.revoke')).toEqual([
      { origins: [leftOver.origin, stuck.origin] },
      { origins: [leftOver.origin] },
      { origins: [stuck.origin] },
    ])
  })

  it('leaves the focus on what came of it when the rows are gone', async () => {
    const { user } = await openWith(used, leftOver)
    await user.click(await screen.findByRole('button', { name: 'Revoke it' }))
    await user.click(
      within(await screen.findByRole('dialog')).getByRole('button', { name: 'Revoke' }),
    )
    const said = await screen.findByText('Access to relay3.example was revoked.')
    await waitFor(() => {
      expect(document.activeElement).toBe(said)
    })
    expect(await sites()).toEqual(['relay1.example'])
  })
})

describe('granting again', () => {
  it('asks the browser and reads the list again', async () => {
    const { user, sent, request } = await openPage('#/sites', list(revoked))
    await user.click(await screen.findByRole('button', { name: 'Grant again relay2.example' }))
    expect(request).toHaveBeenCalledWith({ origins: ['https://relay2.example/*'] })
    await screen.findByText('Access to relay2.example is granted again.')
    expect(sent('sites.access').length).toBeGreaterThan(1)
  })

  it('says so when the person refuses', async () => {
    const { user, request } = await openPage('#/sites', list(revoked))
    request.mockResolvedValue(false)
    await user.click(await screen.findByRole('button', { name: 'Grant again relay2.example' }))
    await screen.findByText('Access to relay2.example was not granted. Nothing has changed.')
  })
})

describe('opening unseen', () => {
  const name = /^relay1\.example: may be opened unseen/

  it('is a choice of its own per site, off at first', async () => {
    const { user, sent } = await openPage('#/sites', {
      ...list(used, revoked, leftOver),
      'sites.setAutoHelp': () => ({}),
    })
    const choice = await screen.findByRole<HTMLInputElement>('switch', { name })
    expect(choice.checked).toBe(false)
    await user.click(choice)
    expect(choice.checked).toBe(true)
    expect(sent('sites.setAutoHelp')).toEqual([{ origin: used.origin, allowed: true }])
    const others = screen.getAllByRole<HTMLInputElement>('switch').slice(1)
    expect(others.map(({ disabled }) => disabled)).toEqual([true])
  })

  it('is taken back when it cannot be stored', async () => {
    const { user } = await openPage('#/sites', {
      ...list(used),
      'sites.setAutoHelp': () => raise({ class: 'storage' }),
    })
    const choice = await screen.findByRole<HTMLInputElement>('switch', { name })
    await user.click(choice)
    await screen.findByText('Stored data not readable')
    expect(choice.checked).toBe(false)
  })
})

describe('a permission that several ports share', () => {
  it('is no left-over while one of them has an account', () => {
    const port = makeSite(1, { origin: 'https://relay1.example:8443' })
    const bare = makeSite(1, { accounts: [] })
    const [line] = linesOf([bare, port])
    expect(line).toMatchObject({ leftOver: false, accounts: port.accounts })
  })

  it('is none while one of them has a credential', () => {
    const port = makeSite(1, {
      origin: 'https://relay1.example:8443',
      accounts: [],
      others: { credentials: 0, gateways: 0, channels: 1 },
    })
    const [line] = linesOf([makeSite(1, { accounts: [] }), port])
    expect(line).toMatchObject({ leftOver: false, others: { channels: 1 } })
  })

  it('is one if none has', () => {
    const bare = makeSite(1, { accounts: [] })
    const other = makeSite(1, { origin: 'http://relay1.example' })
    expect(linesOf([bare, other]).map(({ leftOver }) => leftOver)).toEqual([true, false])
  })
})
