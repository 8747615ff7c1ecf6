import { describe, expect, test, vi } from 'vitest'

import { type Failure, failureOf } from '@/src/domain/failure'
import { createBudgets } from '@/src/net/budgets'
import { createHttpTransport, type HttpTransportOptions } from '@/src/net/http-transport'
import type { SiteRequest } from '@/src/net/transport'

import { type Handler, sendHtml, sendJson, startLoopback, success } from './loopback'

const now = () => Date.now()
const get: SiteRequest = { method: 'GET', path: '/api/x', cookies: 'omit', budget: 'general' }
const withToken: SiteRequest = { ...get, headers: { Authorization: 'Bearer secret-token' } }

async function connect(handler: Handler, options: Partial<HttpTransportOptions> = {}) {
  const server = await startLoopback(handler)
  const budgets = createBudgets({ now })
  const transport = createHttpTransport({
    origin: server.origin,
    fetch,
    budgets,
    now,
    timeoutMs: 2_000,
    ...options,
  })
  return { ...server, budgets, transport }
}

function failure(work: Promise<unknown>): Promise<Failure> {
  return work.then((value) => {
    throw new Error(`no failure: ${JSON.stringify(value)}`)
  }, failureOf)
}

describe('http transport', () => {
  test('sends exactly the request and hands back whatever the site answered', async () => {
    const site = await connect((_, response) => {
      sendJson(response, { success: false, message: 'é中' }, 403)
    })
    const answer = await site.transport({
      ...withToken,
      method: 'POST',
      path: '/api/token/',
      query: { p: 0, q: 'a b&c' },
      body: { name: 'n' },
    })
    expect(answer).toMatchObject({ status: 403, contentType: 'application/json' })
    expect(JSON.parse(answer.text)).toEqual({ success: false, message: 'é中' })
    expect(site.seen).toMatchObject([
      {
        method: 'POST',
        path: '/api/token/',
        query: { p: '0', q: 'a b&c' },
        body: '{"name":"n"}',
        headers: { authorization: 'Bearer secret-token', 'content-type': 'application/json' },
      },
    ])
    expect(site.seen[0]?.headers).not.toHaveProperty('referer')
  })

  test('a call that changes something names the site itself as its origin', async () => {
    const site = await connect((_, response) => sendJson(response, success(1)))
    await site.transport({ ...get, method: 'POST', body: {} })
    expect(site.seen.at(-1)?.headers.origin).toBe(site.origin)
    await site.transport(get)
    expect(site.seen.at(-1)?.headers.origin).toBeUndefined()
  })

  test.each(['omit', 'include'] as const)('says explicitly: cookies %s', async (cookies) => {
    const spy = vi.fn(fetch)
    const site = await connect((_, response) => sendJson(response, success(1)), { fetch: spy })
    await site.transport({ ...get, cookies })
    expect(spy.mock.lastCall?.[1]).toMatchObject({
      credentials: cookies,
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      redirect: 'manual',
    })
  })

  test.each<[string, Partial<SiteRequest>]>([
    ['an access token', { headers: { Authorization: 'Bearer secret-token' } }],
    ['a user id', { headers: { 'New-Api-User': '7' } }],
    ['cookies', { cookies: 'include' }],
    ['a body', { method: 'POST', body: { password: 'x' } }],
  ])('never follows a redirect with %s', async (_, part) => {
    for (const status of [301, 302, 307, 308]) {
      const stranger = await startLoopback((_request, response) => sendJson(response, success(1)))
      const site = await connect((_request, response) => {
        response.writeHead(status, { location: `${stranger.origin}/api/x` }).end()
      })
      expect(await failure(site.transport({ ...get, ...part }))).toEqual({
        class: 'changed-api',
        reason: 'redirected',
        path: '/api/x',
      })
      expect(stranger.seen).toEqual([])
    }
  })

  test('a credential is not even sent on inside the same origin', async () => {
    const site = await connect((_, response) => {
      response.writeHead(301, { location: '/api/x/' }).end()
    })
    expect(await failure(site.transport(withToken))).toMatchObject({ reason: 'redirected' })
    expect(site.seen).toHaveLength(1)
  })

  test('a public call is not led anywhere either', async () => {
    const stranger = await startLoopback((_, response) => sendJson(response, success(1)))
    const site = await connect((_, response) => {
      response.writeHead(302, { location: `${stranger.origin}/api/x` }).end()
    })
    expect(await failure(site.transport(get))).toMatchObject({ reason: 'redirected' })
    expect(stranger.seen).toEqual([])
  })

  test.each(['//evil.example/x', 'x', '@evil.example/', '.evil.example/'])(
    'a path cannot leave the origin: %s',
    async (path) => {
      const spy = vi.fn(fetch)
      const site = await connect((_, response) => sendJson(response, success(1)), { fetch: spy })
      await site.transport({ ...withToken, path }).catch(() => undefined)
      for (const [url] of spy.mock.calls) expect(new URL(url as string).origin).toBe(site.origin)
    },
  )

  test('asks for access first', async () => {
    const site = await connect((_, response) => sendJson(response, success(1)), {
      hasAccess: () => Promise.resolve(false),
    })
    expect(await failure(site.transport(get))).toMatchObject({ class: 'access' })
    expect(site.seen).toEqual([])
  })
})

describe('http transport, when the network fails', () => {
  test('a site that never answers is a time-out', async () => {
    const site = await connect(() => undefined, { timeoutMs: 60 })
    expect(await failure(site.transport(get))).toMatchObject({
      class: 'network',
      reason: 'timeout',
    })
  })

  test('a body that never ends is a time-out too', async () => {
    const site = await connect(
      (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json' }).write('{')
      },
      { timeoutMs: 60 },
    )
    expect(await failure(site.transport(get))).toMatchObject({
      class: 'network',
      reason: 'timeout',
    })
  })

  test('a connection lost in the middle is cut off', async () => {
    const site = await connect((_, response) => {
      response.writeHead(200, { 'content-length': '1000' })
      response.write('{"success":true', () => response.destroy())
    })
    expect(await failure(site.transport(get))).toMatchObject({
      class: 'network',
      reason: 'cut-off',
    })
  })

  test('nobody there is unreachable', async () => {
    const site = await connect(() => undefined)
    const transport = createHttpTransport({
      origin: 'http://127.0.0.1:1',
      fetch,
      budgets: site.budgets,
      now,
    })
    expect(await failure(transport(get))).toMatchObject({ class: 'network', reason: 'unreachable' })
  })

  test.each([
    ['declared', (size: number) => ({ 'content-length': String(size) })],
    ['not declared', () => ({})],
  ])('a body too large is not read, %s', async (_, headers) => {
    const size = 300_000
    const site = await connect(
      (_request, response) => {
        response.writeHead(200, headers(size)).end('x'.repeat(size))
      },
      { maxBytes: 100_000 },
    )
    expect(await failure(site.transport(get))).toMatchObject({ reason: 'too-large' })
  })

  test('the caller can stop it, also while waiting for a slot', async () => {
    const site = await connect(() => undefined)
    const stop = new AbortController()
    const paths = ['/1', '/2', '/3', '/4', '/5']
    const results = paths.map((path) =>
      failure(site.transport({ ...get, path }, { signal: stop.signal })),
    )
    await vi.waitFor(() => expect(site.seen).toHaveLength(4))
    stop.abort()
    for (const result of results) expect(await result).toMatchObject({ class: 'cancelled' })
    expect(site.seen).toHaveLength(4)
  })

  test('a call already stopped sends nothing', async () => {
    const site = await connect((_, response) => sendJson(response, success(1)))
    for (const method of ['GET', 'POST'] as const) {
      const stopped = site.transport({ ...get, method }, { signal: AbortSignal.abort() })
      expect(await failure(stopped)).toMatchObject({ class: 'cancelled' })
    }
    expect(site.seen).toEqual([])
  })
})

describe('http transport and rate limits', () => {
  const limited =
    (headers: Record<string, string>): Handler =>
    (_, response) => {
      response.writeHead(429, headers).end()
    }

  test.each([
    ['seconds', { 'retry-after': '120' }, 'general', 120_000],
    ['a date', { 'retry-after': new Date(Date.now() + 90_000).toUTCString() }, 'general', 90_000],
    ['nothing', {}, 'general', 60_000],
    ['nothing, critical', {}, 'critical', 1_200_000],
    ['nonsense', { 'retry-after': 'soon' }, 'general', 60_000],
    ['a year', { 'retry-after': '31536000' }, 'general', 86_400_000],
  ] as const)('a 429 with %s is waited for', async (_, headers, budget, waitMs) => {
    const site = await connect(limited(headers))
    const told = await failure(site.transport({ ...get, budget }))
    expect(told).toMatchObject({ class: 'limit', reason: 'site-asked', httpStatus: 429 })
    expect(Math.abs((told.retryAtMs ?? 0) - Date.now() - waitMs)).toBeLessThan(2_500)
    expect(await failure(site.transport({ ...get, path: '/other', budget }))).toMatchObject({
      class: 'limit',
      retryAtMs: told.retryAtMs,
    })
    expect(site.seen).toHaveLength(1)
  })

  test("a firewall's 429 page is an answer to classify, and no pause", async () => {
    const site = await connect((_, response) => sendHtml(response, '<html>', 429))
    expect(await site.transport(get)).toMatchObject({ status: 429, contentType: 'text/html' })
    expect(await site.transport(get)).toMatchObject({ status: 429 })
  })
})

describe('http transport, identical calls at the same time', () => {
  const slow: Handler = (request, response) => {
    setTimeout(() => sendJson(response, success(request.query)), 50)
  }

  test('share one request, and only while it runs', async () => {
    const site = await connect(slow)
    const [a, b] = await Promise.all([site.transport(withToken), site.transport({ ...withToken })])
    expect(a).toEqual(b)
    expect(site.seen).toHaveLength(1)
    await site.transport(withToken)
    expect(site.seen).toHaveLength(2)
  })

  test.each<[string, SiteRequest]>([
    ['credential', { ...get, headers: { Authorization: 'Bearer other-token' } }],
    ['cookie mode', { ...withToken, cookies: 'include' }],
    ['query', { ...withToken, query: { p: 1 } }],
    ['method', { ...withToken, method: 'POST' }],
  ])('do not share across another %s', async (_, other) => {
    const site = await connect(slow)
    await Promise.all([site.transport(withToken), site.transport(other)])
    expect(site.seen).toHaveLength(2)
  })

  test('never share what may change something', async () => {
    const site = await connect(slow)
    const post: SiteRequest = { ...withToken, method: 'POST' }
    await Promise.all([site.transport(post), site.transport(post)])
    expect(site.seen).toHaveLength(2)
  })

  test('one caller leaving does not take the answer from the others', async () => {
    const site = await connect(slow)
    const leaver = new AbortController()
    const left = failure(site.transport(get, { signal: leaver.signal }))
    const stayed = site.transport(get)
    await vi.waitFor(() => expect(site.seen).toHaveLength(1))
    leaver.abort()
    expect(await left).toMatchObject({ class: 'cancelled' })
    expect(await stayed).toMatchObject({ status: 200 })
    expect(site.seen).toHaveLength(1)
  })
})
