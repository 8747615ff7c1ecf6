// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { raise } from '@/src/domain/failure'
import { complete } from '@/src/domain/metric'
import { DEFAULT_SETTINGS } from '@/src/domain/settings'
import { useKeyChoices } from '@/src/ui/features/keys/list-choices'

import { openPage } from './options-harness'
import { BARE, makeKey, makeList, withKeys } from './support/make-key'
import { makeRow } from './support/make-row'

const nova = makeRow(1, { name: 'Nova' })
const luna = makeRow(2, { name: 'Luna' })
const SECRET = 'sk-whole-secret-of-a-key'

const novaKeys = [
  makeKey(nova.id, 1, { name: 'laptop' }),
  makeKey(nova.id, 2, { name: 'server', status: 'disabled', group: 'vip' }),
]
const lunaKeys = [makeKey(luna.id, 3, { name: 'phone', remaining: complete(1_000_000) })]
const both = [makeList(nova, novaKeys), makeList(luna, lunaKeys)]

beforeEach(() => {
  useKeyChoices.setState(useKeyChoices.getInitialState())
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(800)
})
afterEach(() => {
  vi.restoreAllMocks()
})

type Given = Parameters<typeof withKeys>[2]

const openKeys = (given: Given = {}, lists = both, hash = '#/keys') =>
  openPage(hash, withKeys([nova, luna], lists, given))

/** What the rows begin with, in the order the table shows them. */
async function lines(): Promise<string[]> {
  const table = await screen.findByRole('table', { name: 'Keys' })
  return [...table.querySelectorAll('[data-row-target]')].map((part) => part.textContent)
}

function rowOf(name: string): HTMLElement {
  return screen.getByRole('button', { name }).closest<HTMLElement>('[role=row]')!
}

async function choose(page: Awaited<ReturnType<typeof openPage>>, name: string, action: string) {
  await page.user.click(await screen.findByRole('button', { name: `More for ${name}` }))
  await page.user.click(screen.getByRole('menuitem', { name: action, hidden: true }))
}

describe('the list of keys', () => {
  it('stands under its accounts, which can be folded and left', async () => {
    const { user } = await openKeys()
    expect(await lines()).toEqual(['Nova', 'laptop', 'server', 'Luna', 'phone'])
    within(rowOf('Nova')).getByText(/^2 keys · 1 enabled · \$2\.00 used$/)
    await user.click(screen.getByRole('button', { name: 'Nova' }))
    expect(await lines()).toEqual(['Nova', 'Luna', 'phone'])
    await user.click(screen.getByRole('button', { name: 'Unfold all' }))
    await user.click(screen.getByRole('button', { name: 'By account' }))
    expect(await lines()).toEqual(['laptop', 'phone', 'server'])
    within(rowOf('phone')).getByText('Luna')
  })

  it('is searched by name and by the masked key, and by full keys only the worker knows', async () => {
    const { user, sent } = await openKeys({
      'keys.find': ({ text }) => ({
        keys: text === SECRET ? [{ accountId: luna.id, keyId: '3' }] : [],
      }),
    })
    const search = await screen.findByRole('searchbox', { name: 'Search keys' })
    await user.type(search, 'SERV')
    expect(await lines()).toEqual(['Nova', 'server'])
    await user.clear(search)
    await user.type(search, 'sk-ab3')
    expect(await lines()).toEqual(['Luna', 'phone'])
    await user.clear(search)
    await user.click(search)
    await user.paste(SECRET)
    expect(await screen.findByRole('button', { name: 'phone' })).toBeTruthy()
    expect(sent('keys.find')).toContainEqual({ text: SECRET })
    await user.type(search, ' nowhere')
    await user.click(await screen.findByRole('button', { name: 'Show all keys' }))
    expect(await lines()).toHaveLength(5)
  })

  it('is narrowed by status, account, group and tag', async () => {
    const tag = { id: `tag_${'1'.repeat(32)}`, name: 'work', createdAtMs: 1 }
    const tagged = { ...luna, tagIds: [tag.id] }
    const { user } = await openPage(
      '#/keys',
      withKeys([nova, tagged], both, { 'tags.list': () => [tag] }),
    )
    await user.click(await screen.findByRole('button', { name: 'Disabled 1' }))
    expect(await lines()).toEqual(['Nova', 'server'])
    await user.click(screen.getByRole('button', { name: 'Disabled 1' }))
    await user.selectOptions(screen.getByRole('combobox', { name: 'Account' }), 'Luna')
    expect(await lines()).toEqual(['Luna', 'phone'])
    await user.selectOptions(screen.getByRole('combobox', { name: 'Account' }), 'Account')
    await user.selectOptions(screen.getByRole('combobox', { name: 'Group' }), 'vip')
    expect(await lines()).toEqual(['Nova', 'server'])
    await user.selectOptions(screen.getByRole('combobox', { name: 'Group' }), 'Group')
    await user.selectOptions(await screen.findByRole('combobox', { name: 'Tag' }), 'work')
    expect(await lines()).toEqual(['Luna', 'phone'])
  })

  it('shows one account where the address names it', async () => {
    await openKeys({}, both, `#/keys?account=${luna.id}`)
    await waitFor(async () => {
      expect(await lines()).toEqual(['Luna', 'phone'])
    })
  })

  it('remembers which columns are wanted', async () => {
    const { user } = await openKeys()
    await user.click(await screen.findByRole('button', { name: 'Columns' }))
    await user.click(screen.getByRole('checkbox', { name: 'Created' }))
    screen.getByRole('columnheader', { name: 'Created' })
    expect(localStorage.getItem('keys.hidden-columns')).toBe('["limits","lastUsed"]')
    localStorage.clear()
  })

  it('is one stop of the Tab key; arrows go from row to row', async () => {
    const { user } = await openKeys()
    const head = await screen.findByRole('button', { name: 'Nova' })
    head.focus()
    await user.keyboard('{ArrowDown}')
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'laptop' }))
    expect(head.tabIndex).toBe(-1)
  })

  it('says why an account is missing and asks for that one again', async () => {
    const failed = makeList(luna, [], { state: 'failed', failure: { class: 'login' } })
    const unsupported = makeList(makeRow(3), [], { state: 'unsupported' })
    const { user, sent } = await openPage(
      '#/keys',
      withKeys([nova, luna, makeRow(3)], [both[0]!, failed, unsupported]),
    )
    const notice = (await screen.findByText('The keys of 1 account could not be listed')).closest(
      '[role=note]',
    )!
    within(notice as HTMLElement).getByRole('link', { name: 'Luna' })
    within(notice as HTMLElement).getByText('Login no longer accepted')
    await user.click(within(notice as HTMLElement).getByRole('button', { name: 'Try again' }))
    expect(sent('keys.load')).toEqual([{ accountIds: [luna.id] }])
    expect(await lines()).toEqual(['Nova', 'laptop', 'server', 'Luna'])
  })

  it('is loaded by the first look at it, and by later ones only when asked', async () => {
    const never = [makeList(nova, [], { state: 'never' }), makeList(luna, [], { state: 'never' })]
    const first = await openKeys({}, never)
    await waitFor(() => {
      expect(first.sent('keys.load')).toEqual([{}])
    })
    const { user, sent } = await openKeys()
    await screen.findByRole('table')
    expect(sent('keys.load')).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Refresh' }))
    expect(sent('keys.load')).toEqual([{}])
  })

  it('tells how far a loading is', async () => {
    await openKeys({ 'keys.lists': () => ({ lists: both, loading: { done: 1, total: 2 } }) })
    await screen.findByText('1 of 2 accounts')
  })

  it('says why nothing can be shown and tries again', async () => {
    let broken = true
    const { user } = await openKeys({
      'keys.lists': () => (broken ? raise({ class: 'storage' }) : { lists: both, loading: null }),
    })
    await screen.findByText('Stored data not readable')
    broken = false
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await lines()).toHaveLength(5)
  })

  it('says what it will hold while there are no accounts', async () => {
    const { user } = await openPage('#/keys', withKeys([], []))
    await screen.findByText('No keys yet')
    await user.click(screen.getByRole('button', { name: 'Add account' }))
    expect(location.hash).toBe('#/accounts?add=1')
  })

  it('keeps few elements for 2,000 keys of 100 accounts', async () => {
    const accounts = Array.from({ length: 100 }, (_, at) => makeRow(at + 1))
    const lists = accounts.map((account) =>
      makeList(
        account,
        Array.from({ length: 20 }, (_, at) => makeKey(account.id, at + 1)),
      ),
    )
    await openPage('#/keys', withKeys(accounts, lists))
    const table = await screen.findByRole('table')
    expect(table.getAttribute('aria-rowcount')).toBe('2101')
    expect(table.querySelectorAll('[role=row]').length).toBeLessThan(40)
  })
})

describe('what a site cannot do', () => {
  it('is not offered', async () => {
    const keys = [makeKey(nova.id, 1, { name: 'laptop', secret: 'lost' })]
    const { user } = await openPage(
      '#/keys',
      withKeys([nova], [makeList(nova, keys, { features: BARE })]),
    )
    await user.click(await screen.findByRole('button', { name: 'More for laptop' }))
    expect(
      screen.getAllByRole('menuitem', { hidden: true }).map(({ textContent }) => textContent),
    ).toEqual(['Open the site’s key page'])
    expect(screen.queryByRole('button', { name: 'Create key' })).toBeNull()
    expect(screen.queryByRole('button', { name: /Show the key/ })).toBeNull()
    await user.click(screen.getByRole('checkbox', { name: 'Select laptop' }))
    const bar = within(screen.getByRole('region', { name: 'Selected keys' }))
    for (const name of ['Copy all', 'Enable', 'Disable', 'Export', 'Delete']) {
      expect(bar.getByRole<HTMLButtonElement>('button', { name }).disabled).toBe(true)
    }
  })
})

describe('full keys', () => {
  it('stand on the page only while they are wanted', async () => {
    const { user, sent } = await openKeys({ 'keys.reveal': () => ({ key: SECRET }) })
    await screen.findByRole('table')
    expect(document.body.innerHTML).not.toContain(SECRET)
    await user.click(screen.getByRole('button', { name: 'Show the key laptop' }))
    await screen.findByText(SECRET)
    expect(sent('keys.reveal')).toEqual([{ key: { accountId: nova.id, keyId: '1' } }])
    await user.click(screen.getByRole('button', { name: 'Hide the key laptop' }))
    expect(document.body.innerHTML).not.toContain(SECRET)
  })

  it('are hidden again when the panel that shows them closes', async () => {
    const { user } = await openKeys(
      { 'keys.reveal': () => ({ key: SECRET }) },
      both,
      `#/keys/details/${nova.id}/1`,
    )
    const panel = within(await screen.findByRole('complementary', { name: 'laptop' }))
    await user.click(panel.getByRole('button', { name: 'Show key' }))
    await panel.findByText(SECRET)
    await user.click(panel.getByRole('button', { name: 'Close' }))
    await waitFor(() => {
      expect(document.body.innerHTML).not.toContain(SECRET)
    })
  })

  it('are copied without being shown', async () => {
    const { user } = await openKeys({ 'keys.reveal': () => ({ key: SECRET }) })
    await user.click(await screen.findByRole('button', { name: 'Copy the key laptop' }))
    await screen.findByText('Copied')
    expect(await navigator.clipboard.readText()).toBe(SECRET)
    expect(document.body.innerHTML).not.toContain(SECRET)
  })

  it('are never a masked text', async () => {
    const { user } = await openKeys({ 'keys.reveal': () => ({ key: 'sk-ab****yz' }) })
    await navigator.clipboard.writeText('before')
    await user.click(await screen.findByRole('button', { name: 'Copy the key laptop' }))
    await screen.findByText('This is only a shortened form of the key.')
    expect(await navigator.clipboard.readText()).toBe('before')
  })

  it('leave the clipboard again when the settings say so', async () => {
    vi.spyOn(document, 'hasFocus').mockReturnValue(true)
    const settings = { ...DEFAULT_SETTINGS, language: 'en' as const, clearClipboardSec: 1 }
    const { user } = await openKeys({
      'app.boot': () => ({ settings, job: null }),
      'keys.reveal': () => ({ key: SECRET }),
    })
    const written = vi.spyOn(navigator.clipboard, 'writeText')
    await user.click(await screen.findByRole('button', { name: 'Copy the key laptop' }))
    await screen.findByText(/^clears in \d s$/)
    await screen.findByText('Clipboard emptied', undefined, { timeout: 3000 })
    expect(written).toHaveBeenLastCalledWith('')
  })

  it('say what only the person can do when the site keeps them back', async () => {
    const { user } = await openKeys({
      'keys.reveal': () => raise({ class: 'unsupported', reason: 'key-lost' }),
    })
    await user.click(await screen.findByRole('button', { name: 'Show the key laptop' }))
    await screen.findByText('Create a replacement with the same limits.')
  })
})

describe('changing keys from the list', () => {
  it('disables one, and deletes one only after a question that names it', async () => {
    const page = await openKeys({
      'keys.setEnabled': () => ({ outcomes: [] }),
      'keys.remove': () => ({ outcomes: [] }),
    })
    await choose(page, 'laptop', 'Disable')
    await screen.findByText('1 key disabled')
    const key = { accountId: nova.id, keyId: '1' }
    expect(page.sent('keys.setEnabled')).toEqual([{ keys: [key], enabled: false }])

    await choose(page, 'laptop', 'Delete')
    const dialog = await screen.findByRole('dialog', { name: 'Delete the key laptop?' })
    within(dialog).getByText(/cannot be undone/)
    expect(page.sent('keys.remove')).toEqual([])
    await page.user.click(within(dialog).getByRole('button', { name: 'Delete' }))
    await screen.findByText('1 key deleted')
    expect(page.sent('keys.remove')).toEqual([{ keys: [key] }])
  })

  it('tells per key what did not work, and tries those again', async () => {
    let refuses = true
    const { user, sent } = await openKeys({
      'keys.remove': ({ keys }) => ({
        outcomes: keys.map((key) => ({
          ...key,
          ...(refuses && key.keyId === '3' ? { failure: { class: 'refused' as const } } : {}),
        })),
      }),
    })
    await user.click(await screen.findByRole('checkbox', { name: 'Select all shown keys' }))
    const bar = within(screen.getByRole('region', { name: 'Selected keys' }))
    await user.click(bar.getByRole('button', { name: 'Delete' }))
    const dialog = await screen.findByRole('dialog', { name: 'Delete 3 keys?' })
    await user.click(within(dialog).getByRole('button', { name: 'Delete' }))
    await screen.findByText('2 keys deleted')
    screen.getByText('Luna · The site said no')
    refuses = false
    await user.click(screen.getByRole('button', { name: 'Retry the failed ones' }))
    await screen.findByText('1 key deleted')
    expect(sent('keys.remove').at(-1)).toEqual({ keys: [{ accountId: luna.id, keyId: '3' }] })
  })

  it('leaves out what cannot take part, and says so', async () => {
    const { user, sent } = await openKeys({ 'keys.setEnabled': () => ({ outcomes: [] }) })
    await user.click(await screen.findByRole('checkbox', { name: 'Select all shown keys of Nova' }))
    const bar = within(screen.getByRole('region', { name: 'Selected keys' }))
    bar.getByText('2 selected')
    await user.click(bar.getByRole('button', { name: 'Enable' }))
    await screen.findByText('1 key enabled')
    screen.getByText(/^1 key was left out/)
    expect(sent('keys.setEnabled')).toEqual([
      { keys: [{ accountId: nova.id, keyId: '2' }], enabled: true },
    ])
  })

  it('copies several whole keys, and names the ones it could not get', async () => {
    const { user } = await openKeys({
      'keys.reveal': ({ key }) =>
        key.keyId === '3' ? raise({ class: 'limit' }) : { key: `sk-full-${key.keyId}` },
    })
    await user.click(await screen.findByRole('checkbox', { name: 'Select all shown keys' }))
    await user.click(screen.getByRole('button', { name: 'Copy all' }))
    await screen.findByText('2 keys copied')
    screen.getByText('Luna · Too many requests')
    expect(await navigator.clipboard.readText()).toBe('sk-full-1\nsk-full-2')
  })

  it('saves keys as credentials', async () => {
    const page = await openKeys({
      'credentials.fromKey': () => ({ id: `cred_${'0'.repeat(32)}`, merged: false }),
    })
    await choose(page, 'laptop', 'Save as credential')
    const dialog = within(await screen.findByRole('dialog'))
    await page.user.selectOptions(dialog.getByRole('combobox', { name: 'API type' }), 'Anthropic')
    await page.user.click(dialog.getByRole('button', { name: 'Save' }))
    await screen.findByText('1 key saved as a credential')
    expect(page.sent('credentials.fromKey')).toEqual([
      {
        key: { accountId: nova.id, keyId: '1' },
        name: 'Nova · laptop',
        apiType: 'anthropic',
        tagIds: [],
      },
    ])
  })

  it('keeps a selection under a filter that hides it, and says so', async () => {
    const { user } = await openKeys()
    await user.click(await screen.findByRole('checkbox', { name: 'Select laptop' }))
    await user.click(screen.getByRole('button', { name: 'Disabled 1' }))
    screen.getByText('1 of them hidden by search or filters')
  })
})
