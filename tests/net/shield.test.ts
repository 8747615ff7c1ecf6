import { describe, expect, test } from 'vitest'

import { failureOf, raise } from '@/src/domain/failure'
import { createBackOff } from '@/src/net/back-off'
import { shielded } from '@/src/net/shield'
import type { SiteRequest, SiteResponse, Transport } from '@/src/net/transport'

const ORIGIN = 'https://relay.example'

const page = (
  status: number,
  text: string,
  headers: Record<string, string> = {},
): SiteResponse => ({
  status,
  contentType: 'text/html',
  header: (name) => headers[name] ?? null,
  text,
})
const CHALLENGE = page(403, '<script>window._cf_chl_opt={}</script>', {
  'cf-mitigated': 'challenge',
})
const DATA: SiteResponse = {
  status: 200,
  contentType: 'application/json',
  header: () => null,
  text: '{"success":true}',
}
const REFUSED: SiteResponse = { ...DATA, status: 403, text: '{"success":false,"message":"no"}' }

const request = (given: Partial<SiteRequest> = {}): SiteRequest => ({
  method: 'GET',
  path: '/api/user/self',
  cookies: 'omit',
  budget: 'general',
  ...given,
})

interface Ways {
  direct: (request: SiteRequest) => SiteResponse
  tab?: (request: SiteRequest) => SiteResponse
}

function makeWay({ direct, tab }: Ways) {
  const clock = { nowMs: 5_000 }
  const now = () => clock.nowMs
  const backOff = createBackOff({ now, random: () => 0 })
  const sent = { direct: [] as SiteRequest[], tab: [] as SiteRequest[] }
  let mixed = 0
  const way =
    (name: 'direct' | 'tab', answer: (request: SiteRequest) => SiteResponse): Transport =>
    (asked) => {
      sent[name].push(asked)
      return Promise.resolve().then(() => answer(asked))
    }
  const transport = shielded({
    origin: ORIGIN,
    direct: way('direct', direct),
    inTab: () => Promise.resolve(tab ? way('tab', tab) : null),
    backOff,
    now,
    onMixed: () => {
      mixed += 1
    },
  })
  const ask = async (given: Partial<SiteRequest> = {}) => {
    clock.nowMs += 1
    try {
      return await transport(request(given))
    } catch (thrown) {
      return failureOf(thrown)
    }
  }
  return { ask, sent, clock, backOff, mixed: () => mixed }
}

describe('without a protection page', () => {
  test('nothing goes through a tab, a refusal in JSON included', async () => {
    const way = makeWay({ direct: () => REFUSED, tab: () => DATA })
    expect(await way.ask()).toBe(REFUSED)
    expect(way.sent.tab).toEqual([])
  })
})

describe('with a protection page and an open tab', () => {
  test('a reading is made in the tab, and the next one goes there at once', async () => {
    const way = makeWay({ direct: () => CHALLENGE, tab: () => DATA })
    expect(await way.ask()).toBe(DATA)
    expect(await way.ask()).toBe(DATA)
    expect([way.sent.direct.length, way.sent.tab.length]).toEqual([1, 2])
    expect(way.mixed()).toBe(0)
  })

  test.each([
    ['a POST', { method: 'POST' }],
    ['a GET that changes something', { changes: true }],
  ] as const)('%s is never sent a second time', async (_, given) => {
    const way = makeWay({ direct: () => CHALLENGE, tab: () => DATA })
    expect(await way.ask(given)).toBe(CHALLENGE)
    expect([way.sent.direct.length, way.sent.tab.length]).toEqual([1, 0])
    // Now the shield is known: the next one is sent once, in the tab.
    expect(await way.ask(given)).toBe(DATA)
    expect([way.sent.direct.length, way.sent.tab.length]).toEqual([1, 1])
  })

  test('a reading by token takes the clearance of the page along, and says so', async () => {
    const way = makeWay({
      direct: () => CHALLENGE,
      tab: ({ cookies }) => (cookies === 'include' ? DATA : CHALLENGE),
    })
    expect(await way.ask({ headers: { Authorization: 'Bearer x' } })).toBe(DATA)
    expect(way.sent.tab.map(({ cookies }) => cookies)).toEqual(['omit', 'include'])
    expect(way.mixed()).toBe(1)
  })

  test('something that changes the site never travels with a second proof', async () => {
    const way = makeWay({ direct: () => CHALLENGE, tab: () => CHALLENGE })
    await way.ask({ method: 'POST' })
    expect(await way.ask({ method: 'POST' })).toBe(CHALLENGE)
    expect(way.sent.tab.map(({ cookies }) => cookies)).toEqual(['omit'])
    expect(way.mixed()).toBe(0)
  })

  test('a tab that is gone leaves a challenge, not an error of its own', async () => {
    const way = makeWay({
      direct: () => CHALLENGE,
      tab: () => raise({ class: 'needs-tab', reason: 'tab-gone' }),
    })
    expect(await way.ask()).toMatchObject({ class: 'challenge', reason: 'tab-gone' })
  })
})

describe('with a protection page and no open tab', () => {
  test('it is told as such, and the site is left alone for a while', async () => {
    const way = makeWay({ direct: () => CHALLENGE })
    expect(await way.ask()).toBe(CHALLENGE)
    expect(await way.ask()).toMatchObject({ class: 'challenge', reason: 'resting' })
    expect(way.sent.direct).toHaveLength(1)
    way.clock.nowMs += 10 * 60_000
    expect(await way.ask()).toBe(CHALLENGE)
    expect(way.sent.direct).toHaveLength(2)
  })

  test.each<[string, SiteResponse]>([
    ['a page with 403', page(403, '<h1>Blocked</h1>')],
    ['a script that computes a cookie', page(200, '<script>var acw_sc__v2</script>')],
    ['a firewall page with 429', page(429, '<h1>Slow down</h1>')],
  ])('%s counts', async (_, answer) => {
    const way = makeWay({ direct: () => answer, tab: () => DATA })
    expect(await way.ask()).toBe(DATA)
  })

  test.each<[string, SiteResponse]>([
    ['a single-page app', page(200, '<div id="root"></div>')],
    ['a limit with a time', page(429, '<h1>Later</h1>', { 'retry-after': '5' })],
    ['a server error page', page(502, '<h1>Bad gateway</h1>')],
  ])('%s does not', async (_, answer) => {
    const way = makeWay({ direct: () => answer, tab: () => DATA })
    expect(await way.ask()).toBe(answer)
  })
})
