import { afterEach, describe, expect, test, vi } from 'vitest'

import type { SeedUsage } from '@/e2e/relays/sub2api/options-user'
import { dayRange } from '@/src/domain/day-key'
import { sendJson } from '@/tests/net/loopback'

import { failureIn, valueOf } from './site-client'
import { ALICE, enveloped, loopbackSite, sub2ApiSite } from './sub2api-client'

const STATS = '/api/v1/usage/stats'
const ROWS = '/api/v1/usage'
const HOUR_MS = 3_600_000

const done = (value: number) => ({ state: 'complete', value })

afterEach(() => vi.unstubAllEnvs())

/** The site at a moment, with rows of 1 USD at other moments; the browser is in `zone`. */
async function siteAt(build: 'old' | 'new', zone: string, nowMs: number, atMs: number[]) {
  vi.stubEnv('TZ', zone)
  const usage: SeedUsage[] = atMs.map((createdAtMs) => ({
    createdAtMs,
    totalCost: 1,
    inputTokens: 2,
    outputTokens: 3,
  }))
  const now = () => nowMs
  const users = [{ ...ALICE, keys: [], usage }]
  const site = await sub2ApiSite(build, { users, now, serverTimezone: 'Asia/Shanghai' })
  return { ...site, ctx: { ...site.ctx, now }, day: dayRange(nowMs) }
}

// 21:30 in Los Angeles of the 8th is 12:30 of the 9th in Shanghai.
const NOW_MS = Date.UTC(2026, 7, 9, 4, 30)
const MIDNIGHT_MS = Date.UTC(2026, 7, 8, 7)

describe.each(['old', 'new'] as const)('%s', (build) => {
  test("today is the browser's day, not the server's", async () => {
    const moments = [MIDNIGHT_MS - 1_000, MIDNIGHT_MS, MIDNIGHT_MS + 9 * HOUR_MS, NOW_MS]
    const site = await siteAt(build, 'America/Los_Angeles', NOW_MS, moments)
    const { adapter, ctx, alice, day, relay } = site
    expect(valueOf(await adapter.fetchTodayUse(ctx, alice, day))).toEqual({
      dayKey: '2026-08-08',
      consumption: done(3),
      requests: done(3),
      promptTokens: done(6),
      completionTokens: done(9),
    })
    const path = build === 'new' ? STATS : ROWS
    const asked = relay.counters.requests().filter((request) => request.path === path)
    expect(asked.map(({ query }) => query)).toEqual([
      build === 'new'
        ? { period: 'today', timezone: 'America/Los_Angeles' }
        : { page: '1', page_size: '100', start_date: '2026-08-07', end_date: '2026-08-09' },
    ])
  })

  test('a day without use has used nothing', async () => {
    const { adapter, ctx, alice, day } = await siteAt(build, 'Asia/Tokyo', NOW_MS, [])
    const today = valueOf(await adapter.fetchTodayUse(ctx, alice, day))
    expect(today).toMatchObject({ consumption: done(0), requests: done(0) })
  })
})

test('a sum that came after midnight is not of the day', async () => {
  const { adapter, ctx, alice, day, relay } = await siteAt('new', 'UTC', NOW_MS, [NOW_MS])
  const late = { ...ctx, now: () => NOW_MS + 24 * HOUR_MS }
  const wrong = { state: 'unavailable', reason: 'wrong-period' }
  expect(valueOf(await adapter.fetchTodayUse(late, alice, day))).toEqual({
    dayKey: '2026-08-09',
    consumption: wrong,
    requests: wrong,
    promptTokens: wrong,
    completionTokens: wrong,
  })
  expect(relay.counters.count('GET', STATS)).toBe(1)
})

describe('the rows of an old server', () => {
  const range = (count: number, fromMs: number, stepMs: number) =>
    Array.from({ length: count }, (_, at) => fromMs - at * stepMs)

  test('that fill more than a page are a lower bound', async () => {
    const rows = range(150, NOW_MS, 60_000)
    const { adapter, ctx, alice, day, relay } = await siteAt('old', 'UTC', NOW_MS, rows)
    const today = valueOf(await adapter.fetchTodayUse(ctx, alice, day))
    const bound = { state: 'partial', value: 100, reason: 'page-limit' }
    expect(today).toMatchObject({ consumption: bound, requests: bound })
    expect(relay.counters.count('GET', ROWS)).toBe(1)
  })

  test('are all there when the page reaches back before the day', async () => {
    const rows = range(150, NOW_MS, 600_000)
    const { adapter, ctx, alice, day } = await siteAt('old', 'UTC', NOW_MS, rows)
    const today = valueOf(await adapter.fetchTodayUse(ctx, alice, day))
    // One row every ten minutes since midnight, both ends included.
    expect(today.requests).toEqual(done(28))
  })

  const row = { user_id: 7, actual_cost: 1, input_tokens: 1, output_tokens: 1 }

  async function readRows(items: unknown, pages = 1) {
    const site = await loopbackSite((request, response) => {
      const page = { items, total: 1, page: 1, page_size: 100, pages }
      sendJson(response, enveloped(request.path === ROWS ? page : { id: 7, balance: 1 }))
    })
    const day = dayRange(NOW_MS)
    return site.adapter.fetchTodayUse(site.ctx, site.accessBy('x'), day)
  }

  test('in no order prove nothing about the others', async () => {
    const created = [NOW_MS, NOW_MS - 48 * HOUR_MS, NOW_MS - HOUR_MS].map((atMs) => ({
      ...row,
      created_at: new Date(atMs).toISOString(),
    }))
    const today = valueOf(await readRows([...created, ...created.slice(1, 2)], 2))
    expect(today.requests.state).toBe('partial')
  })

  test('may be none', async () => {
    expect(valueOf(await readRows(null)).requests).toEqual(done(0))
  })

  test('without a time fail: a sum without them would be wrong', async () => {
    expect(failureIn(await readRows([{ ...row, created_at: 'yesterday' }]))).toMatchObject({
      class: 'changed-api',
      field: 'data.items.0.created_at',
    })
  })

  test('of somebody else end everything, and their keys are not read', async () => {
    const key = 'sk-secret-of-bob'
    const created_at = new Date(NOW_MS).toISOString()
    const foreign = { ...row, user_id: 8, created_at, api_key: { key } }
    const failure = failureIn(await readRows([foreign]))
    expect(failure).toMatchObject({ class: 'identity', path: ROWS })
    expect(JSON.stringify(failure)).not.toContain(key)
  })
})
