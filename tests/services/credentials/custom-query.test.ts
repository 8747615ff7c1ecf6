// @vitest-environment node
import { beforeEach, describe, expect, test } from 'vitest'

import type { CustomQuery } from '@/src/domain/credential'
import { complete } from '@/src/domain/metric'

import { sendHtml, sendJson, startLoopback } from '../../net/loopback'
import { freshDisk } from '../../support/world'
import { askOnce, KEY, makeForm, startCredentials } from './credential-world'

beforeEach(freshDisk)

const BALANCE: CustomQuery['paths'] = { balanceUsd: 'data.balance' }

/** The credential's own site and a stranger, both counting what arrives. */
async function startBoth() {
  const stranger = await startLoopback((_, response) => {
    sendJson(response, { data: { balance: 1 } })
  })
  const own = await startLoopback(({ path }, response) => {
    if (path === '/usage') sendJson(response, { data: { balance: '12.5' } })
    else if (path === '/html') sendHtml(response, '<!doctype html><title>Console</title>')
    else if (path === '/text') response.writeHead(200, { 'content-type': 'text/plain' }).end('12')
    else if (path === '/cut') response.writeHead(200, JSON_TYPE).end('{"data":')
    else if (path === '/big') response.writeHead(200, JSON_TYPE).end(`"${'x'.repeat(10 << 20)}"`)
    else if (path === '/away') {
      response.writeHead(302, { location: `${stranger.origin}/stolen` }).end()
    } else sendJson(response, {}, 404)
  })
  const { credentials, world } = await startCredentials()
  const tryQuery = (custom: CustomQuery, apiKey = KEY) =>
    credentials.tryQuery({
      baseUrl: own.origin,
      apiKey,
      apiType: 'openai-compatible',
      query: { mode: 'custom', custom },
    })
  return { own, stranger, credentials, world, tryQuery }
}

const BAD_PATHS = [
  'a..b',
  '.a',
  '$.data',
  'a[0]',
  'a.*',
  '__proto__.x',
  'a.constructor.name',
  'a b',
  'f()',
]
const JSON_TYPE = { 'content-type': 'application/json' }

describe('a custom query', () => {
  test('is one GET to the own origin with the key, and what it reads is told but not stored', async () => {
    const { own, tryQuery, world } = await startBoth()
    const state = await tryQuery({ endpoint: '/usage?days=1', paths: BALANCE })
    expect(state).toMatchObject({ health: 'healthy', source: 'custom', balanceUsd: complete(12.5) })
    expect(own.seen).toMatchObject([
      { method: 'GET', path: '/usage', query: { days: '1' }, body: '' },
    ])
    expect(own.seen[0]?.headers).toMatchObject({ authorization: `Bearer ${KEY}` })
    expect(own.seen[0]?.headers.cookie).toBeUndefined()
    expect((await world.vault.loadAll('credentialStates')).records).toEqual([])
    expect((await world.vault.loadAll('credentials')).records).toEqual([])
  })

  test('may name its own origin in full', async () => {
    const { own, tryQuery } = await startBoth()
    const state = await tryQuery({ endpoint: `${own.origin}/usage#top`, paths: BALANCE })
    expect(state.balanceUsd).toEqual(complete(12.5))
  })

  test('is tried with the stored key where the form has none', async () => {
    const { own, credentials } = await startBoth()
    const custom = { endpoint: '/usage', paths: BALANCE }
    const form = makeForm({
      baseUrl: own.origin,
      apiKey: 'sk-stored',
      query: { mode: 'custom', custom },
    })
    const { id } = await credentials.save(form)
    const { name: _n, tagIds: _t, notes: _o, ...tried } = { ...form, apiKey: '' }
    expect((await credentials.tryQuery({ ...tried, id })).id).toBe(id)
    expect(own.seen[0]?.headers.authorization).toBe('Bearer sk-stored')
  })

  test('works the same when a credential is refreshed', async () => {
    const { own, credentials } = await startBoth()
    const custom = { endpoint: '/usage', paths: BALANCE }
    const state = await askOnce(credentials, {
      baseUrl: own.origin,
      query: { mode: 'custom', custom },
    })
    expect(state).toMatchObject({ source: 'custom', balanceUsd: complete(12.5) })
  })

  test.each([
    ['other-origin', ({ stranger }) => `${stranger.origin}/usage`],
    ['other-origin', ({ stranger }) => stranger.origin.replace('http:', '')],
    ['other-origin', ({ stranger }) => stranger.origin.replace('http://', '/\\')],
    ['other-origin', ({ stranger }) => stranger.origin.replace('http://', '/\t/')],
    ['other-origin', ({ own }) => own.origin.replace('http:', 'https:')],
    ['other-origin', ({ own }) => `${own.origin.replace('127.0.0.1', 'localhost')}/usage`],
    ['address-with-login', ({ own }) => `${own.origin.replace('//', '//me:secret@')}/usage`],
    ['not-a-path', () => 'usage'],
    ['not-a-path', () => 'javascript:alert(1)'],
    ['not-a-path', () => 'POST /usage'],
    ['endpoint-required', () => '  '],
    ['repeated-parameter', () => '/usage?a=1&a=2'],
  ] satisfies [string, (both: Awaited<ReturnType<typeof startBoth>>) => string][])(
    'is refused as %s before anything is sent (%#)',
    async (reason, endpointOf) => {
      const both = await startBoth()
      const endpoint = endpointOf(both)
      const refusal = { failure: { class: 'input', reason, field: 'query.custom.endpoint' } }
      await expect(both.tryQuery({ endpoint, paths: BALANCE })).rejects.toMatchObject(refusal)
      const query = { mode: 'custom', custom: { endpoint, paths: BALANCE } } as const
      const form = makeForm({ baseUrl: both.own.origin, query })
      await expect(both.credentials.save(form)).rejects.toMatchObject(refusal)
      expect([...both.own.seen, ...both.stranger.seen]).toEqual([])
    },
  )

  test.each<[CustomQuery['paths'], string, string]>([
    [{}, 'path-required', 'query.custom.paths'],
    [{ balanceUsd: ' ' }, 'path-required', 'query.custom.paths'],
    ...BAD_PATHS.map((balanceUsd): [CustomQuery['paths'], string, string] => [
      { balanceUsd },
      'bad-path',
      'query.custom.paths.balanceUsd',
    ]),
  ])('with the paths %j is refused as %s', async (paths, reason, field) => {
    const { own, tryQuery } = await startBoth()
    await expect(tryQuery({ endpoint: '/usage', paths })).rejects.toMatchObject({
      failure: { class: 'input', reason, field },
    })
    expect(own.seen).toEqual([])
  })

  test.each([
    ['/away', 'changed-api', 'redirected'],
    ['/html', 'changed-api', 'web-page'],
    ['/text', 'changed-api', 'not-data'],
    ['/cut', 'changed-api', 'not-data'],
    ['/big', 'network', 'too-large'],
    ['/missing', 'unsupported', 'no-such-route'],
  ])('that leads to %s is told as %s/%s', async (endpoint, kind, reason) => {
    const { own, stranger, tryQuery } = await startBoth()
    const state = await tryQuery({ endpoint, paths: BALANCE })
    expect(state).toMatchObject({ health: 'warning', failure: { class: kind, reason } })
    expect(state.balanceUsd.state).toBe('unavailable')
    expect(state.attempts).toMatchObject([{ source: 'custom', path: endpoint }])
    expect(own.seen).toHaveLength(1)
    expect(stranger.seen).toEqual([])
  })

  test('with the key in its path does not tell it', async () => {
    const { tryQuery } = await startBoth()
    const state = await tryQuery({ endpoint: `/usage/${KEY}?key=${KEY}`, paths: BALANCE })
    expect(state.failure).toMatchObject({ class: 'unsupported', path: '/usage/[…]' })
    expect(JSON.stringify(state)).not.toContain(KEY)
  })
})

describe('the values of a custom query', () => {
  async function read(body: unknown, paths: CustomQuery['paths']) {
    const site = await startLoopback((_, response) => {
      sendJson(response, body)
    })
    const { credentials } = await startCredentials()
    return credentials.tryQuery({
      baseUrl: site.origin,
      apiKey: KEY,
      apiType: 'openai',
      query: { mode: 'custom', custom: { endpoint: '/u', paths } },
    })
  }

  test('are read through names and indices', async () => {
    const body = { accounts: [{ left: 0 }, { left: ' 1.5e2 ', used: -3 }], 'odd-name': 4 }
    const state = await read(body, {
      balanceUsd: 'accounts.1.left',
      totalUsedUsd: 'accounts.1.used',
      todayRequests: 'odd-name',
      todayPromptTokens: 'accounts.0.left',
      todayCompletionTokens: 'odd-name',
    })
    expect(state).toMatchObject({
      balanceUsd: complete(150),
      totalUsedUsd: complete(-3),
      todayRequests: complete(4),
      todayTokens: complete(4),
    })
    expect((await read([7], { balanceUsd: '0' })).balanceUsd).toEqual(complete(7))
  })

  test.each([
    ['granted less used', { totalGrantedUsd: 'g', totalUsedUsd: 'u' }, complete(6)],
    ['what is available', { totalAvailableUsd: 'a', totalGrantedUsd: 'g' }, complete(5)],
  ])('make a balance of %s', async (_, paths, balanceUsd) => {
    expect((await read({ g: 10, u: 4, a: 5 }, paths)).balanceUsd).toEqual(balanceUsd)
  })

  test.each([
    [1_800_000_000, 1_800_000_000_000],
    ['1800000000', 1_800_000_000_000],
    [1_800_000_000_000, 1_800_000_000_000],
  ])('of a time below 10¹² are seconds: %j', async (at, expected) => {
    expect((await read({ at, b: 1 }, { expiresAt: 'at', balanceUsd: 'b' })).expiresAtMs).toBe(
      expected,
    )
  })

  test.each([0, -1])('of %j are no time to end', async (at) => {
    const state = await read({ at, b: 1 }, { expiresAt: 'at', balanceUsd: 'b' })
    expect(state).not.toHaveProperty('expiresAtMs')
    expect(state).not.toHaveProperty('failure')
  })

  test.each([
    [{ a: { b: 1 } }, 'a.c', 'path-not-found'],
    [{ a: [1] }, 'a.1', 'path-not-found'],
    [{ a: [1] }, 'a.length', 'path-not-found'],
    [{ a: [1] }, 'a.00', 'path-not-found'],
    [{ a: 'text' }, 'a.length', 'path-not-found'],
    [{ a: {} }, 'a.toString', 'path-not-found'],
    [{ a: {} }, 'a.hasOwnProperty', 'path-not-found'],
    [{ a: {} }, 'a', 'not-a-number'],
    [{ a: '12 USD' }, 'a', 'not-a-number'],
    [{ a: '0x10' }, 'a', 'not-a-number'],
    [{ a: '1e999' }, 'a', 'not-a-number'],
    [{ a: '' }, 'a', 'not-a-number'],
    [{ a: true }, 'a', 'not-a-number'],
    [{ a: null }, 'a', 'no-value'],
  ])('of %j at %s are refused as %s', async (body, balanceUsd, reason) => {
    const state = await read(body, { balanceUsd })
    expect(state).toMatchObject({ health: 'warning', failure: { class: 'changed-api', reason } })
    expect(state.attempts).toMatchObject([{ outcome: 'failed', failure: { reason } }])
  })

  test('that can be read stand beside the name of one that cannot', async () => {
    const state = await read({ b: 1 }, { balanceUsd: 'b', totalUsedUsd: 'data.used' })
    expect(state).toMatchObject({
      health: 'healthy',
      balanceUsd: complete(1),
      totalUsedUsd: { state: 'unavailable' },
      failure: { reason: 'path-not-found', field: 'query.custom.paths.totalUsedUsd' },
    })
  })
})
