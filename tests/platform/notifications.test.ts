import { beforeEach, describe, expect, test, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing'

import { showBadge } from '@/src/platform/badge'
import { lastCookieEnd } from '@/src/platform/login-cookies'
import { onNotificationClick, showNotification } from '@/src/platform/notifications'

type Granted = (change: { permissions?: string[] }) => void

let onGrant: Granted[]
let granted: boolean

beforeEach(() => {
  fakeBrowser.reset()
  onGrant = []
  granted = true
  Object.assign(fakeBrowser.permissions, { contains: () => Promise.resolve(granted) })
  Object.assign(fakeBrowser.permissions.onAdded, {
    addListener: (listener: Granted) => onGrant.push(listener),
  })
})

const shown = () => fakeBrowser.notifications.getAll() as Promise<Record<string, unknown>>
const click = (id: string) => fakeBrowser.notifications.onClicked.trigger(id)
const note = (event: string) => ({ event, title: 'T', message: 'M' })

describe('a notification of the browser', () => {
  test('takes the place of an older one of its event, and leads to it once', async () => {
    const opened: string[] = []
    onNotificationClick((event) => opened.push(event))
    await showNotification(note('low-balance'))
    await showNotification({ ...note('low-balance'), message: 'newer' })
    await showNotification(note('test'))
    expect(Object.keys(await shown()).sort()).toEqual(['relaydeck.low-balance', 'relaydeck.test'])
    expect((await shown())['relaydeck.low-balance']).toMatchObject({
      type: 'basic',
      title: 'T',
      message: 'newer',
      iconUrl: expect.stringMatching(/\/icon\/128\.png$/) as string,
    })
    await click('relaydeck.low-balance')
    await click('somebody-else.low-balance')
    expect(opened).toEqual(['low-balance'])
    expect(Object.keys(await shown())).toEqual(['relaydeck.test'])
  })

  test('is heard of also when the permission came after the worker began', async () => {
    const api = fakeBrowser.notifications
    const opened: string[] = []
    Object.assign(fakeBrowser, { notifications: undefined })
    try {
      onNotificationClick((event) => opened.push(event))
      for (const tell of onGrant) tell({ permissions: ['bookmarks'] })
    } finally {
      Object.assign(fakeBrowser, { notifications: api })
    }
    for (const tell of onGrant) tell({})
    await click('relaydeck.test')
    expect(opened).toEqual([])
    for (const tell of onGrant) tell({ permissions: ['notifications'] })
    await click('relaydeck.test')
    expect(opened).toEqual(['test'])
  })
})

test('the badge has a ground of its own, and goes without a trace', async () => {
  await showBadge('$12k')
  await expect(fakeBrowser.action.getBadgeText({})).resolves.toBe('$12k')
  await showBadge('')
  await expect(fakeBrowser.action.getBadgeText({})).resolves.toBe('')
})

describe('the end of a login', () => {
  const PLACES = [
    { name: 'session', path: '/' },
    { name: 'refresh', path: '/api/auth' },
  ]

  test('is that of its last cookie, and unknown where none has an end', async () => {
    const getAll = vi.fn((asked: { url: string; name: string }) =>
      Promise.resolve(
        asked.name === 'session'
          ? [{ expirationDate: 1_000.5 }, {}]
          : asked.url.includes('both')
            ? [{ expirationDate: 2_000 }]
            : [],
      ),
    )
    Object.assign(fakeBrowser.cookies, { getAll })
    await expect(lastCookieEnd('https://one.example', PLACES)).resolves.toBe(1_000_500)
    await expect(lastCookieEnd('https://both.example', PLACES)).resolves.toBe(2_000_000)
    await expect(lastCookieEnd('https://one.example', PLACES.slice(1))).resolves.toBeNull()
    expect(getAll.mock.calls.map(([asked]) => asked)).toContainEqual({
      url: 'https://one.example/api/auth',
      name: 'refresh',
    })
  })

  test('is unknown without the permission, and nothing is looked at', async () => {
    granted = false
    const getAll = vi.fn()
    Object.assign(fakeBrowser.cookies, { getAll })
    await expect(lastCookieEnd('https://one.example', PLACES)).resolves.toBeNull()
    expect(getAll).not.toHaveBeenCalled()
  })
})
