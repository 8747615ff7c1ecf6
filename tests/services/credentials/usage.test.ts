// @vitest-environment node
import { beforeEach, describe, expect, test } from 'vitest'

import { dayKey } from '@/src/domain/day-key'
import { complete, unavailable } from '@/src/domain/metric'

import { sendJson, startLoopback } from '../../net/loopback'
import { freshDisk } from '../../support/world'
import {
  answering,
  type Answers,
  ask,
  billing,
  MODELS,
  statusOf,
  SUBSCRIPTION,
  TOKEN,
  tokenUsage,
  USAGE,
} from './answers'
import { askOnce, KEY, startCredentials } from './credential-world'

beforeEach(freshDisk)

describe('the automatic query', () => {
  test('asks the ways in their order and takes the third’s values', async () => {
    const { state, seen } = await ask({ ...MODELS, ...billing(12, 250) })
    expect(seen.map(({ path }) => path)).toEqual([
      '/v1/models',
      TOKEN,
      '/v1/usage',
      SUBSCRIPTION,
      USAGE,
      '/api/status',
    ])
    expect(state).toMatchObject({
      health: 'healthy',
      source: 'openai-billing',
      unlimited: false,
      balanceUsd: complete(9.5),
      totalUsedUsd: complete(2.5),
      totalGrantedUsd: complete(12),
      models: { count: 2, first: ['m-1', 'm-2'] },
    })
    expect(state).not.toHaveProperty('failure')
    expect(state).not.toHaveProperty('expiresAtMs')
    expect(state.attempts.map(({ source, outcome }) => `${source} ${outcome}`)).toEqual([
      'models success',
      'new-api-token unsupported',
      'sub2api unsupported',
      'openai-billing success',
      'openai-billing success',
    ])
  })

  test('sends the key to usage and model routes only, as a bearer and without cookies', async () => {
    const { seen } = await ask({ ...MODELS, ...billing(1, 0) })
    for (const { path, method, headers } of seen) {
      expect(method).toBe('GET')
      expect(headers.authorization).toBe(path === '/api/status' ? undefined : `Bearer ${KEY}`)
      expect(headers.cookie).toBeUndefined()
    }
  })

  test('goes on after a failure and after an answer without any value', async () => {
    const site = await startLoopback((request, response) => {
      if (request.path === TOKEN) sendJson(response, { message: 'boom' }, 500)
      else if (request.path === '/v1/usage') sendJson(response, { hello: 'world' })
      else answering({ ...MODELS, ...billing(3, 100) })(request, response)
    })
    const { credentials } = await startCredentials()
    const state = await askOnce(credentials, { baseUrl: site.origin })
    expect(state).toMatchObject({ source: 'openai-billing', balanceUsd: complete(2) })
    expect(state).not.toHaveProperty('failure')
    expect(state.attempts.slice(1, 3)).toMatchObject([
      { source: 'new-api-token', outcome: 'failed', failure: { class: 'server', httpStatus: 500 } },
      {
        source: 'sub2api',
        outcome: 'failed',
        failure: { class: 'changed-api', reason: 'no-value' },
      },
    ])
  })

  test('is content with models where a server has nothing else', async () => {
    const { state } = await ask(MODELS)
    expect(state).toMatchObject({ health: 'healthy', balanceUsd: unavailable('request-failed') })
    expect(state).not.toHaveProperty('failure')
    expect(state).not.toHaveProperty('source')
  })

  test('warns where nothing works, without a secret in the words', async () => {
    const site = await startLoopback((_, response) => {
      const message = `Invalid token ${KEY}, ${encodeURIComponent(KEY)}`
      sendJson(response, { error: { message, type: 'new_api_error' } }, 401)
    })
    const { credentials } = await startCredentials()
    const state = await askOnce(credentials, { baseUrl: site.origin })
    expect(state).toMatchObject({
      health: 'warning',
      failure: { class: 'login', reason: 'key-refused', httpStatus: 401 },
    })
    expect(state).not.toHaveProperty('successAtMs')
    expect(state.attempts.map(({ source }) => source)).toEqual([
      'models',
      'new-api-token',
      'sub2api',
      'openai-billing',
    ])
    expect(state.attempts.every(({ outcome }) => outcome === 'failed')).toBe(true)
    expect(state.failure?.detail).toMatch(/^Invalid token/)
    expect(JSON.stringify(state)).not.toContain(KEY)
  })

  test('keeps the path of the base address', async () => {
    const { seen } = await ask({}, {}, '/x/v1')
    const { seen: versioned } = await ask({}, { query: { mode: 'disabled' } }, '/api/v3')
    expect(seen.map(({ path }) => path)).toEqual([
      '/x/v1/models',
      '/x/models',
      '/x/api/usage/token/',
      '/x/v1/usage',
      '/x/v1/dashboard/billing/subscription',
    ])
    expect(versioned.map(({ path }) => path)).toEqual(['/api/v3/models'])
  })

  test('counts the token route in the bucket of the user’s own login', async () => {
    const site = await startLoopback(answering(tokenUsage({ total_available: 500_000 })))
    const { credentials, budgets } = await startCredentials()
    await askOnce(credentials, { baseUrl: site.origin })
    expect(budgets.snapshot()[site.origin]?.starts.critical).toHaveLength(1)
  })
})

describe('use of a New API key', () => {
  test('is counted in the points of the site', async () => {
    const data = {
      total_granted: 1000,
      total_used: 400,
      total_available: 600,
      expires_at: 1_800_000_000,
    }
    const half = statusOf({ quota_per_unit: 250 })
    const { state } = await ask({ ...tokenUsage(data), ...half })
    expect(state).toMatchObject({
      source: 'new-api-token',
      unlimited: false,
      balanceUsd: complete(2.4),
      totalUsedUsd: complete(1.6),
      totalGrantedUsd: complete(4),
      todayCostUsd: unavailable('unsupported'),
      expiresAtMs: 1_800_000_000_000,
      dayKey: dayKey(state.attemptAtMs),
    })
    const { state: byDefault } = await ask(tokenUsage({ ...data, expires_at: 0 }))
    expect(byDefault.balanceUsd).toEqual(complete(600 / 500_000))
    expect(byDefault).not.toHaveProperty('expiresAtMs')
  })

  test.each([
    { unlimited_quota: true, total_granted: 100, total_available: 60, total_used: 500_000 },
    { total_granted: -1, total_available: 60, total_used: 500_000 },
  ])('without a limit has no balance: %j', async (data) => {
    const { state } = await ask(tokenUsage(data))
    expect(state).toMatchObject({
      unlimited: true,
      balanceUsd: { state: 'unavailable' },
      totalGrantedUsd: { state: 'unavailable' },
      totalUsedUsd: complete(1),
    })
  })
})

describe('use of a Sub2API key', () => {
  const today = {
    requests: 5,
    input_tokens: 500,
    output_tokens: 100,
    total_tokens: 600,
    cost: 0.003,
    actual_cost: 0.0036,
  }
  const total = { ...today, requests: 50, cost: 0.03, actual_cost: 0.036 }
  const askUsage = (body: object) => ask({ '/v1/usage': body }, { query: { mode: 'sub2api' } })

  test.each([
    ['a', { isValid: true, remaining: 12.5, unit: 'USD' }, complete(12.5)],
    ['b', { mode: 'unrestricted', remaining: -1, balance: -1 }, complete(-1)],
    ['b without remaining', { mode: 'unrestricted', balance: 3 }, complete(3)],
    ['c', { mode: 'unrestricted', remaining: 0, usage: { today, total } }, complete(0)],
    [
      'd',
      { mode: 'quota_limited', quota: { limit: 10, used: 2.5, remaining: 7.5 }, remaining: 7.5 },
      complete(7.5),
    ],
    ['d of a remaining alone', { mode: 'quota_limited', remaining: -1 }, complete(-1)],
  ])('form %s tells the balance', async (_, body, balanceUsd) => {
    const { state } = await askUsage(body)
    expect(state).toMatchObject({ source: 'sub2api', unlimited: false, balanceUsd })
  })

  test.each([{ remaining: -1 }, { mode: 'unrestricted', remaining: -1, planName: 'plan' }])(
    '-1 is unlimited where no wallet is charged: %j',
    async (body) => {
      const { state } = await askUsage(body)
      expect(state).toMatchObject({ unlimited: true, balanceUsd: { state: 'unavailable' } })
    },
  )

  test('tells today and all time as charged', async () => {
    const body = { mode: 'unrestricted', remaining: 1, balance: 1, usage: { today, total } }
    const { state, seen } = await askUsage(body)
    expect(state).toMatchObject({
      todayCostUsd: complete(0.0036),
      todayRequests: complete(5),
      todayTokens: complete(600),
      totalUsedUsd: complete(0.036),
    })
    expect(seen.at(-1)?.query['timezone']).toBe(Intl.DateTimeFormat().resolvedOptions().timeZone)
  })

  test('takes the day of the user, where the server tells it, before its own', async () => {
    const { credentials, world } = await startCredentials()
    const row = { ...today, date: dayKey(world.clock.nowMs), requests: 2, actual_cost: 0.5 }
    const site = await startLoopback(
      answering({ '/v1/usage': { balance: 1, usage: { today }, daily_usage: [row] } }),
    )
    const state = await askOnce(credentials, { baseUrl: site.origin, query: { mode: 'sub2api' } })
    expect(state).toMatchObject({ todayCostUsd: complete(0.5), todayRequests: complete(2) })
  })

  test('reads the names of other servers of that form', async () => {
    const part = { cost: 1, requests: 2, prompt_tokens: 3, completion_tokens: 4 }
    const { state } = await askUsage({ balance: 5, usage: { today: part, total: { cost: 9 } } })
    expect(state).toMatchObject({
      todayCostUsd: complete(1),
      todayTokens: complete(7),
      totalUsedUsd: complete(9),
    })
  })

  test('tells when a key of its own quota ends', async () => {
    const { state } = await askUsage({ mode: 'quota_limited', expires_at: '2026-02-01T00:00:00Z' })
    expect(state.expiresAtMs).toBe(Date.UTC(2026, 1, 1))
    expect(state.balanceUsd.state).toBe('unavailable')
  })
})

describe('the billing pages', () => {
  const askBilling = (answers: Answers) => ask(answers, { query: { mode: 'openai-billing' } })

  test('are asked from the first of January to today', async () => {
    const { seen, state } = await askBilling(billing(1, 0))
    const today = dayKey(state.attemptAtMs)
    expect(seen.find(({ path }) => path === USAGE)?.query).toEqual({
      start_date: `${today.slice(0, 4)}-01-01`,
      end_date: today,
    })
  })

  test.each([
    [{ quota_display_type: 'USD' }, 1],
    [{ quota_display_type: 'CUSTOM', custom_currency_exchange_rate: 5 }, 1],
    [{ quota_display_type: 'CNY', usd_exchange_rate: 7 }, 7],
    [{ quota_display_type: 'TOKENS', quota_per_unit: 1000 }, 1000],
    [{ display_in_currency: false, quota_per_unit: 500_000 }, 500_000],
    [{ display_in_currency: true }, 1],
    [{ display_in_currency: false, quota_display_type: 'USD' }, 1],
    [{ quota_display_type: 'CNY', usd_exchange_rate: 0 }, 7.2],
  ])('are read in the unit the site shows: %j', async (status, perUsd) => {
    const { state } = await askBilling({
      ...billing(10 * perUsd, 400 * perUsd),
      ...statusOf(status),
    })
    const { balanceUsd, totalUsedUsd } = state
    expect(balanceUsd.state === 'complete' && balanceUsd.value).toBeCloseTo(6, 10)
    expect(totalUsedUsd.state === 'complete' && totalUsedUsd.value).toBeCloseTo(4, 10)
  })

  test.each([
    ['of Veloera', 100_000_000, {}],
    ['of Veloera in points', 100_000_000, { display_in_currency: false }],
    ['of a million dollars', 1_000_000, {}],
  ])('a limit %s is none', async (_, limit, status) => {
    const { state } = await askBilling({ ...billing(limit, 0), ...statusOf(status) })
    expect(state).toMatchObject({ unlimited: true, balanceUsd: { state: 'unavailable' } })
    expect(state.totalUsedUsd).toEqual(complete(0))
  })

  test('a million points are no million dollars', async () => {
    const status = statusOf({ display_in_currency: false })
    const { state } = await askBilling({ ...billing(1_000_000, 0), ...status })
    expect(state).toMatchObject({ unlimited: false, balanceUsd: complete(2) })
  })

  test('a balance that is told counts more than one that is worked out', async () => {
    const subscription = { hard_limit_usd: 10, balance: 3, access_until: 1_800_000_000 }
    const { state } = await askBilling({ ...billing(10, 100), [SUBSCRIPTION]: subscription })
    expect(state).toMatchObject({ balanceUsd: complete(3), expiresAtMs: 1_800_000_000_000 })
  })

  test('without the use there is a limit and no balance', async () => {
    const { state } = await askBilling({ [SUBSCRIPTION]: { hard_limit_usd: 10 } })
    expect(state).toMatchObject({
      totalGrantedUsd: complete(10),
      balanceUsd: unavailable('unsupported'),
      totalUsedUsd: unavailable('unsupported'),
    })
  })

  test.each([
    { error: { message: 'no such token', type: 'new_api_error' } },
    { success: false, message: 'no such token' },
  ])('errors of theirs come with 200: %j', async (body) => {
    const { state } = await askBilling({ [SUBSCRIPTION]: body })
    expect(state.attempts.at(-1)).toMatchObject({
      outcome: 'failed',
      failure: { class: 'refused', reason: 'business', detail: 'no such token' },
    })
  })

  test('no amount is told while its unit cannot be had', async () => {
    const site = await startLoopback((request, response) => {
      if (request.path === '/api/status') sendJson(response, {}, 502)
      else answering(billing(10, 0))(request, response)
    })
    const { credentials } = await startCredentials()
    const state = await askOnce(credentials, {
      baseUrl: site.origin,
      query: { mode: 'openai-billing' },
    })
    expect(state).toMatchObject({
      failure: { class: 'server' },
      totalGrantedUsd: { state: 'unavailable' },
    })
  })
})
