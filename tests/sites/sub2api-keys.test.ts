import { describe, expect, test } from 'vitest'

import type { SeedKey } from '@/e2e/relays/sub2api/options-user'
import { sendJson } from '@/tests/net/loopback'

import { failureIn, valueOf } from './site-client'
import { ALICE, BUILDS, enveloped, loopbackSite, sub2ApiSite } from './sub2api-client'

const KEYS = '/api/v1/keys'
const HOUR_MS = 3_600_000

const done = (value: number) => ({ state: 'complete', value })

async function listed(keys: SeedKey[], build: 'old' | 'new' = 'new') {
  const { adapter, ctx, alice } = await sub2ApiSite(build, { users: [{ ...ALICE, keys }] })
  const list = valueOf(await adapter.listApiKeys(ctx, alice, `sub2api-${build}`))
  return [...list.keys].reverse()
}

describe('keys', () => {
  test('come in full, with dollars', async () => {
    const past = Date.now() - HOUR_MS
    const [limited, unlimited, spent, old] = await listed([
      {
        name: 'limited',
        key: 'sk-abcdef',
        quota: 10,
        quotaUsed: 2.5,
        ipWhitelist: ['10.0.0.0/8', '::1'],
      },
      { name: 'unlimited', key: 'my_own_key_without_prefix', groupId: null },
      { name: 'spent', quota: 1, quotaUsed: 1.25 },
      { name: 'old', expiresAtMs: past },
    ])
    expect(limited).toMatchObject({
      key: { kind: 'full', text: 'sk-abcdef' },
      status: 'enabled',
      remaining: done(7.5),
      used: done(2.5),
      expiresAtMs: null,
      group: 'claude',
      modelLimits: [],
      ipLimits: ['10.0.0.0/8', '::1'],
    })
    expect(unlimited).toMatchObject({
      key: { kind: 'full', text: 'my_own_key_without_prefix' },
      remaining: null,
      used: done(0),
      lastUsedAtMs: null,
      group: '',
      ipLimits: [],
    })
    // Servers notice both only when the key is used.
    expect(spent).toMatchObject({ status: 'exhausted', remaining: done(-0.25) })
    expect(old).toMatchObject({ status: 'expired', expiresAtMs: past })
    expect(Math.abs((limited?.createdAtMs ?? 0) - Date.now())).toBeLessThan(10_000)
  })

  test.each([
    ['active', 'enabled'],
    ['inactive', 'disabled'],
    ['disabled', 'disabled'],
    ['quota_exhausted', 'exhausted'],
    ['expired', 'expired'],
    ['constructor', 'unknown'],
  ])('that are %s are %s', async (status, expected) => {
    const [key] = await listed([{ name: 'x', status: status as NonNullable<SeedKey['status']> }])
    expect(key?.status).toBe(expected)
  })

  test('of old servers have no limits', async () => {
    const [key] = await listed([{ name: 'x & y', quota: 10, quotaUsed: 2 }], 'old')
    expect(key).toMatchObject({
      name: 'x & y',
      status: 'enabled',
      remaining: null,
      used: { state: 'unavailable', reason: 'unsupported' },
    })
  })

  test.each([
    `<b> & "c" 'd'`,
    'typed &amp; as it is',
    'a&#x4e2d;&#20013;',
    '&nbsp; &; &#; &#1114112;',
  ])('have the names that were typed: %s', async (name) => {
    expect((await listed([{ name }]))[0]?.name).toBe(name)
  })

  test('have them also where the server escapes in other forms', async () => {
    const site = await loopbackSite((_, response) => {
      const items = [{ id: 1, key: 'k', name: '&#x26;&#39;&apos;&QUOT;&copy;', status: 'active' }]
      sendJson(response, enveloped({ items, total: 1, page: 1, page_size: 20, pages: 1 }))
    })
    const list = await site.adapter.listApiKeys(site.ctx, site.accessBy('x'), 'sub2api-new')
    expect(valueOf(list).keys[0]?.name).toBe(`&''"&copy;`)
  })
})

describe('a list of keys', () => {
  test.each(BUILDS)('is read to its end: %s', async (build) => {
    const keys = Array.from({ length: 250 }, (_, at) => ({ name: `k${at}` }))
    const site = await sub2ApiSite(build, { users: [{ ...ALICE, keys }] })
    const { adapter, ctx, alice, relay } = site
    const list = valueOf(await adapter.listApiKeys(ctx, alice, `sub2api-${build}`))
    expect(list.complete).toBe(true)
    expect(new Set(list.keys.map(({ name }) => name)).size).toBe(250)
    expect(relay.counters.count('GET', KEYS)).toBe(build === 'new' ? 1 : 3)
  })

  test('is read to its end where the size is ignored', async () => {
    const keys = Array.from({ length: 45 }, (_, at) => ({ name: `k${at}` }))
    const { adapter, ctx, alice, relay } = await sub2ApiSite('old', { users: [{ ...ALICE, keys }] })
    // Thought to be new, it is asked for 1000 and gives 20.
    const list = valueOf(await adapter.listApiKeys(ctx, alice, 'sub2api-new'))
    expect(list).toMatchObject({ complete: true })
    expect(list.keys).toHaveLength(45)
    expect(relay.counters.count('GET', KEYS)).toBe(3)
  })

  const row = { id: 1, user_id: 7, key: 'sk-secret-key-of-alice', name: 'x', status: 'active' }

  async function listFrom(items: unknown, part: object = {}) {
    const site = await loopbackSite((_, response) =>
      sendJson(response, enveloped({ items, total: 1, page: 1, pages: 1, ...part })),
    )
    const list = await site.adapter.listApiKeys(site.ctx, site.accessBy('x'), 'sub2api-new')
    return { list, seen: site.seen }
  }

  test('that turns in a circle ends, and is not complete', async () => {
    const { list, seen } = await listFrom([row], { total: 9, pages: 9 })
    expect(valueOf(list)).toMatchObject({ complete: false })
    expect(seen).toHaveLength(2)
  })

  test('may be empty', async () => {
    const { list } = await listFrom(null, { total: 0 })
    expect(valueOf(list)).toEqual({ keys: [], complete: true })
  })

  test.each<[string, object, string]>([
    ["somebody else's row", { user_id: 8 }, 'identity'],
    ['a quota as text', { quota: '10 USD' }, 'changed-api'],
  ])('with %s fails, without a word of the key', async (_, part, kind) => {
    const failure = failureIn((await listFrom([{ ...row, ...part }])).list)
    expect(failure.class).toBe(kind)
    expect(JSON.stringify(failure)).not.toContain('secret')
  })
})
