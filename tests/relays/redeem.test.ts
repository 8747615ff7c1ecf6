// @vitest-environment node
import { afterEach, describe, expect, test } from 'vitest'

import type { RelayOptions, SeedCode } from '../../e2e/relays/new-api/relay'
import {
  type Answer,
  BOB,
  GENERATIONS,
  NOON_MS,
  startTestRelay,
  stopTestRelays,
  type TestRelay,
} from './relay-client'

afterEach(stopTestRelays)

const PATH = '/api/user/topup'
const NOON = NOON_MS / 1000

const CODES: SeedCode[] = [
  { code: 'a'.repeat(32), quota: 500_000 },
  { code: 'b'.repeat(32), quota: 7 },
  { code: 'off', quota: 1, status: 2 },
  { code: 'gone', quota: 1, status: 3 },
  { code: 'late', quota: 1, expiredTime: NOON - 1 },
  { code: 'ending', quota: 1, expiredTime: NOON },
]
const [FIRST, SECOND] = CODES.map(({ code }) => code) as [string, string]

async function start(
  generation: RelayOptions['generation'],
  options: Partial<RelayOptions> = {},
): Promise<TestRelay & { redeem: (key?: unknown, headers?: object) => Promise<Answer> }> {
  const site = await startTestRelay(generation, { codes: CODES, ...options })
  const redeem = (key?: unknown, headers: object = site.alice) =>
    site.call('POST', PATH, { headers: { ...headers }, body: { key } })
  return { ...site, redeem }
}

describe.each(GENERATIONS)('%s: redemption', (generation) => {
  test('credits a code once, and logs the amount as text', async () => {
    const { relay, redeem } = await start(generation)
    const done = await redeem(FIRST)
    expect(done.json).toEqual({ success: true, message: '', data: 500_000 })
    expect(relay.state.users.get(7)?.quota).toBe(1_500_000)
    expect(relay.state.logs.at(-1)).toMatchObject({
      userId: 7,
      type: 1,
      quota: 0,
      content: '通过兑换码充值 ＄1.000000 额度，兑换码ID 1',
    })
    const again = await redeem(FIRST)
    expect([again.status, again.json?.['success']]).toEqual([200, false])
    expect(relay.state.users.get(7)?.quota).toBe(1_500_000)
    expect(relay.books.codes).toEqual([{ userId: 7, code: FIRST, amount: 500_000, atMs: NOON_MS }])
  })

  test('is for users only, and one code for all of them', async () => {
    const { relay, redeem } = await start(generation)
    expect((await redeem(FIRST, {})).status).toBe(401)
    const bob = { authorization: String(BOB.accessToken), 'new-api-user': '8' }
    expect((await redeem(FIRST, bob)).json).toMatchObject({ success: true })
    expect((await redeem(FIRST)).json).toMatchObject({ success: false })
    expect(relay.books.codes.map(({ userId }) => userId)).toEqual([8])
  })

  test('takes from the critical bucket', async () => {
    const { relay, redeem } = await start(generation, { rateLimits: 'contract' })
    for (let at = 0; at < 20; at += 1) expect((await redeem('none')).status).toBe(200)
    const refused = await redeem(FIRST)
    expect([refused.status, refused.text]).toEqual([429, ''])
    expect(relay.books.codes).toEqual([])
  })

  test('refuses a second one of the same user while the first is worked on', async () => {
    const { relay, redeem } = await start(generation, { redeemMs: 150 })
    const bob = { authorization: String(BOB.accessToken), 'new-api-user': '8' }
    const [first, second, bobs] = await Promise.all([
      redeem(FIRST),
      redeem(SECOND),
      redeem('ending', bob),
    ])
    const mine = [first, second].map(({ json }) => json?.['success'])
    expect(mine.sort()).toEqual([false, true])
    expect([first, second].map(({ text }) => text).join()).toContain('充值处理中，请稍后再试')
    expect(bobs.json).toMatchObject({ success: true })
    expect(relay.books.codes).toHaveLength(2)
    const left = first.json?.['success'] === true ? SECOND : FIRST
    expect((await redeem(left)).json).toMatchObject({ success: true })
  })

  test('goes on when the client does not wait, and then takes the next', async () => {
    const { relay, redeem } = await start(generation, { redeemMs: 30 })
    relay.faults.set({ path: PATH }, { kind: 'done-reset' }, 1)
    await expect(redeem(FIRST)).rejects.toThrow()
    expect(relay.books.codes).toHaveLength(1)
    expect((await redeem(SECOND)).json).toMatchObject({ success: true, data: 7 })
  })
})

test.each([
  ['one-api', '兑换失败，'],
  ['g0', '兑换失败，'],
  ['g1a', ''],
] as const)('%s tells why', async (generation, prefix) => {
  const { redeem } = await start(generation)
  const texts: unknown[] = []
  for (const key of ['none', 'off', 'gone', 'late', 'ending', '', undefined, 5]) {
    texts.push((await redeem(key)).json?.['message'])
  }
  expect(texts).toEqual([
    `${prefix}无效的兑换码`,
    `${prefix}该兑换码已被使用`,
    `${prefix}该兑换码已被使用`,
    `${prefix}该兑换码已过期`,
    '',
    '未提供兑换码',
    '未提供兑换码',
    '未提供兑换码',
  ])
})

test.each(['g1b', 'g2', 'g3'] as const)('%s tells only that it failed', async (generation) => {
  const { redeem, alice } = await start(generation)
  for (const key of ['none', 'gone', 'late']) {
    expect((await redeem(key)).json?.['message']).toBe('兑换失败')
  }
  const english = { ...alice, 'accept-language': 'en' }
  expect((await redeem('none', english)).json?.['message']).toBe('Redeem failed')
  const older = await start(generation, { redeemTexts: 'older' })
  expect((await older.redeem('gone')).json?.['message']).toBe('该兑换码已被使用')
})

test.each([
  ['CNY', '¥7.300000 额度'],
  ['TOKENS', '500000 点额度'],
  ['CUSTOM', '¤1.000000 额度'],
] as const)('the log is in what the site shows: %s', async (quotaDisplayType, amount) => {
  const { relay, redeem } = await start('g1b', { quotaDisplayType })
  await redeem(FIRST)
  expect(relay.state.logs.at(-1)?.content).toBe(`通过兑换码充值 ${amount}，兑换码ID 1`)
})
