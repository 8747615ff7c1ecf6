import 'fake-indexeddb/auto'

import { beforeEach, describe, expect, test } from 'vitest'

import { createAccountBook } from '@/src/services/account-book'
import { createCodeFinder } from '@/src/services/redeem/code-finder'
import { createSiteBook } from '@/src/services/site-book'
import { emptySnapshot } from '@/src/domain/snapshot'
import { openVault } from '@/src/storage/vault'

import { makeAccount } from '../../support/make'
import { freshDisk } from '../../support/world'

const ONE = 'https://one.example'
const TWO = 'http://two.example:8080'

beforeEach(freshDisk)

async function scene() {
  const vault = await openVault()
  const granted = new Set([ONE, TWO])
  const now = () => 1_000
  const hasAccess = (origin: string) => Promise.resolve(granted.has(origin))
  const book = createAccountBook({ vault, announce: () => undefined })
  for (const origin of [ONE, TWO]) {
    const account = makeAccount({ origin })
    await book.add({ account, snapshot: emptySnapshot(account.id) })
  }
  const siteBook = createSiteBook({
    vault,
    book,
    grantedHosts: () => Promise.resolve([...granted]),
    hasAccess,
    now,
  })
  const browser = { registered: [] as readonly string[], started: [] as string[] }
  const finder = createCodeFinder({
    siteBook,
    hasAccess,
    register: (origins) => {
      browser.registered = origins
      return Promise.resolve()
    },
    startIn: (origin) => {
      browser.started.push(origin)
      return Promise.reject(new Error('the tab shows an error page'))
    },
    announce: () => undefined,
    now,
  })
  return { finder, browser, granted, siteBook }
}

describe('looking for codes', () => {
  test('is off at first, and switched on site by site', async () => {
    const { finder, browser } = await scene()
    await finder.repair()
    expect(browser.registered).toEqual([])
    expect(await finder.isOn(ONE)).toBe(false)
    expect(await finder.chore.nextAtMs()).toBeNull()
    await finder.set(TWO, true)
    expect(browser).toEqual({ registered: [TWO], started: [TWO] })
    expect([await finder.isOn(ONE), await finder.isOn(TWO)]).toEqual([false, true])
    await finder.set(ONE, true)
    expect([...browser.registered].sort()).toEqual([TWO, ONE])
    await finder.set(TWO, false)
    expect(browser.registered).toEqual([ONE])
    expect(await finder.isOn(TWO)).toBe(false)
    expect(browser.started).toEqual([TWO, ONE])
  })

  test('needs access to the site', async () => {
    const { finder, browser, granted } = await scene()
    granted.delete(ONE)
    await expect(finder.set(ONE, true)).rejects.toMatchObject({
      failure: { class: 'access', reason: 'no-permission' },
    })
    expect(browser.registered).toEqual([])
    expect(await finder.isOn(ONE)).toBe(false)
    await finder.set(ONE, false)
  })

  test('ends where access is taken back, and comes again with it', async () => {
    const { finder, browser, granted } = await scene()
    await finder.set(ONE, true)
    await finder.set(TWO, true)
    granted.delete(ONE)
    expect(await finder.isOn(ONE)).toBe(false)
    await finder.chore.wakeUp()
    expect(browser.registered).toEqual([TWO])
    granted.add(ONE)
    await finder.chore.wakeUp()
    expect([...browser.registered].sort()).toEqual([TWO, ONE])
  })

  test('is repaired within a day when the browser forgot', async () => {
    const { finder, browser } = await scene()
    await finder.set(ONE, true)
    browser.registered = []
    expect(await finder.chore.nextAtMs()).toBe(1_000 + 86_400_000)
    await finder.chore.wakeUp()
    expect(browser.registered).toEqual([ONE])
  })
})
