import { beforeEach, expect, test, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing'

import { listenToMenus, translateMenus } from '@/src/background/menus'
import { OFFER_SLOT } from '@/src/domain/offered-codes'
import { LANGUAGES } from '@/src/domain/settings'

const CODE = '0123456789abcdef0123456789abcdef'

type Click = (
  info: { menuItemId: string; selectionText?: string; frameId?: number },
  tab?: { id?: number; url?: string },
) => void

interface Entry {
  readonly id: string
  readonly title: string
  readonly contexts: string[]
}

let click: Click
let entries: Entry[]
let opened: string[]
let selection: () => Promise<unknown>
const heard = vi.fn()

beforeEach(() => {
  fakeBrowser.reset()
  heard.mockReset()
  entries = []
  opened = []
  selection = () => Promise.reject(new Error('no access'))
  Object.assign(fakeBrowser, {
    contextMenus: {
      onClicked: { addListener: (listener: Click) => (click = listener) },
      removeAll: () => Promise.resolve((entries = [])),
      create: (entry: Entry) => entries.push(entry),
    },
  })
  Object.assign(fakeBrowser.scripting, { executeScript: () => selection() })
  Object.assign(fakeBrowser.permissions, { request: () => Promise.resolve(true) })
  Object.assign(fakeBrowser.runtime, {
    getContexts: () => Promise.resolve([]),
    ContextType: { TAB: 'TAB' },
  })
  Object.assign(fakeBrowser.tabs, {
    create: ({ url }: { url: string }) => Promise.resolve(opened.push(url)),
  })
  listenToMenus(heard)
})

const offered = async () => {
  await vi.waitFor(() => expect(opened).toHaveLength(1))
  const stored = await fakeBrowser.storage.session.get(OFFER_SLOT)
  return stored[OFFER_SLOT] as Record<string, unknown>
}

test.each(LANGUAGES)('both entries are there in %s, each where it belongs', async (language) => {
  await translateMenus(language)
  await translateMenus(language)
  expect(entries.map(({ id, contexts }) => [id, contexts])).toEqual([
    ['add-site', ['page', 'action']],
    ['redeem-code', ['selection']],
  ])
  expect(new Set(entries.map(({ title }) => title)).size).toBe(2)
})

test('a selection waits in memory for the page for codes, and is in no address', async () => {
  click(
    { menuItemId: 'redeem-code', selectionText: CODE },
    { id: 5, url: 'https://shop.example/thanks?id=3' },
  )
  const offer = await offered()
  expect(offer).toMatchObject({ origin: 'https://shop.example', text: CODE })
  expect(offer['id']).toMatch(/^[0-9a-f-]{36}$/)
  expect(opened).toEqual([fakeBrowser.runtime.getURL('/options.html#/redeem')])
  expect(heard).toHaveBeenCalledExactlyOnceWith({ topic: 'redeem' })
  expect(await fakeBrowser.storage.local.get(null)).toEqual({})
})

test('line breaks of the selection survive where the page may be looked at', async () => {
  selection = () => Promise.resolve([{ result: `${CODE}\n${CODE.replace('0', 'f')}` }])
  click(
    { menuItemId: 'redeem-code', selectionText: CODE + CODE.replace('0', 'f') },
    { id: 5, url: 'https://shop.example/' },
  )
  expect(await offered()).toMatchObject({ text: `${CODE}\n${CODE.replace('0', 'f')}` })
})

test('where there is no web page, the selection waits without a place', async () => {
  click({ menuItemId: 'redeem-code', selectionText: 'x'.repeat(50_000) }, { id: 5 })
  const offer = await offered()
  expect(offer['origin']).toBeUndefined()
  expect(String(offer['text'])).toHaveLength(20_000)
})

test('the other entry leads to adding the site, and entries of nobody lead nowhere', async () => {
  click({ menuItemId: 'another' }, { id: 5, url: 'https://shop.example/' })
  click({ menuItemId: 'add-site' }, { id: 5, url: 'https://shop.example/' })
  await vi.waitFor(() => expect(opened).toHaveLength(1))
  expect(opened[0]).toContain('#/accounts?add=1&origin=https%3A%2F%2Fshop.example&tab=5')
  expect(await fakeBrowser.storage.session.get(OFFER_SLOT)).toEqual({})
  expect(heard).not.toHaveBeenCalled()
})
