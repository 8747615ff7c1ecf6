// @vitest-environment node
import { afterEach, describe, expect, test } from 'vitest'

import type { SeedUsage } from '../../e2e/relays/sub2api/options-user'
import type { Sub2ApiGeneration } from '../../e2e/relays/sub2api/relay'
import { ALICE, BOB, NOON_MS, startTestSite } from '../../e2e/relays/sub2api/test-site'

const open: (() => Promise<void>)[] = []
afterEach(() => Promise.all(open.splice(0).map((close) => close())))

const HOUR = 3_600_000
const DAY = 24 * HOUR
const row = (agoMs: number, more: Partial<SeedUsage> = {}): SeedUsage => ({
  createdAtMs: NOON_MS - agoMs,
  totalCost: 1,
  inputTokens: 100,
  outputTokens: 20,
  ...more,
})

async function start(generation: Sub2ApiGeneration, usage: SeedUsage[]) {
  const keys = [{ name: 'one' }, { name: 'two', groupId: 5 }]
  const site = await startTestSite(generation, {
    users: [
      { ...ALICE, keys, usage },
      { ...BOB, keys: [{ name: 'bob' }], usage: [row(0)] },
    ],
  })
  open.push(site.close)
  const stats = async (query: string) => {
    const { data } = await site.api('GET', `/usage/stats?${query}`)
    return (data as { total_requests: number }).total_requests
  }
  return { ...site, stats }
}

describe.each(['old', 'new'] as const)('%s: usage', (generation) => {
  const isNew = generation === 'new'

  test('rows are newest first; the total of new servers is only a lower bound', async () => {
    const { api } = await start(
      generation,
      Array.from({ length: 7 }, (_, i) => row(i * HOUR)),
    )
    const list = async (query: string) => (await api('GET', `/usage?${query}`)).data
    expect(await list('page_size=3')).toMatchObject(
      isNew ? { total: 4, pages: 2 } : { total: 7, pages: 3 },
    )
    expect(await list('page_size=3&page=2')).toMatchObject({ total: 7, pages: 3 })
    expect(await list('page_size=3&page=3')).toMatchObject({ total: 7, pages: 3, page: 3 })
    const { items } = (await list('page_size=1')) as { items: Record<string, unknown>[] }
    expect(items[0]).toMatchObject({
      created_at: '2026-08-09T12:00:00Z',
      total_cost: 1,
      actual_cost: 1.2,
      input_tokens: 100,
      group: { id: 4, name: 'claude' },
      api_key: { name: 'one' },
    })
  })

  test('filters; a foreign key is 403', async () => {
    const { api, relay } = await start(generation, [
      row(0, { keyName: 'two', stream: false }),
      row(1, { model: 'm' }),
    ])
    const keys = [...relay.state.keys.values()]
    const models = async (query: string) => {
      const { data } = await api('GET', `/usage?${query}`)
      return (data as { items: { model: string }[] }).items.map(({ model }) => model)
    }
    expect(await models('model=m')).toEqual(['m'])
    expect(await models('stream=false')).toEqual(['claude-sonnet-4'])
    expect(await models(`api_key_id=${keys[0]!.id}`)).toEqual(['m'])
    expect((await models('group_id=5')).length).toBe(isNew ? 1 : 2)
    expect((await api('GET', `/usage?api_key_id=${keys[2]!.id}`)).status).toBe(403)
    expect((await api('GET', '/usage?api_key_id=x')).status).toBe(400)
    expect((await api('GET', '/usage?start_date=today')).status).toBe(400)
  })

  test('today is the day of the zone asked for, on old servers always their own', async () => {
    // In Shanghai the day began at 16:00 UTC, in Auckland it begins at this very moment.
    const { stats } = await start(generation, [row(0), row(13 * HOUR), row(21 * HOUR)])
    expect(await stats('period=today&timezone=UTC')).toBe(isNew ? 1 : 2)
    expect(await stats('period=today&timezone=Asia/Shanghai')).toBe(2)
    expect(await stats('period=today&timezone=Pacific/Auckland')).toBe(isNew ? 1 : 2)
    expect(await stats('period=today&timezone=No/Where')).toBe(2)
    expect(await stats('period=today')).toBe(2)
  })

  test('periods, dates and the default of the generation', async () => {
    const { stats } = await start(generation, [row(0), row(5 * DAY), row(20 * DAY), row(90 * DAY)])
    expect(await stats('period=week')).toBe(2)
    expect(await stats('period=month')).toBe(3)
    expect(await stats('')).toBe(isNew ? 2 : 1)
    expect(await stats('start_date=2026-08-04&end_date=2026-08-04')).toBe(1)
    expect(await stats('start_date=2026-07-20')).toBe(3)
  })

  test('sums, on the dashboard and per key', async () => {
    const { api, relay } = await start(generation, [
      row(0, { cacheReadTokens: 5, durationMs: 400 }),
      row(10 * DAY, { totalCost: 2, actualCost: 3, durationMs: 800 }),
    ])
    expect((await api('GET', '/usage/stats?period=month')).data).toMatchObject({
      total_requests: 2,
      total_input_tokens: 200,
      total_output_tokens: 40,
      total_cache_read_tokens: 5,
      total_tokens: 245,
      total_cost: 3,
      total_actual_cost: 4.2,
      average_duration_ms: 600,
    })
    expect((await api('GET', '/usage/dashboard/stats')).data).toMatchObject({
      total_api_keys: 2,
      active_api_keys: 2,
      total_requests: 2,
      today_requests: 1,
      total_tokens: 245,
      today_actual_cost: 1.2,
    })
    const [key, , foreign] = [...relay.state.keys.keys()]
    const body = { api_key_ids: [key, foreign] }
    expect((await api('POST', '/usage/dashboard/api-keys-usage', { body })).data).toEqual({
      stats: {
        [String(key)]: { api_key_id: key, today_actual_cost: 1.2, total_actual_cost: 4.2 },
      },
    })
  })
})
