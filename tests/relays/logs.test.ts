// @vitest-environment node
import { afterEach, describe, expect, test } from 'vitest'

import type { Generation, RelayOptions, SeedLog } from '../../e2e/relays/new-api/relay'
import { ALICE, GENERATIONS, NOON_MS, startTestRelay, stopTestRelays } from './relay-client'

afterEach(stopTestRelays)

const NOON = NOON_MS / 1000
const NEWEST_FIRST: SeedLog[] = [
  {
    createdAtSec: NOON - 10,
    type: 2,
    quota: 100,
    modelName: 'gpt-4o',
    promptTokens: 5,
    completionTokens: 7,
  },
  { createdAtSec: NOON - 30, type: 2, quota: 200, modelName: 'o1', tokenName: 'work' },
  { createdAtSec: NOON - 7200, type: 2, quota: 400, modelName: 'gpt-4o' },
  { createdAtSec: NOON - 8000, type: 1, quota: 0, content: '通过兑换码充值 ＄1.000000 额度' },
]

function start(generation: Generation, logs: SeedLog[], options: Partial<RelayOptions> = {}) {
  return startTestRelay(generation, { users: [{ ...ALICE, logs }], ...options })
}

const rows = (count: number): SeedLog[] =>
  Array.from({ length: count }, (_, index) => ({ createdAtSec: NOON - index, type: 2, quota: 1 }))

interface Page {
  page: number
  page_size: number
  total: number
  items: { id: number; created_at: number; quota: number }[]
}

describe.each(['g0', 'g1a', 'g1b', 'g2', 'g3'] as const)('%s: own logs', (generation) => {
  test('are one-based pages, newest first', async () => {
    const { call, alice } = await start(generation, rows(25))
    const page = (await call('GET', '/api/log/self?p=2&page_size=10', { headers: alice }))
      .data as Page
    expect(page).toMatchObject({ page: 2, page_size: 10, total: 25 })
    expect(page.items.map((item) => NOON - item.created_at)).toEqual([
      10, 11, 12, 13, 14, 15, 16, 17, 18, 19,
    ])
  })

  test('without page_size the builds of 2025 give no rows', async () => {
    const { call, alice } = await start(generation, rows(25))
    const { items } = (await call('GET', '/api/log/self?p=1', { headers: alice })).data as Page
    expect(items.length).toBe(generation === 'g0' || generation === 'g1a' ? 0 : 10)
  })

  test.each([
    ['type=1', [0]],
    ['type=0', [100, 200, 400, 0]],
    [`type=2&start_timestamp=${NOON - 30}&end_timestamp=${NOON - 20}`, [200]],
    ['token_name=work', [200]],
    ['model_name=gpt-4o', [100, 400]],
    ['group=vip', []],
  ])('are filtered by %s', async (query, quotas) => {
    const { call, alice } = await start(generation, NEWEST_FIRST)
    const path = `/api/log/self?p=1&page_size=100&${query}`
    const { items, total } = (await call('GET', path, { headers: alice })).data as Page
    expect([total, items.map(({ quota }) => quota)]).toEqual([quotas.length, quotas])
  })

  test('log search works on G0 only', async () => {
    const { call, alice } = await start(generation, NEWEST_FIRST)
    const path = `/api/log/self/search?keyword=${encodeURIComponent('通过')}`
    const { json } = await call('GET', path, { headers: alice })
    expect(json?.['success']).toBe(generation === 'g0')
  })
})

test('ids are rewritten: a running index in newer builds, modulo 1024 before', async () => {
  const newer = await start('g1b', rows(1030))
  const path = '/api/log/self?p=2&page_size=100'
  const { items } = (await newer.call('GET', path, { headers: newer.alice })).data as Page
  expect(items[0]?.id).toBe(101)
  const older = await start('g0', rows(1030))
  const first = (await older.call('GET', path, { headers: older.alice })).data as Page
  expect(first.items[0]?.id).toBe((1030 - 100) % 1024)
})

test('the total is capped at 10000 in the builds of 2026', async () => {
  const { call, alice } = await start('g2', rows(10_001))
  const path = '/api/log/self?p=1&page_size=1'
  expect((await call('GET', path, { headers: alice })).data).toMatchObject({ total: 10_000 })
})

test('One API lists ten rows from page 0 as a bare array', async () => {
  const { call, alice } = await start('one-api', rows(12))
  const path = '/api/log/self?p=1&page_size=100'
  const data = (await call('GET', path, { headers: alice })).data as unknown[]
  expect(data.length).toBe(2)
  expect(data[0]).toMatchObject({ elapsed_time: 0, created_at: NOON - 10 })
})

describe.each(GENERATIONS)('%s: statistics', (generation) => {
  const isOneApi = generation === 'one-api'

  test('stat sums the consumption of the range and ignores the type', async () => {
    const { call, alice } = await start(generation, NEWEST_FIRST)
    const path = `/api/log/self/stat?type=1&start_timestamp=${NOON - 7200}&end_timestamp=${NOON - 20}`
    const { data } = await call('GET', path, { headers: alice })
    expect(data).toEqual(isOneApi ? { quota: 600 } : { quota: 600, rpm: 2, tpm: 12 })
  })

  test('stat may be missing', async () => {
    const { call, alice } = await start(generation, [], { logStat: false })
    expect((await call('GET', '/api/log/self/stat', { headers: alice })).status).toBe(404)
  })

  test('hourly data is filled only with data export, for a month at most', async () => {
    const path = `/api/data/self?start_timestamp=${NOON - 2_592_000}&end_timestamp=${NOON}`
    const off = await start(generation, NEWEST_FIRST)
    const empty = await off.call('GET', path, { headers: off.alice })
    expect([empty.status, empty.data]).toEqual(isOneApi ? [404, undefined] : [200, []])
    if (isOneApi) return
    const on = await start(generation, NEWEST_FIRST, { enableDataExport: true })
    const hours = (await on.call('GET', path, { headers: on.alice })).data
    expect(hours).toMatchObject([
      { created_at: NOON - 7200, model_name: 'gpt-4o', quota: 400, count: 1, token_used: 0 },
      { created_at: NOON - 3600, model_name: 'o1', quota: 200 },
      { created_at: NOON - 3600, model_name: 'gpt-4o', quota: 100, token_used: 12 },
    ])
    const long = path.replace(String(NOON - 2_592_000), String(NOON - 2_592_001))
    const refused = await on.call('GET', long, { headers: on.alice })
    expect(refused.json?.['message']).toBe('时间跨度不能超过 1 个月')
  })
})
