import { describe, expect, test } from 'vitest'

import { type Seen, sendJson, startLoopback, success } from '@/tests/net/loopback'

import { ALICE, BY_COOKIE, BY_TOKEN, call, hubSite, VARIANTS } from './done-hub-client'
import { day, failureIn, siteAt, valueOf } from './site-client'

const STAT = '/api/log/self/stat'
const LOG = '/api/log/self'
const complete = (value: number) => ({ state: 'complete', value })
const calls = (count: number) => Array.from({ length: count }, (_, at) => call(at))

/** Rows that are no calls of today. */
const OTHERS = (ALICE.logs ?? []).slice(2)

describe.each(VARIANTS)('paging instead of a missing stat on %s', (variant) => {
  test.each([0, 1, 100, 101, 230])('%i calls', async (count) => {
    const users = [{ ...ALICE, logs: [...calls(count), ...OTHERS] }]
    const site = await hubSite(variant, { users })
    const { adapter, ctx, relay } = site
    await site.logIn('alice')
    relay.faults.set({ path: STAT }, { kind: 'status', status: 404 })
    for (const access of [BY_TOKEN, BY_COOKIE]) {
      relay.counters.reset()
      const { today } = valueOf(await adapter.refresh(ctx, access, day))
      expect(today).toEqual({
        dayKey: day.dayKey,
        consumption: complete(count),
        requests: complete(count),
        promptTokens: complete(2 * count),
        completionTokens: complete(3 * count),
      })
      const asked = relay.counters.requests().filter(({ path }) => path === LOG)
      expect(asked.map(({ query }) => query)).toEqual(
        asked.map((_, at) => ({
          page: String(at + 1),
          size: '100',
          log_type: '2',
          start_timestamp: String(day.fromSec),
          end_timestamp: String(day.toSec),
        })),
      )
      expect(asked).toHaveLength(Math.max(1, Math.ceil(count / 100)))
    }
  })

  test('a page that fails leaves a lower bound, never 0', async () => {
    const { adapter, ctx, relay } = await hubSite(variant, {
      users: [{ ...ALICE, logs: calls(230) }],
    })
    relay.faults.set({ path: STAT }, { kind: 'status', status: 404 })
    let sent = 0
    const transport: typeof ctx.transport = (request, options) => {
      if (request.path === LOG && ++sent === 2) {
        relay.faults.set({ path: LOG }, { kind: 'status', status: 502 })
      }
      return ctx.transport(request, options)
    }
    const today = valueOf(await adapter.fetchTodayUse({ ...ctx, transport }, BY_TOKEN, day))
    expect(today.consumption).toEqual({ state: 'partial', value: 100, reason: 'request-failed' })
  })

  test('a stat that answers is all that is asked', async () => {
    const { adapter, ctx, relay } = await hubSite(variant)
    const { today } = valueOf(await adapter.refresh(ctx, BY_TOKEN, day))
    expect(today.consumption).toEqual(complete(120))
    expect(relay.counters.count('GET', STAT)).toBe(1)
    expect(relay.counters.count('GET', LOG)).toBe(0)
    expect(relay.counters.requests().find(({ path }) => path === STAT)?.query).toMatchObject({
      start_timestamp: String(day.fromSec),
      end_timestamp: String(day.toSec),
    })
  })
})

/** A site of alice's without stat, whose log is as told. */
async function logSite(answerLog: (query: Seen['query']) => unknown) {
  const self = { id: 7, username: 'alice', quota: 1, used_quota: 1, request_count: 1 }
  const server = await startLoopback((request, response) => {
    if (request.path === LOG) sendJson(response, success(answerLog(request.query)))
    else if (request.path === STAT) sendJson(response, { error: { message: 'x' } }, 404)
    else sendJson(response, success(self))
  })
  const { adapter, ctx } = siteAt(server.origin, 'one-hub')
  return { ...server, read: () => adapter.fetchTodayUse(ctx, BY_TOKEN, day) }
}

const row = (at: number, other: Record<string, unknown> = {}) => ({
  id: 0,
  user_id: 7,
  created_at: day.fromSec + at,
  quota: 1,
  prompt_tokens: 0,
  completion_tokens: 0,
  metadata: null,
  ...other,
})
const rows = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => row(from + at))

describe('odd logs', () => {
  test.each<[string, (query: Seen['query']) => unknown, unknown]>([
    ['null for none', () => ({ data: null, total_count: 0 }), complete(0)],
    [
      'null for some',
      () => ({ data: null, total_count: 3 }),
      { state: 'partial', value: 0, reason: 'invalid-answer' },
    ],
    [
      'an end before the total',
      ({ page }) => ({ data: page === '1' ? rows(0, 100) : null, total_count: 120 }),
      { state: 'partial', value: 100, reason: 'invalid-answer' },
    ],
    [
      'a new call that pushes one onto the next page',
      ({ page }) =>
        page === '1'
          ? { data: rows(0, 100), total_count: 130 }
          : { data: rows(99, 31), total_count: 131 },
      complete(130),
    ],
    [
      'equal rows, which are separate calls',
      () => ({ data: Array.from({ length: 100 }, () => row(5)), total_count: 200 }),
      complete(200),
    ],
  ])('%s', async (_, answerLog, consumption) => {
    const site = await logSite(answerLog)
    expect(valueOf(await site.read()).consumption).toEqual(consumption)
  })

  test.each<[string, Record<string, unknown>, string]>([
    ['another user', { user_id: 8 }, 'identity'],
    ['another day', { created_at: day.fromSec - 1 }, 'changed-api'],
    ['a text for the quota', { quota: '1' }, 'changed-api'],
  ])('a row of %s is not used', async (_, part, kind) => {
    const site = await logSite(() => ({ data: [row(0, part)], total_count: 1 }))
    expect(failureIn(await site.read()).class).toBe(kind)
  })
})
