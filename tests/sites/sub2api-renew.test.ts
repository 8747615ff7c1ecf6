import { describe, expect, test } from 'vitest'

import { type Failure, raise } from '@/src/domain/failure'
import type { Transport } from '@/src/net/transport'
import type { SessionTokens } from '@/src/sites/adapter'
import { type Handler, sendHtml } from '@/tests/net/loopback'

import { enveloped, json, loopbackSite, sub2ApiSite, verdict } from './sub2api-client'

const REFRESH = '/api/v1/auth/refresh'

const TOKENS: SessionTokens = {
  userId: '7',
  bearer: 'old-bearer-of-alice',
  expiresAtMs: 0,
  refreshToken: 'rt_old_refresh_token_of_alice',
}

const PAIR = { access_token: 'new-bearer', refresh_token: 'rt_new', expires_in: 86_400 }

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

describe('a transport that fails', () => {
  test.each<[Failure, string]>([
    // Raised before anything is sent.
    [{ class: 'limit', reason: 'budget', retryAtMs: 1 }, 'kept'],
    [{ class: 'access', reason: 'no-permission' }, 'kept'],
    [{ class: 'network', reason: 'resting', retryAtMs: 1 }, 'kept'],
    [{ class: 'challenge', reason: 'resting', retryAtMs: 1 }, 'kept'],
    // May be raised after it.
    [{ class: 'challenge', reason: 'tab-gone' }, 'uncertain'],
    [{ class: 'network', reason: 'timeout' }, 'uncertain'],
    [{ class: 'network', reason: 'cut-off' }, 'uncertain'],
    [{ class: 'cancelled' }, 'uncertain'],
    [{ class: 'internal' }, 'uncertain'],
  ])('with %j: %s', async (failure, outcome) => {
    const { ctx, sessions } = await loopbackSite(json({}))
    const transport: Transport = (request, options) =>
      request.method === 'POST' ? raise(failure) : ctx.transport(request, options)
    expect(await sessions.renew({ ...ctx, transport }, TOKENS)).toEqual({ outcome, failure })
  })
})
