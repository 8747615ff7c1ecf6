// @vitest-environment node
import { afterEach, describe, expect, test } from 'vitest'

import type { SeedGroup, SeedRedeemCode } from '../../e2e/relays/sub2api/options-site'
import type { Sub2ApiGeneration, Sub2ApiOptions } from '../../e2e/relays/sub2api/relay'
import { ALICE, NOON_MS, startTestSite } from '../../e2e/relays/sub2api/test-site'

const open: (() => Promise<void>)[] = []
afterEach(() => Promise.all(open.splice(0).map((close) => close())))

type Json = Record<string, unknown>

const DAY = 86_400_000
const GROUPS: SeedGroup[] = [
  {
    id: 4,
    name: 'claude',
    rateMultiplier: 1.2,
    models: [{ name: 'claude-x', pricing: { inputPrice: 3e-6 } }, { name: 'claude-y' }],
  },
  { id: 5, name: 'vip', isExclusive: true },
  { id: 6, name: 'plan', subscriptionType: 'subscription', dailyLimitUsd: 5 },
  { id: 7, name: 'gone', status: 'inactive' },
]
const CODES: SeedRedeemCode[] = [
  { code: 'FIVE', value: 5 },
  { code: 'SLOTS', type: 'concurrency', value: 2 },
  { code: 'PLAN', type: 'subscription', groupId: 6 },
  { code: 'USED', status: 'used' },
  { code: 'LATE', status: 'expired' },
  { code: 'BUSY', status: 'locked' },
  { code: 'FRIEND', type: 'invitation' },
  { code: 'GIFT', type: 'admin_balance', value: 1, usedBy: 7, notes: 'sorry' },
]

async function start(generation: Sub2ApiGeneration, options: Partial<Sub2ApiOptions> = {}) {
  const site = await startTestSite(generation, { groups: GROUPS, redeemCodes: CODES, ...options })
  open.push(site.close)
  const redeem = (code: unknown) => site.api('POST', '/redeem', { body: { code } })
  const names = async (path: string) =>
    ((await site.api('GET', path)).data as { name: string }[]).map(({ name }) => name)
  return { ...site, redeem, names, alice: site.relay.state.users.get(7)! }
}

describe.each(['old', 'new'] as const)('%s: account', (generation) => {
  const isNew = generation === 'new'

  test('groups are those the user may bind; rates are personal', async () => {
    const { api, names, alice, redeem } = await start(generation)
    expect(await names('/groups/available')).toEqual(['claude'])
    alice.allowedGroups = [5]
    await redeem('PLAN')
    expect(await names('/groups/available')).toEqual(['claude', 'vip', 'plan'])
    alice.rates = { 4: 0.8 }
    const rates = await api('GET', '/groups/rates')
    expect([rates.status, rates.data]).toEqual(isNew ? [200, { '4': 0.8 }] : [404, undefined])
  })

  test('channels with models and prices, where the feature is on', async () => {
    const { api, relay } = await start(generation)
    const { status, data } = await api('GET', '/channels/available')
    expect(status).toBe(isNew ? 200 : 404)
    if (!isNew) return
    expect(data).toMatchObject([
      {
        name: 'main',
        platforms: [
          {
            platform: 'anthropic',
            groups: [{ id: 4, rate_multiplier: 1.2 }],
            supported_models: [
              { name: 'claude-x', pricing: { billing_mode: 'token', input_price: 3e-6 } },
              { name: 'claude-y', pricing: null },
            ],
          },
        ],
      },
    ])
    relay.state.settings.availableChannels = false
    expect((await api('GET', '/channels/available')).data).toEqual([])
    expect((await api('GET', '/model-plaza')).problem).toEqual([404, 404, undefined])
  })

  test('redeeming pays in and answers the code, not the balance', async () => {
    const { api, redeem, alice, relay, clock } = await start(generation)
    const { data } = await redeem('FIVE')
    expect(data).toMatchObject({ code: 'FIVE', type: 'balance', value: 5, used_by: 7 })
    expect((data as Json)['used_at']).toBe('2026-08-09T12:00:00Z')
    clock.nowMs += 1000
    await redeem('SLOTS')
    expect([alice.balance, alice.concurrency]).toEqual([17.5, 7])
    await redeem('PLAN')
    expect(relay.state.subscriptions[0]?.expiresAtMs).toBe(clock.nowMs + 30 * DAY)
    const history = (await api('GET', '/redeem/history')).data as Json[]
    expect(history.map(({ code }) => code)).toEqual(['PLAN', 'SLOTS', 'GIFT', 'FIVE'])
    expect(history[2]).toMatchObject({ type: 'admin_balance', notes: 'sorry' })
    await redeem('FIVE')
    expect(relay.books.codes.map(({ code }) => code)).toEqual(['FIVE', 'SLOTS', 'PLAN'])
  })

  test('codes that cannot be redeemed', async () => {
    const { redeem } = await start(generation)
    const reasons: unknown[][] = []
    for (const code of ['NONE', 'USED', 'LATE', 'BUSY', 'FRIEND', '']) {
      reasons.push((await redeem(code)).problem)
    }
    expect(reasons).toEqual([
      [404, 404, 'REDEEM_CODE_NOT_FOUND'],
      [409, 409, 'REDEEM_CODE_USED'],
      [409, 409, 'REDEEM_CODE_EXPIRED'],
      [409, 409, 'REDEEM_CODE_LOCKED'],
      [400, 400, 'REDEEM_CODE_INVALID'],
      [400, 400, undefined],
    ])
  })

  test('20 failed codes an hour', async () => {
    const { redeem, clock } = await start(generation, { rateLimits: 'contract' })
    for (let i = 0; i < 20; i += 1) await redeem('NONE')
    expect((await redeem('FIVE')).problem).toEqual([429, 429, 'REDEEM_RATE_LIMITED'])
    clock.nowMs += 3_600_000
    expect((await redeem('FIVE')).status).toBe(200)
  })

  test('subscriptions, their progress and summary', async () => {
    const rows = [
      {
        groupId: 6,
        startsAtMs: NOON_MS - 1.5 * DAY,
        expiresAtMs: NOON_MS + 10 * DAY,
        dailyUsageUsd: 2,
        monthlyUsageUsd: 8,
      },
      { groupId: 6, startsAtMs: 0, expiresAtMs: DAY, status: 'expired' as const },
    ]
    const { api } = await start(generation, { users: [{ ...ALICE, subscriptions: rows }] })
    const get = async (path: string) => (await api('GET', `/subscriptions${path}`)).data
    expect(await get('')).toMatchObject([{ status: 'active' }, { status: 'expired' }])
    expect(await get('/active')).toMatchObject([{ group_id: 6, group: { name: 'plan' } }])
    expect(await get('/progress')).toMatchObject([
      {
        subscription: { daily_usage_usd: 2 },
        progress: {
          group_name: 'plan',
          expires_in_days: 10,
          daily: {
            limit_usd: 5,
            used_usd: 2,
            remaining_usd: 3,
            percentage: 40,
            window_start: '2026-08-09T00:00:00Z',
            resets_in_seconds: 43_200,
          },
        },
      },
    ])
    expect(JSON.stringify(await get('/progress'))).not.toContain('"weekly":')
    expect(await get('/summary')).toMatchObject({
      active_count: 1,
      total_used_usd: 8,
      subscriptions: [{ group_name: 'plan', daily_used_usd: 2, daily_limit_usd: 5 }],
    })
  })

  test('announcements are read once and for one user', async () => {
    const { api, relay } = await start(generation, {
      announcements: [
        { title: 'One', content: '**a**', readBy: [8] },
        { title: 'Two', content: 'b' },
        { title: 'Later', content: 'c', startsAtMs: NOON_MS + 1 },
        { title: 'Over', content: 'd', endsAtMs: NOON_MS },
      ],
    })
    if (!isNew) {
      expect((await api('GET', '/announcements')).text).toBe('404 page not found')
      return
    }
    const titles = async (query = '') =>
      ((await api('GET', `/announcements${query}`)).data as Json[]).map(({ title }) => title)
    expect(await titles()).toEqual(['Two', 'One'])
    const id = relay.state.announcements[0]!.id
    expect((await api('POST', `/announcements/${id}/read`)).data).toEqual({ message: 'ok' })
    expect(await titles('?unread_only=1')).toEqual(['Two'])
    expect(((await api('GET', '/announcements')).data as Json[])[1]).toMatchObject({
      content: '**a**',
      read_at: '2026-08-09T12:00:00Z',
    })
    expect((await api('POST', '/announcements/999/read')).status).toBe(404)
  })
})
