import { describe, expect, test, vi } from 'vitest'

import { REFRESH_FAULTS, REFRESH_REQUEST } from '@/e2e/relays/sub2api/refresh-faults'
import type { Renewal, SessionTokens } from '@/src/sites/adapter'
import { type Handler, sendHtml } from '@/tests/net/loopback'

import { type Fault, siteAt } from './site-client'
import { enveloped, json, loopbackSite, sub2ApiSite, type Sub2ApiSite } from './sub2api-client'

const REFRESH = '/api/v1/auth/refresh'

const TOKENS: SessionTokens = {
  userId: '7',
  bearer: 'old-bearer-of-alice',
  expiresAtMs: 0,
  refreshToken: 'rt_old_refresh_token_of_alice',
}

const PAIR = { access_token: 'new-bearer', refresh_token: 'rt_new', expires_in: 86_400 }

const verdict = (renewal: Renewal) =>
  renewal.outcome === 'renewed'
    ? 'renewed'
    : `${renewal.outcome} ${renewal.failure.class}/${renewal.failure.reason ?? ''}`

async function renewAt(answer: Handler) {
  const site = await loopbackSite(answer)
  const renewal = await site.sessions.renew(site.ctx, TOKENS)
  return { renewal, sent: site.seen.filter(({ path }) => path === REFRESH) }
}

const handler = (status: number, reason?: string, message = 'words') =>
  json({ code: status, message, ...(reason ? { reason } : {}) }, status)

const text =
  (status: number): Handler =>
  (_, response) =>
    response.writeHead(status, { 'content-type': 'text/plain' }).end('nope')

describe('a whole new pair', () => {
  test('is taken over, and the old one was sent alone', async () => {
    const askedAtMs = Date.now()
    const { renewal, sent } = await renewAt(json(enveloped(PAIR)))
    if (renewal.outcome !== 'renewed') throw new Error(verdict(renewal))
    const { expiresAtMs, ...tokens } = renewal.tokens
    expect(tokens).toEqual({ userId: '7', bearer: 'new-bearer', refreshToken: 'rt_new' })
    expect(expiresAtMs - askedAtMs - 86_400_000).toBeLessThan(2_000)
    expect(sent).toHaveLength(1)
    expect(JSON.parse(sent[0]?.body ?? '')).toEqual({ refresh_token: TOKENS.refreshToken })
    expect(sent[0]?.headers).not.toHaveProperty('authorization')
    expect(sent[0]?.headers).not.toHaveProperty('cookie')
  })

  test('works again and again with the server', async () => {
    const { sessions, ctx, tokensOf, relay, adapter } = await sub2ApiSite('new')
    let tokens = tokensOf('alice')
    for (let round = 0; round < 3; round += 1) {
      const renewal = await sessions.renew(ctx, tokens)
      if (renewal.outcome !== 'renewed') throw new Error(verdict(renewal))
      tokens = renewal.tokens
      const access = { kind: 'bearer', ...tokens } as const
      expect(await adapter.fetchFigures(ctx, access)).toMatchObject({ ok: true })
    }
    expect([...relay.state.refreshUses.values()]).toEqual([1, 1, 1])
  })
})

describe('the table of answers', () => {
  test.each<[string, Handler, string]>([
    ['no access token', json(enveloped({ ...PAIR, access_token: '' })), 'uncertain changed-api'],
    ['no refresh token', json(enveloped({ ...PAIR, refresh_token: '' })), 'uncertain changed-api'],
    ['no life', json(enveloped({ ...PAIR, expires_in: 0 })), 'uncertain changed-api'],
    ['no data', json({ code: 0, message: 'success' }), 'uncertain changed-api'],
    ['another code', json({ code: 1, data: PAIR }), 'uncertain changed-api'],
    ['a page', (_, r) => sendHtml(r, '<html>'), 'uncertain changed-api'],
    ['a lost connection', (_, r) => r.destroy(), 'uncertain network/unreachable'],
    ['500', handler(500), 'uncertain server'],
    ['502', text(502), 'uncertain server'],
    ['504', text(504), 'uncertain server'],
    ['a redirect', (_, r) => r.writeHead(307, { location: '/' }).end(), 'uncertain changed-api'],
    ['a malformed request', handler(400), 'kept refused/client-error'],
    ['INVALID', handler(401, 'REFRESH_TOKEN_INVALID'), 'dead login/refresh-token-invalid'],
    ['EXPIRED', handler(401, 'REFRESH_TOKEN_EXPIRED'), 'dead login/refresh-token-expired'],
    ['REVOKED', handler(401, 'TOKEN_REVOKED'), 'dead login/token-revoked'],
    ['BINDING', handler(401, 'SESSION_BINDING_MISMATCH'), 'dead login/session-binding-mismatch'],
    ['a 401 of a proxy', text(401), 'uncertain changed-api/not-json'],
    ['NOT_ACTIVE', handler(403, 'USER_NOT_ACTIVE'), 'dead refused/user-disabled'],
    ['backend', handler(403, '', 'Backend mode is active. x'), 'dead refused/backend-mode'],
    ['another 403', handler(403), 'uncertain refused/forbidden'],
    ['a blocking page', (_, r) => sendHtml(r, '<html>', 403), 'uncertain challenge/blocked-page'],
    [
      'a challenge',
      (_, r) => sendHtml(r, '<script>_cf_chl_opt={}</script>', 403),
      'kept challenge/challenge-page',
    ],
    ['404', text(404), 'dead unsupported/no-such-route'],
    ['429', json({ error: 'rate limit exceeded' }, 429), 'kept limit/site-asked'],
    ['503', handler(503, 'SERVICE_UNAVAILABLE'), 'kept server/service-unavailable'],
    ['503 of a proxy', text(503), 'uncertain server/server-error'],
  ])('%s', async (_, answer, expected) => {
    const { renewal, sent } = await renewAt(answer)
    expect(verdict(renewal)).toContain(expected)
    expect(sent).toHaveLength(1)
    expect(JSON.stringify(renewal)).not.toContain('of_alice')
    expect(JSON.stringify(renewal)).not.toContain('of-alice')
  })
})

describe('the server itself', () => {
  const SITUATIONS: [string, (site: Sub2ApiSite) => void, string, string][] = [
    [
      'a new password',
      ({ relay }) => (relay.state.users.get(7)!.password = 'x'),
      'dead login/token-revoked',
      'reason TOKEN_REVOKED',
    ],
    [
      'a disabled user',
      ({ relay }) => (relay.state.users.get(7)!.status = 'disabled'),
      'dead refused/user-disabled',
      'reason USER_NOT_ACTIVE',
    ],
    [
      'backend mode',
      ({ relay }) => (relay.state.settings.backendMode = true),
      'dead refused/backend-mode',
      'withheld',
    ],
    [
      'a logged-out session',
      ({ relay }) => relay.state.refreshTokens.clear(),
      'dead login/refresh-token-invalid',
      'reason REFRESH_TOKEN_INVALID',
    ],
    [
      'a store that is down',
      ({ relay }) => (relay.state.isRefreshStoreUp = false),
      'kept server/service-unavailable',
      'reason SERVICE_UNAVAILABLE',
    ],
  ]

  test.each(SITUATIONS)('%s', async (_, prepare, expected, outcome) => {
    const site = await sub2ApiSite('new')
    const tokens = site.tokensOf('alice')
    prepare(site)
    expect(verdict(await site.sessions.renew(site.ctx, tokens))).toBe(expected)
    expect(site.relay.state.refreshLog.map((entry) => entry.outcome)).toEqual([outcome])
  })

  test('a session bound to another browser', async () => {
    const { sessions, ctx, relay } = await sub2ApiSite('new', { sessionBinding: true })
    const client = { ip: '127.0.0.1', userAgent: 'another browser' }
    const { refreshToken } = relay.loginPair('alice', client)
    expect(verdict(await sessions.renew(ctx, { ...TOKENS, refreshToken }))).toBe(
      'dead login/session-binding-mismatch',
    )
  })

  test.each(Object.entries(REFRESH_FAULTS))('keeps the token: %s', async (_, fault) => {
    const { sessions, ctx, tokensOf, relay } = await sub2ApiSite('new')
    relay.faults.set(REFRESH_REQUEST, fault)
    const tokens = tokensOf('alice')
    expect((await sessions.renew(ctx, tokens)).outcome).toBe('kept')
    relay.faults.clear()
    relay.resetRateLimits()
    // The origin rests after a limit, for this transport.
    const fresh = siteAt(ctx.origin, 'sub2api').ctx
    expect((await sessions.renew(fresh, tokens)).outcome).toBe('renewed')
  })

  test.each<[string, Fault]>([
    ['a cut answer', { kind: 'truncate' }],
    ['a reset connection', { kind: 'reset' }],
    ['silence', { kind: 'hang' }],
  ])('%s leaves it uncertain', async (_, fault) => {
    const { origin, relay, tokensOf, sessions } = await sub2ApiSite('new')
    relay.faults.set(REFRESH_REQUEST, fault)
    const { ctx } = siteAt(origin, 'sub2api', 300)
    expect((await sessions.renew(ctx, tokensOf('alice'))).outcome).toBe('uncertain')
  })
})

describe('the token is not sent at all', () => {
  test('to an old server', async () => {
    const { sessions, ctx, tokensOf, relay } = await sub2ApiSite('old')
    expect(verdict(await sessions.renew(ctx, tokensOf('alice')))).toBe(
      'dead unsupported/no-refresh-token',
    )
    expect(relay.counters.total()).toBe(0)
  })

  test.each<[string, Fault]>([
    ['a line that is down', { kind: 'reset' }],
    ['a page in front of the site', { kind: 'challenge' }],
    ['another page in its place', { kind: 'spa' }],
    ['a broken server', { kind: 'status', status: 502 }],
    ['a limit', { kind: 'rate-limit', retryAfterSec: 30 }],
  ])('over %s', async (_, fault) => {
    const { sessions, ctx, tokensOf, relay } = await sub2ApiSite('new')
    relay.faults.set({ path: '*' }, fault)
    expect((await sessions.renew(ctx, tokensOf('alice'))).outcome).toBe('kept')
    expect(relay.state.refreshLog).toEqual([])
  })

  test('after a stop', async () => {
    const { sessions, ctx, tokensOf, relay } = await sub2ApiSite('new')
    const signal = AbortSignal.abort()
    expect(verdict(await sessions.renew({ ...ctx, signal }, tokensOf('alice')))).toBe(
      'kept cancelled/',
    )
    expect(relay.state.refreshLog).toEqual([])
  })
})

test('a stop does not cut off the answer', async () => {
  const { sessions, ctx, tokensOf, relay } = await sub2ApiSite('new')
  relay.faults.set(REFRESH_REQUEST, { kind: 'latency', ms: 200 })
  const stop = new AbortController()
  const renewal = sessions.renew({ ...ctx, signal: stop.signal }, tokensOf('alice'))
  await vi.waitFor(() => expect(relay.state.refreshLog).toHaveLength(1))
  stop.abort()
  expect((await renewal).outcome).toBe('renewed')
})

test("a pair of another user is nobody's", async () => {
  const { sessions, ctx, tokensOf } = await sub2ApiSite('new')
  const renewal = await sessions.renew(ctx, { ...tokensOf('bob@mail.example'), userId: '7' })
  expect(verdict(renewal)).toBe('uncertain identity/user-mismatch')
})
