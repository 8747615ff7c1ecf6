import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

import { createCookieJars } from '@/src/platform/cookie-jars'

import { fakeHeaderRules, type FakeHeaderRules } from './fake-header-rules'

const ORIGIN = 'https://relay.example'
const NOT_GRANTED = { failure: { class: 'access', reason: 'own-cookies-not-granted' } }

let browser: FakeHeaderRules
/** The site: answers with the cookies that the rules make the browser send. */
let site: ReturnType<typeof vi.fn<(address: string, init: RequestInit) => Promise<Response>>>

beforeEach(() => {
  browser = fakeHeaderRules()
  site = vi.fn((address) => {
    const cookies = cookiesFor(address)
    browser.report(address, [])
    return Promise.resolve(new Response(cookies))
  })
  vi.stubGlobal('fetch', site)
})

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

function cookiesFor(address: string): string {
  const fitting = [...browser.rules.values()].filter(({ condition: { urlFilter } }) => {
    const [start = '', end = ''] = urlFilter.replace(/^\||\|$/g, '').split('*')
    return address.startsWith(start) && address.endsWith(end)
  })
  return fitting.map(({ action }) => action.requestHeaders[0]?.value).join(' AND ')
}

function ownFetch(
  header: string,
  onSetCookie: (values: readonly string[]) => Promise<void> = ignore,
) {
  const jars = createCookieJars()
  const read = vi.fn(() => Promise.resolve(header))
  return { fetch: jars.fetchFor({ id: 'a', origin: ORIGIN }, read, onSetCookie), jars, read }
}

const ignore = () => Promise.resolve()
const textOf = async (answer: Promise<Response>) => (await answer).text()

describe('without the permissions', () => {
  test('neither reads cookies nor sends anything', async () => {
    browser.granted = false
    const { fetch, jars, read } = ownFetch('session=1')
    await expect(jars.isGranted()).resolves.toBe(false)
    await expect(jars.copy(ORIGIN)).rejects.toMatchObject(NOT_GRANTED)
    await expect(fetch(`${ORIGIN}/api/x`)).rejects.toMatchObject(NOT_GRANTED)
    expect(read).not.toHaveBeenCalled()
    expect(site).not.toHaveBeenCalled()
  })

  test('notices that they were taken back', async () => {
    const { fetch } = ownFetch('session=1')
    await fetch(`${ORIGIN}/api/x`)
    browser.granted = false
    await expect(fetch(`${ORIGIN}/api/x`)).rejects.toMatchObject(NOT_GRANTED)
  })
})

describe('a request', () => {
  test('carries the cookies of its account and leaves nothing behind', async () => {
    const { fetch } = ownFetch('session=1; b=2')
    await expect(textOf(fetch(`${ORIGIN}/api/x?q=1#part`))).resolves.toBe('session=1; b=2')
    expect(browser.rules.size).toBe(0)
    expect(browser.listeners.size).toBe(0)
  })

  test('stays apart from others at the same time', async () => {
    const { jars, fetch: one } = ownFetch('a=1')
    const two = jars.fetchFor({ id: 'b', origin: ORIGIN }, () => Promise.resolve('a=2'), ignore)
    const answers = [one, two, one, two].map((fetch) => textOf(fetch(ORIGIN)))
    await expect(Promise.all(answers)).resolves.toEqual(['a=1', 'a=2', 'a=1', 'a=2'])
  })

  test('is the only kind its rule fits: of this worker, at this origin', async () => {
    let seen: unknown
    site.mockImplementation((address) => {
      seen = [...browser.rules.values()][0]?.condition
      browser.report(address, [])
      return Promise.resolve(new Response())
    })
    await ownFetch('session=1').fetch(`${ORIGIN}/api/x`)
    expect(seen).toMatchObject({
      urlFilter: `|${ORIGIN}/*#relaydeck-1|`,
      tabIds: [-1],
      initiatorDomains: [expect.any(String)],
    })
  })

  test('asks for neither jar, cache nor redirect, whatever the caller says', async () => {
    const { fetch } = ownFetch('session=1')
    await fetch(ORIGIN, { method: 'POST', credentials: 'include', redirect: 'follow' })
    expect(site.mock.lastCall?.[1]).toMatchObject({
      method: 'POST',
      credentials: 'omit',
      redirect: 'manual',
      cache: 'no-store',
    })
  })

  test('that fails leaves nothing behind either', async () => {
    site.mockRejectedValue(new TypeError('Failed to fetch'))
    await expect(ownFetch('session=1').fetch(ORIGIN)).rejects.toThrow('Failed to fetch')
    expect(browser.rules.size).toBe(0)
    expect(browser.listeners.size).toBe(0)
  })

  test.each([
    ['another origin', 'https://relay.example.evil/x'],
    ['another port', 'https://relay.example:8443/x'],
    ['a whole request', new Request(`${ORIGIN}/x`)],
  ])('to %s is refused', async (_, input) => {
    await expect(ownFetch('session=1').fetch(input)).rejects.toMatchObject({
      failure: { class: 'internal', reason: 'bad-address' },
    })
    expect(site).not.toHaveBeenCalled()
  })

  test.each(['a=1\r\nX-Evil: 1', 'a=1\n', 'a=\0', 'a=ü'])('with %j is refused', async (header) => {
    await expect(ownFetch(header).fetch(ORIGIN)).rejects.toMatchObject({
      failure: { class: 'internal', reason: 'bad-cookie-header' },
    })
    expect(site).not.toHaveBeenCalled()
  })
})

describe('cookies the site sets', () => {
  test('are handed over before the answer', async () => {
    site.mockImplementation((address) => {
      browser.report(address, ['session=2; Path=/', 'b=3'])
      return Promise.resolve(new Response())
    })
    const handed: string[] = []
    const keep = async (values: readonly string[]) => {
      await Promise.resolve()
      handed.push(...values)
    }
    await ownFetch('session=1', keep).fetch(ORIGIN)
    expect(handed).toEqual(['session=2; Path=/', 'b=3'])
  })

  test('are not believed from anybody else', async () => {
    site.mockImplementation((address) => {
      browser.report(address, ['session=evil'], 'https://evil.example')
      browser.report(`${ORIGIN}/#relaydeck-99`, ['session=evil'])
      browser.report(address, [])
      return Promise.resolve(new Response())
    })
    const keep = vi.fn(() => Promise.resolve())
    await ownFetch('session=1', keep).fetch(ORIGIN)
    expect(keep).not.toHaveBeenCalled()
  })

  test('are not waited for longer than a second', async () => {
    vi.useFakeTimers()
    site.mockImplementation(() => Promise.resolve(new Response('late')))
    const answer = textOf(ownFetch('session=1').fetch(ORIGIN))
    await vi.advanceTimersByTimeAsync(1_000)
    await expect(answer).resolves.toBe('late')
  })
})

describe('after a worker died', () => {
  /** A rule that an earlier worker left under the number the next request will have. */
  const leaveRule = (id: number) =>
    browser.rules.set(id, {
      id,
      condition: { urlFilter: `|${ORIGIN}/*#relaydeck-${id}|` },
      action: { requestHeaders: [{ value: 'session=old' }] },
    })

  test('its rules never reach a request, not even one without cookies', async () => {
    leaveRule(1)
    leaveRule(2)
    const { jars, fetch } = ownFetch('session=new')
    const bare = jars.fetchFor({ id: 'b', origin: ORIGIN }, () => Promise.resolve(''), ignore)
    await expect(textOf(fetch(ORIGIN))).resolves.toBe('session=new')
    await expect(textOf(bare(ORIGIN))).resolves.toBe('')
  })

  test('its rules go, those of requests under way stay', async () => {
    leaveRule(1)
    leaveRule(7)
    const { jars, fetch } = ownFetch('session=new')
    let answer = () => {}
    const answered = new Promise<void>((resolve) => {
      answer = resolve
    })
    site.mockImplementation(async (address) => {
      await answered
      const cookies = cookiesFor(address)
      browser.report(address, [])
      return new Response(cookies)
    })
    const text = textOf(fetch(ORIGIN))
    await jars.reset()
    expect([...browser.rules.keys()]).toEqual([1])
    await jars.reset()
    answer()
    await expect(text).resolves.toBe('session=new')
    expect(browser.rules.size).toBe(0)
  })
})

describe('a copy of the browser’s cookies', () => {
  test('is what a page of the site itself would send', async () => {
    const own = { topLevelSite: 'https://example', hasCrossSiteAncestor: false }
    browser.cookies = [
      { name: 'session', value: 'a=b' },
      { name: 'mine', value: '1', partitionKey: own },
      { name: 'framed', value: '1', partitionKey: { ...own, hasCrossSiteAncestor: true } },
      { name: 'embedded', value: '1', partitionKey: { topLevelSite: 'https://other.example' } },
      { name: 'plain', value: '1', partitionKey: { topLevelSite: 'http://example' } },
      { name: '', value: 'nameless' },
      { name: 'odd', value: 'ü' },
    ]
    await expect(createCookieJars().copy(ORIGIN)).resolves.toBe('session=a=b; mine=1')
  })

  test('is empty without cookies', async () => {
    await expect(createCookieJars().copy(ORIGIN)).resolves.toBe('')
  })
})
