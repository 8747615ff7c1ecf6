import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { newApiCheckIn } from '@/src/sites/new-api/check-in'
import { daysInARow, isDay } from '@/src/sites/new-api/streak'
import { sendJson, startLoopback, success } from '@/tests/net/loopback'

import { BY_TOKEN, newApiSite } from './daily-sites'
import { failureIn, siteAt, valueOf } from './site-client'

const DAY_MS = 86_400_000
const dayAt = (index: number) => new Date(index * DAY_MS).toISOString().slice(0, 10)

const record = (day: string, award = 5) => ({ checkin_date: day, quota_awarded: award })

/** A server that answers these stats, by month. */
async function statusAs(stats: object, month?: string, months: Record<string, object> = {}) {
  const server = await startLoopback(({ path, query }, response) => {
    if (path !== '/api/user/checkin') return sendJson(response, success({}))
    const data = { enabled: true, stats: months[query['month'] ?? ''] ?? stats }
    sendJson(response, success(data))
  })
  const { ctx } = siteAt(server.origin, 'new-api')
  const status = await newApiCheckIn.status?.(ctx, BY_TOKEN, month)
  if (!status) throw new Error('no status')
  return { status, asked: server.seen.map(({ query }) => query['month'] ?? null) }
}

const today = (part: object) => ({ checked_in_today: true, ...part })

test("today's record is the newest of the server's own month", async () => {
  const records = [record('2026-08-08', 4), record('2026-08-09', 9), record('2026-08-05', 3)]
  const { status } = await statusAs(today({ records, total_checkins: 40, checkin_count: 3 }))
  expect(valueOf(status)).toEqual({
    offered: true,
    doneToday: true,
    day: '2026-08-09',
    reward: 9,
    streak: 2,
    total: 40,
  })
})

test('without a check-in today the records tell nothing of today', async () => {
  const stats = { checked_in_today: false, records: [record('2026-08-08')], total_checkins: 1 }
  const { status } = await statusAs(stats)
  expect(valueOf(status)).toEqual({ offered: true, doneToday: false, total: 1 })
})

test.each([
  ['no records', today({}), {}],
  ['records of another shape', today({ records: 'many' }), {}],
  ['a record without a date', today({ records: [{ quota_awarded: 5 }] }), {}],
  ['a day that is none', today({ records: [record('2026-02-30')] }), {}],
  [
    'an amount that is none',
    today({ records: [{ checkin_date: '2026-08-09', quota_awarded: '5' }] }),
    { day: '2026-08-09', streak: 1 },
  ],
  [
    'a list that is not whole',
    today({ records: [record('2026-08-09')], checkin_count: 2 }),
    { day: '2026-08-09', reward: 5 },
  ],
  [
    'a row that may have begun a month earlier',
    today({ records: [record('2026-08-02'), record('2026-08-01')], total_checkins: 3 }),
    { day: '2026-08-02', reward: 5, total: 3 },
  ],
  [
    'a row that is all there ever was',
    today({ records: [record('2026-08-02'), record('2026-08-01')], total_checkins: 2 }),
    { day: '2026-08-02', reward: 5, total: 2, streak: 2 },
  ],
])('only what is certain is told: %s', async (_, stats, told) => {
  const { status } = await statusAs(stats)
  expect(valueOf(status)).toEqual({ offered: true, doneToday: true, ...told })
})

test('the state has to be there', async () => {
  expect(failureIn((await statusAs({ records: [] })).status)).toMatchObject({
    class: 'changed-api',
    reason: 'unexpected-shape',
  })
})

test('switched off in the data', async () => {
  const server = await startLoopback((_, response) => {
    sendJson(response, success({ enabled: false }))
  })
  const status = await newApiCheckIn.status?.(siteAt(server.origin, 'new-api').ctx, BY_TOKEN)
  expect(status).toEqual({ ok: true, value: { offered: false, doneToday: null } })
})

describe('the days of a month', () => {
  const august = today({ records: [record('2026-08-09', 9), record('2026-08-02', 2)] })

  test('of the current one need no call of their own', async () => {
    const { status, asked } = await statusAs(august, '2026-08')
    expect(valueOf(status)).toMatchObject({
      day: '2026-08-09',
      days: [
        { day: '2026-08-09', reward: 9 },
        { day: '2026-08-02', reward: 2 },
      ],
    })
    expect(asked).toEqual([null])
  })

  test("of another one are asked for, and say nothing of today's", async () => {
    const july = today({ records: [record('2026-07-31', 7), record('2026-08-01', 1)] })
    const { status, asked } = await statusAs(august, '2026-07', { '2026-07': july })
    expect(valueOf(status)).toMatchObject({
      day: '2026-08-09',
      reward: 9,
      days: [{ day: '2026-07-31', reward: 7 }],
    })
    expect(asked).toEqual([null, '2026-07'])
  })

  test('a real server counts them by its own clock', async () => {
    const site = await newApiSite('g1b', { checkinEnabled: true })
    site.relay.state.checkin.utcOffsetMinutes = 13 * 60
    const perform = async () => valueOf(await newApiCheckIn.perform(site.ctx, site.alice))
    for (let at = 0; at < 3; at += 1) {
      expect((await perform()).outcome).toBe('done')
      site.clock.nowMs += DAY_MS
    }
    site.clock.nowMs -= DAY_MS
    const status = await newApiCheckIn.status?.(site.ctx, site.alice, '2026-08')
    expect(status).toMatchObject({
      ok: true,
      value: { day: '2026-08-12', streak: 3, total: 3, days: [{}, {}, { day: '2026-08-10' }] },
    })
  })
})

describe('days in a row', () => {
  /** Days with a check-in, as numbers since 1970, newest first. */
  const history = fc
    .tuple(fc.integer({ min: 20_000, max: 21_000 }), fc.array(fc.boolean(), { maxLength: 70 }))
    .map(([newest, done]) => [newest, ...done.flatMap((is, at) => (is ? [newest - at - 1] : []))])

  test('are what the whole history says, or not told', () => {
    fc.assert(
      fc.property(history, (days) => {
        const run = days.findIndex((day, at) => day !== (days[0] ?? 0) - at)
        const truth = run === -1 ? days.length : run
        const month = dayAt(days[0] ?? 0).slice(0, 8)
        const listed = days.map(dayAt).filter((day) => day.startsWith(month))
        const told = daysInARow(listed, days.length)
        expect(told === null || told === truth).toBe(true)
        const reachesBack = dayAt((days[0] ?? 0) - truth + 1).slice(0, 8) !== month
        if (!reachesBack && !listed.at(-1)?.endsWith('-01')) expect(told).toBe(truth)
        // Without the number of all of them the first of a month proves nothing.
        const first = listed[truth - 1]?.endsWith('-01') === true
        if (first) expect(daysInARow(listed, undefined)).toBeNull()
      }),
      { numRuns: 1000 },
    )
  })

  test('of none are none', () => {
    expect(daysInARow([], 0)).toBe(0)
  })
})

test.each([
  ['2026-08-09', true],
  ['2024-02-29', true],
  ['2026-02-29', false],
  ['2026-13-01', false],
  ['2026-8-9', false],
  ['2026-08-09T00:00:00Z', false],
  ['', false],
])('%s is a day: %s', (text, expected) => {
  expect(isDay(text)).toBe(expected)
})
