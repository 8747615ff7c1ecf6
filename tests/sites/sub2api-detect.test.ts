import { describe, expect, test } from 'vitest'

import { type Handler, sendHtml, sendJson, startLoopback } from '@/tests/net/loopback'

import { failureIn, relaySite, valueOf } from './site-client'
import { enveloped, json, SETTINGS, sub2ApiAt, sub2ApiSite } from './sub2api-client'

const ME = '/api/v1/auth/me'
const REFUSAL = { code: 'UNAUTHORIZED', message: 'Authorization header is required' }

/** A site that answers the two probes as told. */
async function detectAt(me: Handler, settings: Handler = json(enveloped(SETTINGS))) {
  const { origin } = await startLoopback((request, response) => {
    const answer = request.path === ME ? me : settings
    answer(request, response)
  })
  const { adapter, ctx } = sub2ApiAt(origin)
  return adapter.detect(ctx)
}

const page: Handler = (_, response) => sendHtml(response, '<!doctype html>')
const challenge: Handler = (_, response) =>
  sendHtml(response, '<script>_cf_chl_opt={}</script>', 403)

test('both signs together are Sub2API', async () => {
  expect(valueOf(await detectAt(json(REFUSAL, 401)))).toMatchObject({ siteType: 'sub2api' })
})

describe('it is another software where', () => {
  test.each<[string, Handler, Handler?]>([
    ['every path is a page', page],
    ['the path is unknown', json({ error: { message: 'Invalid URL' } }, 404)],
    ['the code is a number', json({ code: 401, message: 'no' }, 401)],
    ['there is no code', json({ message: 'no' }, 401)],
    ['the refusal is a text', (_, response) => response.writeHead(401).end('no')],
    ['anybody is somebody', json(enveloped({ id: 7, balance: 1 }))],
    ['it redirects', (_, response) => response.writeHead(302, { location: '/login' }).end()],
    ['settings are a page', json(REFUSAL, 401), page],
    ['settings are missing', json(REFUSAL, 401), json({ error: 'x' }, 404)],
    ['settings are of another kind', json(REFUSAL, 401), json(enveloped({ name: 'x' }))],
    ['settings are no success', json(REFUSAL, 401), json({ ...enveloped(SETTINGS), code: 1 })],
  ])('%s', async (_, me, settings) => {
    expect(valueOf(await detectAt(me, settings))).toBeNull()
  })

  test.each(['one-api', 'g0', 'g1b', 'g3'] as const)('it is %s', async (generation) => {
    const { origin, relay } = await relaySite(generation)
    const { adapter, ctx } = sub2ApiAt(origin)
    expect(valueOf(await adapter.detect(ctx))).toBeNull()
    expect(relay.counters.total()).toBe(1)
  })
})

describe('nothing is concluded from', () => {
  test.each<[string, Handler, Handler | undefined, string]>([
    ['a challenge', challenge, undefined, 'challenge'],
    [
      'a page of a firewall',
      (_, response) => sendHtml(response, 'no', 401),
      undefined,
      'challenge',
    ],
    ['a broken server', json({}, 502), undefined, 'server'],
    ['a rate limit', json({ error: 'x' }, 429), undefined, 'limit'],
    ['a challenge at the settings', json(REFUSAL, 401), challenge, 'challenge'],
    ['a limit at the settings', json(REFUSAL, 401), json({ code: 'RATE_LIMITED' }, 429), 'limit'],
  ])('%s', async (_, me, settings, kind) => {
    expect(failureIn(await detectAt(me, settings)).class).toBe(kind)
  })

  test('a site that is not there', async () => {
    const { adapter, ctx } = sub2ApiAt('http://127.0.0.1:1')
    expect(failureIn(await adapter.detect(ctx)).class).toBe('network')
  })
})

test('a server for administrators only is recognised as well', async () => {
  const { adapter, ctx } = await sub2ApiSite('new', { backendMode: true })
  expect(valueOf(await adapter.detect(ctx))).toMatchObject({ siteType: 'sub2api' })
})

test('a nameless site has no name', async () => {
  const { origin } = await startLoopback((_, response) =>
    sendJson(response, enveloped({ ...SETTINGS, site_name: '  ' })),
  )
  const { adapter, ctx } = sub2ApiAt(origin)
  expect(valueOf(await adapter.fetchStatus(ctx))).toEqual({})
})
