import { describe, expect, test } from 'vitest'

import type { Handler } from '@/tests/net/loopback'
import { sendHtml } from '@/tests/net/loopback'

import { failureIn, siteAt } from './site-client'
import { day, json, loopbackSite, sub2ApiSite } from './sub2api-client'

const ME = '/api/v1/auth/me'

/** The failure of a refresh whose every call is answered so. */
async function failureOf(answer: Handler, bearer = 'bearer-of-alice') {
  const site = await loopbackSite(answer)
  return failureIn(await site.adapter.refresh(site.ctx, site.accessBy(bearer), day))
}

const text =
  (status: number, body: string, type = 'text/plain'): Handler =>
  (_, response) =>
    response.writeHead(status, { 'content-type': type }).end(body)

const handler = (status: number, message: string, reason?: string) =>
  json({ code: status, message, ...(reason ? { reason } : {}) }, status)
const middleware = (status: number, code: string) => json({ code, message: 'words' }, status)

const BACKEND = 'Backend mode is active. User self-service is disabled.'

describe('an answer that is none', () => {
  test.each<[string, Handler, string]>([
    // Middleware: 401 with a name (4.5).
    ['UNAUTHORIZED', middleware(401, 'UNAUTHORIZED'), 'login/unauthorized'],
    ['INVALID_AUTH_HEADER', middleware(401, 'INVALID_AUTH_HEADER'), 'login/invalid-auth-header'],
    ['EMPTY_TOKEN', middleware(401, 'EMPTY_TOKEN'), 'login/empty-token'],
    ['TOKEN_EXPIRED', middleware(401, 'TOKEN_EXPIRED'), 'login/token-expired'],
    ['INVALID_TOKEN', middleware(401, 'INVALID_TOKEN'), 'login/invalid-token'],
    ['USER_NOT_FOUND', middleware(401, 'USER_NOT_FOUND'), 'login/user-not-found'],
    ['USER_INACTIVE', middleware(401, 'USER_INACTIVE'), 'refused/user-disabled'],
    ['TOKEN_REVOKED', middleware(401, 'TOKEN_REVOKED'), 'login/token-revoked'],
    [
      'SESSION_BINDING_MISMATCH',
      middleware(401, 'SESSION_BINDING_MISMATCH'),
      'login/session-binding-mismatch',
    ],
    ['401 without a name', handler(401, 'no'), 'login/unauthorized'],
    // Handlers: a number, and a reason where there is one (2, 4.5).
    ['USER_NOT_ACTIVE', handler(403, 'no', 'USER_NOT_ACTIVE'), 'refused/user-disabled'],
    ['backend mode', handler(403, BACKEND), 'refused/backend-mode'],
    ['BACKEND_MODE', handler(403, 'no', 'BACKEND_MODE_ADMIN_ONLY'), 'refused/backend-mode'],
    ['another 403', handler(403, 'no'), 'refused/forbidden'],
    ['a named 403', handler(403, 'no', 'GROUP_NOT_ALLOWED'), 'refused/group-not-allowed'],
    ['a named 404', handler(404, 'no', 'GROUP_NOT_FOUND'), 'not-found/group-not-found'],
    ['a nameless 404', handler(404, 'model plaza is disabled'), 'unsupported/no-such-route'],
    ['a malformed request', handler(400, 'Invalid request: x'), 'refused/client-error'],
    ['503', handler(503, 'no', 'SERVICE_UNAVAILABLE'), 'server/service-unavailable'],
    ['500', handler(500, 'no'), 'server/server-error'],
    // The rest of 2.
    [
      'the compliance gate',
      middleware(423, 'ADMIN_COMPLIANCE_ACK_REQUIRED'),
      'refused/admin-compliance-ack-required',
    ],
    [
      'the mixed-platform guard',
      json({ error: 'mixed_channel_warning', message: 'x' }, 409),
      'refused/mixed-channel-warning',
    ],
    ['the limiter of logins', json({ error: 'rate limit exceeded' }, 429), 'limit/site-asked'],
    ['the limiter of the panel', middleware(429, 'RATE_LIMITED'), 'limit/site-asked'],
    ['an unknown path', text(404, '404 page not found'), 'unsupported/no-such-route'],
    ['the page of the panel', (_, r) => sendHtml(r, '<html>'), 'changed-api/not-json'],
    // What may stand in front of it.
    [
      'a challenge',
      (_, r) => sendHtml(r, '<script>_cf_chl_opt={}</script>', 403),
      'challenge/challenge-page',
    ],
    ['a blocking page', (_, r) => sendHtml(r, '<html>', 403), 'challenge/blocked-page'],
    ['the page of a firewall', (_, r) => sendHtml(r, '<html>', 401), 'challenge/firewall-page'],
    ['a proxy that wants a login', text(401, 'no'), 'changed-api/not-json'],
    ['a proxy without a server', (_, r) => sendHtml(r, '<html>', 502), 'server/server-error'],
    ['a redirect', (_, r) => r.writeHead(302, { location: '/' }).end(), 'changed-api/redirected'],
    ['another envelope', json({ success: true, data: {} }), 'changed-api/unexpected-shape'],
    ['another code', json({ code: 1, message: 'x', data: {} }), 'changed-api/unexpected-shape'],
    ['a code in letters', json({ code: '0', data: {} }), 'changed-api/unexpected-shape'],
    ['nothing', json({ code: 0, message: 'success' }), 'changed-api/unexpected-shape'],
    ['a list', json([]), 'changed-api/not-json'],
    ['half an answer', text(200, '{"code":0,', 'application/json'), 'changed-api/not-json'],
    // A name is a name of the site, never one that programs give their own parts.
    ['an odd name', middleware(401, 'constructor'), 'login/unauthorized'],
    ['a text for a name', middleware(401, 'no way in'), 'login/unauthorized'],
  ])('%s', async (_, answer, expected) => {
    const failure = await failureOf(answer)
    expect(`${failure.class}/${failure.reason ?? ''}`).toBe(expected)
    expect(failure.path).toBe(ME)
  })

  test('says when a limit ends', async () => {
    const limited: Handler = (_, response) =>
      response
        .writeHead(429, { 'content-type': 'application/json', 'retry-after': '30' })
        .end('{"code":"RATE_LIMITED","message":"slow down"}')
    const { retryAtMs } = await failureOf(limited)
    expect(Math.abs((retryAtMs ?? 0) - Date.now() - 30_000)).toBeLessThan(5_000)
  })

  test('quotes neither the bearer nor a name made of it', async () => {
    const bearer = 'Bearer_Of_Alice'
    const failure = await failureOf(
      json({ code: bearer, message: `no such token: ${bearer} of a@b.example` }, 401),
      bearer,
    )
    expect(failure).toMatchObject({ class: 'login', reason: 'unauthorized' })
    expect(JSON.stringify(failure).toLowerCase()).not.toContain('bearer_of')
    expect(JSON.stringify(failure)).not.toContain('a@b')
  })
})

describe('the server itself', () => {
  test('refuses a bearer of another secret, of nobody and of a disabled user', async () => {
    const { adapter, ctx, alice, relay, accessBy } = await sub2ApiSite('new')
    relay.state.users.get(7)!.status = 'disabled'
    expect(failureIn(await adapter.refresh(ctx, alice, day)).reason).toBe('user-disabled')
    relay.state.users.delete(7)
    expect(failureIn(await adapter.refresh(ctx, alice, day)).reason).toBe('user-not-found')
    relay.state.secret = 'another'
    expect(failureIn(await adapter.refresh(ctx, alice, day)).reason).toBe('invalid-token')
    expect(failureIn(await adapter.refresh(ctx, accessBy('x'), day)).reason).toBe('invalid-token')
  })

  test('refuses everybody in backend mode', async () => {
    const { adapter, ctx, alice } = await sub2ApiSite('new', { backendMode: true })
    const failure = failureIn(await adapter.refresh(ctx, alice, day))
    expect(failure).toMatchObject({ class: 'refused', reason: 'backend-mode', httpStatus: 403 })
  })
})

test('no operation ever throws, whatever the transport does', async () => {
  const ctx = {
    origin: 'http://127.0.0.1:1',
    transport: () => Promise.reject(new RangeError('unforeseen')),
    now: () => Date.now(),
  }
  const { adapter } = siteAt('http://127.0.0.1:1', 'sub2api')
  const access = { kind: 'bearer', userId: '7', bearer: 'x', expiresAtMs: 1 } as const
  const page = { values: { auth_token: 'x', auth_user: '{"id":7}', token_expires_at: '1' } }
  for (const result of await Promise.all([
    adapter.detect(ctx),
    adapter.identify(ctx, 'x'),
    adapter.readSession(ctx, page),
    adapter.probeGeneration(ctx, null),
    adapter.fetchStatus(ctx),
    adapter.fetchFigures(ctx, access),
    adapter.fetchTodayUse(ctx, access, day),
    adapter.refresh(ctx, access, day),
    adapter.fetchGroups(ctx, access),
    adapter.listApiKeys(ctx, access, 'sub2api-new'),
    adapter.sessions!.pageRenewal(ctx),
    adapter.sessions!.signIn(ctx, { login: 'a', password: 'b' }),
  ])) {
    expect(failureIn(result)).toMatchObject({ class: 'internal', reason: 'RangeError' })
  }
})
