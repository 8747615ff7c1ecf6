// @vitest-environment node
import { afterEach, describe, expect, test } from 'vitest'

import { createOpenRouter, type OpenRouterOptions } from '../../e2e/relays/hosted/open-router'
import { NOON_MS, startTestSite, stopTestRelays } from './relay-client'

afterEach(stopTestRelays)

const MANAGER = 'sk-or-mgmt-0123456789'
const PLAIN = 'sk-or-v1-abcdefghijklmnopqrstuvwxyz'

async function start(options: Partial<OpenRouterOptions> = {}) {
  const double = createOpenRouter({
    users: [
      {
        id: 1,
        managementKey: MANAGER,
        totalCredits: 20,
        totalUsage: 22.5,
        keys: [
          { name: 'first', secret: PLAIN, limit: 10, usage: 2.5 },
          { name: 'second', disabled: true },
          { name: 'third' },
        ],
      },
      { id: 2, managementKey: 'sk-or-mgmt-of-bob', totalCredits: 1, creatorUserId: null },
    ],
    now: () => NOON_MS,
    ...options,
  })
  const { call, origin } = await startTestSite(double)
  const as = (key: string) => (method: string, path: string, body?: unknown) =>
    call(method, `/api/v1${path}`, { headers: { authorization: `Bearer ${key}` }, body })
  return { double, call, origin, manage: as(MANAGER), as }
}

describe('credentials', () => {
  test('only a management key reads credits and keys; /key tells which one it is', async () => {
    const { manage, as } = await start()
    expect((await manage('GET', '/key')).data).toMatchObject({
      is_management_key: true,
      creator_user_id: 'user_1',
    })
    expect((await manage('GET', '/credits')).data).toEqual({ total_credits: 20, total_usage: 22.5 })
    const plain = as(PLAIN)
    expect((await plain('GET', '/key')).data).toMatchObject({ is_management_key: false, limit: 10 })
    for (const path of ['/credits', '/keys']) {
      const { status, json } = await plain('GET', path)
      expect([status, json]).toMatchObject([403, { error: { code: 403 } }])
    }
    const bob = await as('sk-or-mgmt-of-bob')('GET', '/key')
    expect(bob.data).toMatchObject({ creator_user_id: null })
  })

  test('no, an unknown and a bare credential are 401', async () => {
    const { call, as } = await start()
    expect((await as('sk-or-mgmt-unknown')('GET', '/credits')).status).toBe(401)
    for (const headers of [{}, { authorization: MANAGER }]) {
      const { status, json } = await call('GET', '/api/v1/credits', { headers })
      expect([status, json?.['error']]).toMatchObject([401, { code: 401 }])
    }
    const echo = await start({ echoesCredential: true })
    expect((await echo.as('sk-or-mgmt-x')('GET', '/credits')).text).toContain('sk-or-mgmt-x')
  })

  test('faults reach one account, and wrong-user answers for another', async () => {
    const { double, manage, as } = await start()
    double.faults.set({ path: '/api/v1/credits', userId: 1 }, { kind: 'wrong-user', userId: 2 })
    expect((await manage('GET', '/credits')).data).toMatchObject({ total_credits: 1 })
    expect((await as('sk-or-mgmt-of-bob')('GET', '/credits')).data).toMatchObject({
      total_credits: 1,
    })
    expect(double.sessionFor('anybody')).toEqual({ cookies: [], localStorage: {} })
  })
})

describe('keys', () => {
  const names = (data: unknown) => (data as { name: string }[]).map(({ name }) => name)

  test('come in pages by offset, disabled ones on demand', async () => {
    const { manage, double } = await start({ keyPageSize: 2 })
    expect(names((await manage('GET', '/keys')).data)).toEqual(['third', 'first'])
    const all = '/keys?include_disabled=true'
    expect(names((await manage('GET', all)).data)).toEqual(['third', 'second'])
    expect(names((await manage('GET', `${all}&offset=2`)).data)).toEqual(['first'])
    expect((await manage('GET', `${all}&offset=3`)).data).toEqual([])
    expect((await manage('GET', '/keys?offset=x')).status).toBe(400)
    expect((await manage('GET', '/keys?workspace_id=ws_9')).data).toEqual([])
    expect(double.counters.count('GET', '/api/v1/keys')).toBe(6)
  })

  test('show the plain text at creation and never again', async () => {
    const { manage, as } = await start()
    const body = { name: 'laptop', limit: 0, limit_reset: 'monthly', expires_at: null }
    const made = await manage('POST', '/keys', body)
    const key = String(made.json?.['key'])
    expect([made.status, key]).toEqual([201, expect.stringMatching(/^sk-or-v1-[0-9a-f]{64}$/)])
    const row = made.data as { hash: string; label: string }
    expect(row).toMatchObject({ name: 'laptop', limit: 0, limit_remaining: 0, disabled: false })
    const read = await manage('GET', `/keys/${row.hash}`)
    expect(read.data).toEqual(row)
    for (const { text } of [read, await manage('GET', '/keys')]) expect(text).not.toContain(key)
    expect((await as(key)('GET', '/key')).data).toMatchObject({ label: row.label })
  })

  test('are changed and deleted by hash', async () => {
    const { manage, as } = await start()
    const [, first] = (await manage('GET', '/keys')).data as { hash: string }[]
    const path = `/keys/${first?.hash}`
    const changed = await manage('PATCH', path, { disabled: true, limit: null })
    expect(changed.data).toMatchObject({ disabled: true, limit: null, limit_remaining: null })
    expect((await as(PLAIN)('GET', '/key')).status).toBe(401)
    expect((await manage('PATCH', path, { expires_at: null })).status).toBe(400)
    expect((await manage('DELETE', path)).json).toEqual({ deleted: true })
    for (const method of ['GET', 'DELETE']) {
      expect((await manage(method, path)).json).toEqual({
        error: { code: 404, message: 'API key not found' },
      })
    }
  })

  test.each([
    [{}],
    [{ name: ' ' }],
    [{ name: 'a', limit: -1 }],
    [{ name: 'a', limit: '5' }],
    [{ name: 'a', limit_reset: 'yearly' }],
    [{ name: 'a', expires_at: '2027-01-01T00:00:00+02:00' }],
    [{ name: 'a', workspace_id: 'ws_9' }],
    [{ name: 'a', disabled: true }],
    ['text'],
  ])('refuse the body %j', async (body) => {
    const { manage, double } = await start()
    const { status, json } = await manage('POST', '/keys', body)
    expect([status, json?.['error']]).toMatchObject([400, { code: 400 }])
    expect(double.state.users.get(1)?.keys).toHaveLength(3)
  })
})

test('models are public, in pages that name the next one, with prices as text', async () => {
  const { call, manage, origin } = await start({ modelPageSize: 3 })
  const path = '/api/v1/models?output_modalities=all'
  const first = await call('GET', path)
  const { next } = first.json?.['links'] as { next: string }
  expect(next).toBe(`${origin}${path}&offset=3`)
  expect(first.json?.['total_count']).toBe(4)
  expect(first.data).toMatchObject([{ pricing: { prompt: '0.0000025' } }, {}, {}])
  const last = await call('GET', next.slice(origin.length))
  expect(last.data).toHaveLength(1)
  expect(last.json).not.toHaveProperty('links')
  expect((await call('GET', '/api/v1/models')).json?.['total_count']).toBe(3)
  expect((await call('GET', '/api/v1/models/user')).status).toBe(401)
  expect((await manage('GET', '/models/user?output_modalities=all')).data).toHaveLength(3)
})

test('workspaces, unknown paths and the page', async () => {
  const { call, manage } = await start()
  const list = await manage('GET', '/workspaces?offset=0&limit=100')
  expect(list.json).toMatchObject({ data: [{ id: 'ws_1' }], total_count: 1 })
  expect((await manage('GET', '/workspaces?limit=101')).status).toBe(400)
  expect((await manage('GET', '/workspaces/default')).data).toMatchObject({ id: 'ws_1' })
  const members = await manage('GET', '/workspaces/ws_1/members')
  expect(members.data).toEqual([{ id: 'member_1', user_id: 'user_1' }])
  expect((await manage('GET', '/workspaces/ws_9/members')).status).toBe(404)
  expect((await manage('GET', '/nothing')).json).toMatchObject({ error: { code: 404 } })
  expect((await call('GET', '/settings/management-keys')).text).toContain(
    '<title>OpenRouter</title>',
  )
})
