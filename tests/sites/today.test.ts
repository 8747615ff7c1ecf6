import { describe, expect, test } from 'vitest'

import { type Seen, sendJson, startLoopback, success } from '@/tests/net/loopback'
import type { SeedLog } from '@/e2e/relays/new-api/relay'
import type { SiteType } from '@/src/domain/site-type'

import {
  ALICE,
  day,
  failureIn,
  GENERATIONS,
  PAT,
  relaySite,
  siteAt,
  tokenOf,
  valueOf,
} from './site-client'

const access = tokenOf(ALICE)
const complete = (value: number) => ({ state: 'complete', value })

/** `count` calls of today: quota 1 each, tokens 2 and 3. */
const calls = (count: number): SeedLog[] =>
  Array.from({ length: count }, (_, at) => ({
    createdAtSec: day.fromSec + at,
    type: 2,
    quota: 1,
    promptTokens: 2,
    completionTokens: 3,
  }))

describe.each(GENERATIONS)('paging instead of a missing stat on %s', (generation) => {
  test.each([0, 1, 9, 10, 11, 100, 101, 230])('%i calls', async (count) => {
    const users = [{ ...ALICE, logs: [...calls(count), ...(ALICE.logs?.slice(2) ?? [])] }]
    const { adapter, ctx, relay } = await relaySite(generation, {
      users,
      logStat: false,
      rateLimits: 'off',
    })
    expect(valueOf(await adapter.fetchTodayUse(ctx, access, day))).toEqual({
      dayKey: day.dayKey,
      consumption: complete(count),
      requests: complete(count),
      promptTokens: complete(2 * count),
      completionTokens: complete(3 * count),
    })
    const size = generation === 'one-api' ? 10 : 100
    const pages = relay.counters.count('GET', '/api/log/self')
    expect(pages).toBeLessThanOrEqual(Math.floor(count / size) + 1)
  })

  test('a page that fails leaves a lower bound, never 0', async () => {
    const users = [{ ...ALICE, logs: calls(230) }]
    const { adapter, ctx, relay } = await relaySite(generation, { users, logStat: false })
    let sent = 0
    const breaking: typeof ctx.transport = (request, options) => {
      if (request.path === '/api/log/self' && ++sent === 2) {
        relay.faults.set({ path: '/api/log/self' }, { kind: 'status', status: 502 })
      }
      return ctx.transport(request, options)
    }
    const today = valueOf(await adapter.fetchTodayUse({ ...ctx, transport: breaking }, access, day))
    const first = generation === 'one-api' ? 10 : 100
    expect(today.consumption).toEqual({ state: 'partial', value: first, reason: 'request-failed' })
    expect(today.requests).toEqual({ state: 'partial', value: first, reason: 'request-failed' })
  })
})

/** A site of which only the log matters. */
async function logSite(answerLog: (query: Seen['query']) => unknown, type: SiteType = 'new-api') {
  const server = await startLoopback((request, response) => {
    if (request.path === '/api/log/self') sendJson(response, success(answerLog(request.query)))
    else sendJson(response, { error: { message: 'Invalid URL' } }, 404)
  })
  const site = siteAt(server.origin, type)
  const read = () => site.adapter.fetchTodayUse(site.ctx, access, day)
  return { ...server, read }
}

function row(at: number, other: Record<string, unknown> = {}) {
  const created_at = day.fromSec + at
  return { id: at % 3, created_at, quota: 1, prompt_tokens: 0, completion_tokens: 0, ...other }
}

const rows = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => row(from + at))

describe('odd logs', () => {
  test('the page size and the range are always sent, also to the fast call', async () => {
    const site = await logSite(() => ({ items: [], total: 0, page: 1, page_size: 100 }))
    await site.read()
    const range = {
      type: '2',
      start_timestamp: String(day.fromSec),
      end_timestamp: String(day.toSec),
    }
    expect(site.seen.map(({ query }) => query)).toEqual([
      range,
      { p: '1', page_size: '100', ...range },
    ])
  })

  test('a New API that counts like One API is read from page 0', async () => {
    const site = await logSite(({ p }) => rows(Number(p) * 10, Number(p) < 2 ? 10 : 4))
    expect(valueOf(await site.read()).requests).toEqual(complete(24))
  })

  test('a server that sends smaller pages than asked is read to its total', async () => {
    const site = await logSite(({ p }) => ({
      items: rows((Number(p) - 1) * 50, Number(p) <= 2 ? 50 : 20),
      total: 120,
      page: Number(p),
    }))
    expect(valueOf(await site.read()).consumption).toEqual(complete(120))
  })

  test('rows pushed onto the next page by a new call are counted once', async () => {
    // Between the two answers one call was added at the top: everything moved by one.
    const site = await logSite(({ p }) =>
      p === '1'
        ? { items: rows(0, 100), total: 130, page: 1, page_size: 100 }
        : { items: rows(99, 31), total: 131, page: 2, page_size: 100 },
    )
    expect(valueOf(await site.read()).consumption).toEqual(complete(130))
  })

  test('equal rows are separate calls when nothing moved', async () => {
    const same = Array.from({ length: 100 }, () => row(5))
    const site = await logSite(({ p }) => ({ items: same, total: 200, page: Number(p) }))
    expect(valueOf(await site.read()).requests).toEqual(complete(200))
  })

  test('a server that repeats one page for ever is read once', async () => {
    const site = await logSite(() => rows(0, 10), 'one-api')
    expect(valueOf(await site.read()).requests).toEqual(complete(10))
    expect(site.seen).toHaveLength(3)
  })

  test('a list that ends before its own total is a lower bound', async () => {
    const site = await logSite(({ p }) => ({ items: p === '1' ? rows(0, 60) : [], total: 80 }))
    const today = valueOf(await site.read())
    expect(today.consumption).toEqual({ state: 'partial', value: 60, reason: 'invalid-answer' })
  })

  test('a hundred pages are enough', async () => {
    const site = await logSite(({ p }) => ({ items: rows(Number(p) * 100, 100), total: 10_000 }))
    const today = valueOf(await site.read())
    expect(today.consumption).toEqual({ state: 'partial', value: 10_000, reason: 'page-limit' })
    expect(site.seen).toHaveLength(101)
  })

  test.each([
    ['quota as text', { quota: '1' }, 'changed-api', 'data.items.0.quota'],
    ['a broken number', { quota: 1.5 }, 'changed-api', 'data.items.0.quota'],
    ['a row of another day', { created_at: day.fromSec - 1 }, 'changed-api', undefined],
    ['a row of another user', { user_id: 8 }, 'identity', undefined],
  ])('%s is not used', async (_, part, kind, field) => {
    const site = await logSite(() => ({ items: [row(0, part)], total: 1, page: 1, page_size: 100 }))
    const failure = failureIn(await site.read())
    expect([failure.class, failure.field]).toEqual([kind, field])
  })

  test('rows of two users are nobody’s', async () => {
    const items = [row(0, { username: 'alice' }), row(1, { username: 'bob' })]
    const site = await logSite(() => ({ items, total: 2 }))
    expect(failureIn(await site.read())).toMatchObject({ class: 'identity' })
  })
})

/** Figures of alice; her log rows carry a user name only. */
async function refreshWithRowsOf(username: string) {
  const server = await startLoopback((request, response) => {
    const { path } = request
    const self = {
      id: 7,
      username: '',
      display_name: 'Alice',
      quota: 1,
      used_quota: 1,
      request_count: 1,
    }
    if (path === '/api/user/self') sendJson(response, success(self))
    else if (path === '/api/log/self')
      sendJson(response, success({ items: [row(0, { username })], total: 1 }))
    else sendJson(response, {}, 404)
  })
  const { adapter, ctx } = siteAt(server.origin, 'new-api')
  return adapter.refresh(ctx, { kind: 'token', userId: '7', accessToken: PAT }, day)
}

test("a refresh compares the rows' user name with the figures'", async () => {
  const { figures, today } = valueOf(await refreshWithRowsOf('Alice'))
  expect(figures.username).toBe('Alice')
  expect(today.consumption).toEqual(complete(1))
  expect(failureIn(await refreshWithRowsOf('bob'))).toMatchObject({
    class: 'identity',
    reason: 'foreign-rows',
  })
})
