// @vitest-environment node
import { afterEach, describe, expect, test } from 'vitest'

import type { SeedGroup } from '../../e2e/relays/sub2api/options-site'
import type { Sub2ApiGeneration, Sub2ApiOptions } from '../../e2e/relays/sub2api/relay'
import { ALICE, BOB, NOON_MS, startTestSite } from '../../e2e/relays/sub2api/test-site'

const open: (() => Promise<void>)[] = []
afterEach(() => Promise.all(open.splice(0).map((close) => close())))

type Json = Record<string, unknown>

const GROUPS: SeedGroup[] = [
  { id: 4, name: 'claude', rateMultiplier: 1.2 },
  { id: 5, name: 'vip', isExclusive: true },
  { id: 6, name: 'plan', subscriptionType: 'subscription' },
]

async function start(generation: Sub2ApiGeneration, options: Partial<Sub2ApiOptions> = {}) {
  const site = await startTestSite(generation, {
    groups: GROUPS,
    users: [
      { ...ALICE, keys: [{ name: 'A&B' }] },
      { ...BOB, keys: [{ name: 'bob' }] },
    ],
    ...options,
  })
  open.push(site.close)
  const create = (body: Json, headers: Record<string, string> = {}) =>
    site.api('POST', '/keys', { body, headers })
  const update = (id: unknown, body: Json) => site.api('PUT', `/keys/${String(id)}`, { body })
  const [first, foreign] = [...site.relay.state.keys.values()]
  return { ...site, create, update, first: first!, foreign: foreign! }
}

describe.each(['old', 'new'] as const)('%s: keys', (generation) => {
  const isNew = generation === 'new'

  test('the list is paged and carries full keys; sizes beyond the cap become 20', async () => {
    const keys = Array.from({ length: 25 }, (_, i) => ({ name: `key ${i}` }))
    const { api } = await start(generation, { users: [{ ...ALICE, keys }] })
    const list = async (query: string) => (await api('GET', `/keys?${query}`)).data as Json
    const first = await list('')
    expect(first).toMatchObject({ total: 25, page: 1, page_size: 20, pages: 2 })
    expect((first['items'] as Json[])[0]).toMatchObject({
      name: 'key 24',
      key: expect.stringMatching(/^sk-[0-9a-f]{64}$/) as string,
      group: { id: 4, name: 'claude', rate_multiplier: 1.2 },
    })
    expect(await list('page_size=1000')).toMatchObject({ page_size: isNew ? 1000 : 20 })
    expect(await list('limit=100')).toMatchObject({ page_size: 100, pages: 1 })
    expect(await list('page=0&page_size=1001')).toMatchObject({ page: 1, page_size: 20 })
    expect(await list('page=x&page_size=-5')).toMatchObject({ page: 1, page_size: 20 })
    const last = await list('page=2')
    expect([(last['items'] as Json[]).length, last['pages']]).toEqual([5, 2])
    expect(await list('page=9')).toMatchObject({ items: [], total: 25, page: 9 })
  })

  test('create answers 200 with the key and without its group', async () => {
    const { create, api } = await start(generation)
    const { status, data } = await create({ name: 'laptop', group_id: 4, quota: 10 })
    expect(status).toBe(200)
    expect(data).toMatchObject({ name: 'laptop', group_id: 4, status: 'active', user_id: 7 })
    expect('group' in (data as Json)).toBe(false)
    expect((data as Json)['quota']).toBe(isNew ? 10 : undefined)
    const read = await api('GET', `/keys/${String((data as Json)['id'])}`)
    expect(read.data).toMatchObject({ ...(data as Json), group: { id: 4 } })
  })

  test('create and update refuse', async () => {
    const { create, update, first } = await start(generation)
    expect((await create({ group_id: 4 })).problem).toEqual([400, 400, undefined])
    expect((await create({ name: 7 })).problem).toEqual([400, 400, undefined])
    expect((await update(first.id, { status: 'disabled' })).status).toBe(400)
    for (const write of [create, (body: Json) => update(first.id, body)]) {
      const missing = await write({ name: 'a', group_id: 99 })
      expect(missing.problem).toEqual([404, 404, 'GROUP_NOT_FOUND'])
      for (const group_id of [5, 6]) {
        const refused = await write({ name: 'a', group_id })
        expect(refused.problem).toEqual([403, 403, 'GROUP_NOT_ALLOWED'])
      }
    }
    expect((await create({ name: 'a', custom_key: 'short' })).problem[2]).toBe('API_KEY_TOO_SHORT')
    const odd = await create({ name: 'a', custom_key: 'with spaces in the key' })
    expect(odd.problem).toEqual([400, 400, 'API_KEY_INVALID_CHARS'])
    const taken = await create({ name: 'a', custom_key: first.key })
    expect(taken.problem).toEqual([409, 409, 'API_KEY_EXISTS'])
    const own = await create({ name: 'a', custom_key: 'my-own_key-0123456789' })
    expect(own.data).toMatchObject({ key: 'my-own_key-0123456789', group_id: null })
  })

  test('a foreign key: 404 to read, 403 to write', async () => {
    const { api, update, foreign } = await start(generation)
    expect((await api('GET', `/keys/${foreign.id}`)).status).toBe(404)
    const denied = [403, 403, 'INSUFFICIENT_PERMISSIONS']
    expect((await update(foreign.id, { name: 'mine' })).problem).toEqual(denied)
    expect((await api('DELETE', `/keys/${foreign.id}`)).problem).toEqual(denied)
    expect((await update(999, {})).status).toBe(404)
    expect((await api('GET', '/keys/x')).status).toBe(400)
  })

  test('delete', async () => {
    const { api, first } = await start(generation)
    const gone = await api('DELETE', `/keys/${first.id}`)
    expect(gone.data).toEqual({ message: 'API key deleted successfully' })
    expect((await api('GET', `/keys/${first.id}`)).status).toBe(404)
    expect((await api('GET', '/keys')).data).toMatchObject({ items: [], total: 0, pages: 1 })
  })

  test('names are escaped every time they are sent, on new servers', async () => {
    const { api, create, update, first } = await start(generation)
    const listed = ((await api('GET', '/keys')).data as { items: Json[] }).items
    expect(listed[0]?.['name']).toBe(isNew ? 'A&amp;B' : 'A&B')
    const twice = await update(first.id, { name: listed[0]?.['name'] })
    expect((twice.data as Json)['name']).toBe(isNew ? 'A&amp;amp;B' : 'A&B')
    const quoted = (await create({ name: `<"it's">` })).data as Json
    expect(quoted['name']).toBe(isNew ? '&lt;&#34;it&#39;s&#34;&gt;' : `<"it's">`)
  })

  test('an Idempotency-Key makes a create safe to repeat, on new servers', async () => {
    const { create, relay, clock } = await start(generation, { accessTokenSec: 172_800 })
    const headers = { 'idempotency-key': 'one' }
    const first = await create({ name: 'a' }, headers)
    const again = await create({ name: 'a' }, headers)
    expect([first.data === again.data, relay.state.keys.size]).toEqual([false, isNew ? 3 : 4])
    expect(again.headers.get('x-idempotency-replayed')).toBe(isNew ? 'true' : null)
    if (!isNew) return
    expect(again.data).toEqual(first.data)
    const other = await create({ name: 'b' }, headers)
    expect(other.problem).toEqual([409, 409, 'IDEMPOTENCY_KEY_CONFLICT'])
    const spaced = await create({ name: 'b' }, { 'idempotency-key': 'a b' })
    expect(spaced.problem).toEqual([400, 400, 'IDEMPOTENCY_KEY_INVALID'])
    const wrong = { name: 'c', group_id: 99 }
    expect((await create(wrong, { 'idempotency-key': 'two' })).status).toBe(404)
    const soon = await create(wrong, { 'idempotency-key': 'two' })
    expect(soon.problem).toEqual([409, 409, 'IDEMPOTENCY_RETRY_BACKOFF'])
    expect(soon.headers.get('retry-after')).toBe('5')
    clock.nowMs += 86_400_000
    expect((await create({ name: 'b' }, headers)).status).toBe(200)
  })
})

describe('new servers', () => {
  test('list by search, status and group, in order', async () => {
    const keys = [
      { name: 'beta', groupId: null },
      { name: 'alpha', status: 'inactive' as const },
      { name: 'alphabet' },
    ]
    const { api } = await start('new', { users: [{ ...ALICE, keys }] })
    const names = async (query: string) => {
      const { items } = (await api('GET', `/keys?${query}`)).data as { items: Json[] }
      return items.map(({ name }) => name)
    }
    expect(await names('search=ALPHA')).toEqual(['alphabet', 'alpha'])
    expect(await names('status=inactive')).toEqual(['alpha'])
    expect(await names('group_id=0')).toEqual(['beta'])
    expect(await names('sort_by=name&sort_order=asc')).toEqual(['alpha', 'alphabet', 'beta'])
  })

  test('spending fields and IP lists', async () => {
    const { create, update } = await start('new')
    const zero = await create({ name: 'a', expires_in_days: 0 })
    expect(zero.problem).toEqual([400, 400, undefined])
    const bad = await create({ name: 'a', ip_whitelist: ['10.0.0.0/33'] })
    expect(bad.problem).toEqual([400, 400, 'INVALID_IP_PATTERN'])
    const body = { name: 'a', expires_in_days: 2, rate_limit_5h: 3, ip_whitelist: ['10.0.0.0/8'] }
    const made = (await create({ ...body, ip_blacklist: ['::1'] })).data as Json
    expect(made).toMatchObject({ rate_limit_5h: 3, usage_5h: 0, window_5h_start: null })
    expect(made['expires_at']).toBe('2026-08-11T12:00:00Z')
    const kept = await update(made['id'], { name: '', group_id: null, ip_blacklist: [] })
    expect(kept.data).toMatchObject({ name: 'a', ip_whitelist: ['10.0.0.0/8'], ip_blacklist: null })
    const cleared = await update(made['id'], { expires_at: '', rate_limit_5h: 0 })
    expect(cleared.data).toMatchObject({ expires_at: null, rate_limit_5h: 0 })
    expect((await update(made['id'], { expires_at: 'soon' })).status).toBe(400)
  })

  test('an update without IP lists clears them where the site is of that age', async () => {
    const { update, first, relay } = await start('new', { clearsOmittedIpLists: true })
    first.ipWhitelist = ['10.0.0.1']
    const resent = await update(first.id, { name: 'a', ip_whitelist: ['10.0.0.1'] })
    expect(resent.data).toMatchObject({ ip_whitelist: ['10.0.0.1'] })
    await update(first.id, { status: 'inactive' })
    expect(relay.state.keys.get(first.id)).toMatchObject({ ipWhitelist: null, status: 'inactive' })
  })

  test('more quota or more time makes a key active again', async () => {
    const { update, first } = await start('new')
    const statusAfter = async (body: Json) => (await update(first.id, body)).data
    Object.assign(first, { status: 'quota_exhausted', quota: 5, quotaUsed: 5 })
    expect(await statusAfter({ name: 'a' })).toMatchObject({ status: 'quota_exhausted' })
    expect(await statusAfter({ quota: 6 })).toMatchObject({ status: 'active', quota_used: 5 })
    Object.assign(first, { status: 'expired', expiresAtMs: NOON_MS - 1 })
    expect(await statusAfter({ expires_at: '2026-08-09T10:00:00Z' })).toMatchObject({
      status: 'expired',
    })
    const later = { expires_at: '2026-09-01T00:00:00+08:00', reset_quota: true }
    expect(await statusAfter(later)).toMatchObject({ status: 'active', quota_used: 0 })
  })

  test('20 failed custom keys an hour', async () => {
    const { create, clock } = await start('new', { rateLimits: 'contract' })
    for (let i = 0; i < 20; i += 1) await create({ name: 'a', custom_key: 'short' })
    const body = { name: 'a', custom_key: 'my-own_key-0123456789' }
    expect((await create(body)).problem).toEqual([429, 429, 'API_KEY_RATE_LIMITED'])
    clock.nowMs += 3_600_000
    expect((await create(body)).status).toBe(200)
  })
})
