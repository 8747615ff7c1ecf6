import { describe, expect, test } from 'vitest'

import { type Handler, sendHtml, sendJson, startLoopback, success } from '@/tests/net/loopback'

import { failureIn, relaySite, siteAt, valueOf } from './site-client'

const REFRESH = '/api/user/auth/refresh'
const nowSec = Math.floor(Date.now() / 1000)
const SELF = { id: 7, username: 'alice', quota: 1, used_quota: 1, request_count: 1 }
const BUNDLE = {
  access_token: 'jwt',
  token_type: 'Bearer',
  access_expires_at: nowSec + 900,
  session: { sid: 's1', current: true },
  user: SELF,
}
const STALE = { user: '{"id":7,"username":"alice"}' }

/** A site whose renewal answers as told; an old cookie login of alice would still work there. */
async function sessionSite(renew: Handler, storage: Record<string, string | null> = STALE) {
  const server = await startLoopback((request, response) => {
    const { path } = request
    if (path === REFRESH) renew(request, response)
    else if (path === '/api/user/self') sendJson(response, success(SELF))
    else if (path === '/api/token/') sendJson(response, success([]))
    else sendJson(response, { error: { message: 'Invalid URL' } }, 404)
  })
  const { adapter, ctx } = siteAt(server.origin, 'new-api')
  const session = await adapter.readSession(ctx, { values: storage })
  return { ...server, session }
}

const json =
  (body: unknown, status = 200): Handler =>
  (_, response) =>
    sendJson(response, body, status)

describe('a G2 session', () => {
  test('wins over what storage says', async () => {
    const { session, seen } = await sessionSite(json(success(BUNDLE)), { user: '{"id":3}' })
    expect(valueOf(session)).toMatchObject({
      access: {
        kind: 'bearer',
        userId: '7',
        bearer: 'jwt',
        sessionId: 's1',
        expiresAtMs: (nowSec + 900) * 1000,
      },
      generation: 'g2',
    })
    expect(seen[0]).toMatchObject({ method: 'POST', path: REFRESH, body: '' })
    expect(seen.at(-1)?.headers).toMatchObject({ authorization: 'Bearer jwt' })
    expect(seen.at(-1)?.headers).not.toHaveProperty('new-api-user')
  })

  test.each<[string, Record<string, unknown>, string]>([
    ['no token', { access_token: '' }, 'data.access_token'],
    ['another token type', { token_type: 'MAC' }, 'data.token_type'],
    ['no end', { access_expires_at: undefined }, 'data.access_expires_at'],
    ['no session id', { session: { current: true } }, 'data.session.sid'],
    ['another session', { session: { sid: 's', current: false } }, 'data.session.current'],
    ['no user', { user: undefined }, 'data.user'],
    ['a user id as text', { user: { id: '7' } }, 'data.user.id'],
  ])('with %s is not used, and storage is not either', async (_, part, field) => {
    const { session, seen } = await sessionSite(json(success({ ...BUNDLE, ...part })))
    expect(failureIn(session)).toMatchObject({ class: 'changed-api', field })
    expect(seen).toHaveLength(1)
  })

  test.each([nowSec - 1, nowSec + 29])('about to end is not handed on', async (end) => {
    const { session } = await sessionSite(json(success({ ...BUNDLE, access_expires_at: end })))
    expect(failureIn(session)).toMatchObject({ class: 'login', reason: 'session-expired' })
  })

  test('whose own answer names somebody else is refused', async () => {
    const { session } = await sessionSite(json(success({ ...BUNDLE, user: { id: 8 } })))
    expect(failureIn(session)).toMatchObject({ class: 'identity' })
  })
})

describe('a refusal to renew stops, whatever storage says', () => {
  test.each<[string, Handler, string]>([
    ['no login', json({ success: false, code: 'AUTH_UNAUTHORIZED' }, 401), 'login'],
    ['a plain 401', json({ success: false, message: 'x' }, 401), 'login'],
    ['too many sessions', json({ success: false, code: 'AUTH_SESSION_LIMIT' }, 409), 'limit'],
    ['a race', json({ success: false, code: 'AUTH_REFRESH_RACE' }, 409), 'limit'],
    ['a rate limit', json({ success: false, code: 'AUTH_SESSION_ISSUANCE_LIMIT' }, 429), 'limit'],
    ['a server error', json({ success: false, code: 'AUTH_INTERNAL_ERROR' }, 500), 'server'],
    ['a challenge', (_, r) => sendHtml(r, '<script>_cf_chl_opt</script>', 403), 'challenge'],
  ])('%s', async (_, renew, kind) => {
    const { session, seen } = await sessionSite(renew)
    expect(failureIn(session).class).toBe(kind)
    expect(seen).toHaveLength(1)
  })
})

describe('a site without renewal is asked about the stored user', () => {
  test.each<[string, Handler]>([
    ['404', json({ error: { message: 'Invalid URL' } }, 404)],
    ['405', json({}, 405)],
    ['a page', (_, response) => sendHtml(response, '<!doctype html>')],
    ['something else', json(success({ hello: 1 }))],
    ['an old no', json({ success: false, message: 'x' })],
  ])('%s', async (_, renew) => {
    const { session, seen } = await sessionSite(renew)
    expect(valueOf(session)).toMatchObject({
      access: { kind: 'cookie', userId: '7' },
      generation: 'g0',
      tokenCreation: 'replaces',
    })
    expect(seen[1]?.headers).toMatchObject({
      'new-api-user': '7',
      'veloera-user': '7',
      'user-id': '7',
    })
    expect(seen[1]?.headers).not.toHaveProperty('authorization')
  })

  test.each<[string, Record<string, string | null>]>([
    ['nothing', {}],
    ['null', { user: null }],
    ['no JSON', { user: '{"id":' }],
    ['JSON null', { user: 'null' }],
    ['a text for the id', { user: '{"id":"7"}' }],
    ['no id', { user: '{"username":"alice"}' }],
    ['an id below 1', { user: '{"id":0}' }],
    ['a broken id', { user: '{"id":7.5}' }],
    ['an id that is no number', { uid: '7; DROP' }],
  ])('storage with %s names nobody', async (_, storage) => {
    const { session, seen } = await sessionSite(json({}, 404), storage)
    expect(failureIn(session)).toMatchObject({ class: 'login', reason: 'no-session-in-page' })
    expect(seen).toHaveLength(1)
  })

  test('the id of the newer theme is a hint too', async () => {
    const { session } = await sessionSite(json({}, 404), { user: 'x', uid: '7' })
    expect(valueOf(session).access).toEqual({ kind: 'cookie', userId: '7' })
  })

  test('storage that names another user than the site is refused', async () => {
    const { session } = await sessionSite(json({}, 404), { user: '{"id":8}' })
    expect(failureIn(session)).toMatchObject({ class: 'identity', reason: 'user-mismatch' })
  })
})

describe('One API', () => {
  test('needs no storage and is never asked to renew', async () => {
    const site = await relaySite('one-api')
    await site.logIn('alice')
    const session = valueOf(await site.adapter.readSession(site.ctx, { values: {} }))
    expect(session.access).toEqual({ kind: 'cookie', userId: '7' })
    expect(site.relay.counters.requests().every(({ method }) => method === 'GET')).toBe(true)
  })

  test('without a login has no session', async () => {
    const site = await relaySite('one-api')
    const session = await site.adapter.readSession(site.ctx, { values: {} })
    expect(failureIn(session)).toMatchObject({ class: 'login', reason: 'not-logged-in' })
  })
})

describe('openSession', () => {
  test('asks nothing where the cookie is enough', async () => {
    const { adapter, ctx, relay } = await relaySite('g1b')
    expect(valueOf(await adapter.openSession(ctx, '7', 'g1b'))).toEqual({
      kind: 'cookie',
      userId: '7',
    })
    expect(relay.counters.total()).toBe(0)
  })

  test('without a login at G2 says so', async () => {
    const { adapter, ctx } = await relaySite('g2')
    expect(failureIn(await adapter.openSession(ctx, '7', 'g2'))).toMatchObject({ class: 'login' })
  })

  test('works again and again: the cookie is rotated', async () => {
    const site = await relaySite('g3')
    await site.logIn('alice')
    for (let round = 0; round < 3; round += 1) {
      const access = valueOf(await site.adapter.openSession(site.ctx, '7', 'g3'))
      expect(valueOf(await site.adapter.fetchFigures(site.ctx, access)).userId).toBe('7')
    }
  })
})
