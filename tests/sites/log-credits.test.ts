import { describe, expect, test } from 'vitest'

import { type LogMoney, pointsIn } from '@/src/sites/new-api/log-amount'
import { findRewardBy, LOG_TYPE, readCredits } from '@/src/sites/new-api/log-credits'
import type { Handler } from '@/tests/net/loopback'
import { sendJson, startLoopback, success } from '@/tests/net/loopback'

import { BY_TOKEN, checkInOf, newApiSite, veloeraSite } from './daily-sites'
import { failureIn, siteAt, valueOf } from './site-client'

const MONEY: LogMoney = {
  quota_per_unit: 500_000,
  usd_exchange_rate: 7.2,
  custom_currency_symbol: '€',
  custom_currency_exchange_rate: 0.9,
}

describe('an amount in a text', () => {
  test.each<[string, number | null, Partial<LogMoney>?]>([
    ['用户签到，获得额度 ＄0.500000 额度', 250_000],
    ['用户签到，获得额度 250000 点额度', 250_000],
    ['签到奖励1500点额度', 1500],
    ['用户签到，获得额度 ¥3.600000 额度', 250_000],
    ['用户签到，获得额度 ￥3.6 额度', 250_000],
    ['签到奖励 $1,234.5 额度', 617_250_000],
    ['获得额度 €0.45 额度', 250_000],
    ['通过兑换码充值 ＄1.000000 额度，兑换码ID 5', 500_000],
    ['User checked in, received $0.008642', 4321],
    // The smallest steps of the text are still whole points.
    ['＄0.000002 额度', 1],
    ['＄0.002 额度', 10, { quota_per_unit: 5000 }],
    ['＄0.5 额度', 250_000, { quota_per_unit: undefined }],
    ['返还 -＄0.5 额度', null],
    ['-5 点额度', null],
    ['¥3.6 额度', null, { usd_exchange_rate: undefined }],
    ['€0.45 额度', null, { custom_currency_exchange_rate: undefined }],
    ['£0.45 额度', null],
    ['兑换码ID 5', null],
    ['gift', null],
    ['', null],
  ])('%s', async (text, points, part = {}) => {
    expect(await pointsIn(text, () => Promise.resolve({ ...MONEY, ...part }))).toBe(points)
  })

  test('a site that does not tell its rates leaves it unknown', async () => {
    const nothing = () => Promise.resolve(null)
    expect(await pointsIn('＄0.5 额度', nothing)).toBeNull()
    expect(await pointsIn('50 点额度', nothing)).toBe(50)
  })
})

test.each(['USD', 'CNY', 'TOKENS', 'CUSTOM'] as const)(
  'a site that shows %s: the reward is what was booked',
  async (quotaDisplayType) => {
    const site = await newApiSite('g1b', { checkinEnabled: true, quotaDisplayType })
    valueOf(await checkInOf(site).perform(site.ctx, site.alice))
    const [booked] = site.relay.books.checkIns
    const found = await checkInOf(site).findReward?.(site.ctx, site.alice, site.clock.nowMs)
    expect(found).toEqual({ ok: true, value: { reward: booked?.award } })
  },
)

describe('of several rows', () => {
  const atSec = 1_786_276_800
  const row = (part: object = {}) => ({
    user_id: 7,
    created_at: atSec,
    type: 4,
    quota: 0,
    content: '用户签到，获得额度 100 点额度',
    ...part,
  })

  async function found(data: unknown, status?: Handler) {
    const server = await startLoopback((request, response) => {
      if (request.path === '/api/status') {
        if (status) return status(request, response)
        return sendJson(response, success({ quota_per_unit: 500_000 }))
      }
      sendJson(
        response,
        success(
          typeof data === 'function' ? (data as (q: object) => unknown)(request.query) : data,
        ),
      )
    })
    const { ctx } = siteAt(server.origin, 'new-api')
    const reward = await findRewardBy([LOG_TYPE.system])(ctx, BY_TOKEN, atSec * 1000 + 900)
    return { reward, seen: server.seen }
  }

  const items = (...rows: object[]) => ({
    page: 1,
    page_size: 100,
    total: rows.length,
    items: rows,
  })

  test.each([
    ['one', items(row()), { reward: 100 }],
    ['other words', items(row({ content: '新用户注册赠送 100 点额度' })), null],
    ['another type, where the site does not look at it', items(row({ type: 2 })), null],
    [
      'an earlier one, where the site does not look at it',
      items(row({ created_at: atSec - 1 })),
      null,
    ],
    ['one without an amount', items(row({ content: '用户签到' })), {}],
    ['two, of which nobody knows which', items(row(), row()), {}],
    ['one with a figure of its own', items(row({ quota: 77 })), { reward: 77 }],
    ['in English', items(row({ content: 'User checked in, got 100 点额度' })), { reward: 100 }],
    ['none', items(), null],
  ])('%s', async (_, data, reward) => {
    expect((await found(data)).reward).toEqual({ ok: true, value: reward })
  })

  test('bare arrays count from 0', async () => {
    const { reward, seen } = await found(({ p }: { p?: string }) => (p === '0' ? [row()] : []))
    expect(reward).toEqual({ ok: true, value: { reward: 100 } })
    expect(seen.map(({ query }) => query['p'])).toEqual(['1', '0'])
    expect(seen[0]?.query).toMatchObject({
      type: '4',
      start_timestamp: String(atSec),
      page_size: '100',
    })
  })

  test("somebody else's row is a failure", async () => {
    const { reward } = await found(items(row({ user_id: 8 })))
    expect(failureIn(reward).class).toBe('identity')
  })

  test('the rates are asked for only where needed, and once', async () => {
    const inDollars = { content: '用户签到，获得额度 ＄1.0 额度' }
    expect((await found(items(row()))).seen).toHaveLength(1)
    const { reward, seen } = await found(items(row(inDollars)))
    expect([valueOf(reward), seen.length]).toEqual([{ reward: 500_000 }, 2])
    const mute: Handler = (_, response) => sendJson(response, { success: false }, 500)
    expect(valueOf((await found(items(row(inDollars)), mute)).reward)).toEqual({})
  })
})

test('a check-in of an old Veloera is a row of the system', async () => {
  const site = await veloeraSite('v3', { checkinEnabled: true })
  const { findReward } = checkInOf(site)
  const ask = async () => valueOf((await findReward?.(site.ctx, site.alice, site.clock.nowMs))!)
  valueOf(await checkInOf(site).perform(site.ctx, site.alice))
  expect(await ask()).toEqual({ reward: 1500 })
  site.relay.state.logs.at(-1)!.type = 4
  expect(await ask()).toEqual({ reward: 1500 })
  site.relay.state.logs.at(-1)!.type = 3
  expect(await ask()).toBeNull()
})

test("a hub's log is asked with its own names", async () => {
  const server = await startLoopback((_, response) =>
    sendJson(response, success({ data: [], page: 1, size: 100, total_count: 0 })),
  )
  const { ctx } = siteAt(server.origin, 'done-hub')
  const query = { type: 1, words: /./, sinceMs: 5_000, paging: 'one-hub' } as const
  expect(await readCredits(ctx, BY_TOKEN, query)).toEqual([])
  expect(server.seen[0]?.query).toMatchObject({
    page: '1',
    size: '100',
    log_type: '1',
    start_timestamp: '5',
  })
})
