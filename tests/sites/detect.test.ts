import { describe, expect, onTestFinished, test } from 'vitest'

import { startSite } from '@/e2e/relays/farm'
import {
  notFoundServer,
  redirector,
  silentServer,
  spaEverywhere,
  staticSite,
  unrelatedApp,
} from '@/e2e/relays/foreign/sites'
import { createDoneHubRelay } from '@/e2e/relays/done-hub/relay'
import type { RequestHandler, SiteDouble } from '@/e2e/relays/kit/site-double'
import { createNewApiRelay } from '@/e2e/relays/new-api/relay'
import { createVeloeraRelay } from '@/e2e/relays/veloera/relay'
import type { SiteType } from '@/src/domain/site-type'
import { newApiAdapter } from '@/src/sites/new-api'
import { oneApiAdapter } from '@/src/sites/one-api'
import { allAdapters, detectSite } from '@/src/sites/registry'
import { veloeraAdapter } from '@/src/sites/veloera'
import { type Handler, sendHtml, sendJson, startLoopback, success } from '@/tests/net/loopback'

import { ALICE, failureIn, GENERATIONS, siteAt, valueOf } from './site-client'

async function detectAt(handler: Handler) {
  const server = await startLoopback(handler)
  return detectSite(siteAt(server.origin, 'new-api').ctx)
}

const statusSite = (data: unknown, headers: Record<string, string> = {}) =>
  detectAt((_, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    sendJson(response, success(data))
  })

const ONE_API = { quota_per_unit: 500_000, lark_client_id: '', oidc: false, oidc_well_known: '' }

describe('a site is recognised by', () => {
  test.each<[string, Record<string, unknown>, Record<string, string>, string, string]>([
    ['its version header', {}, { 'X-New-Api-Version': 'v0.0.0' }, 'new-api', 'X-New-Api-Version'],
    ['its own mark', { _qn: 'new-api' }, {}, 'new-api', '_qn'],
    ['its switches', { HeaderNavModules: '{}' }, {}, 'new-api', 'HeaderNavModules'],
    ['fields of One API', ONE_API, {}, 'one-api', 'lark_client_id, oidc_well_known, oidc'],
    ['the family only', { quota_per_unit: 500_000, price: 7 }, {}, 'new-api', 'status-shape'],
    ['the family header only', {}, { 'X-Oneapi-Request-Id': 'x' }, 'new-api', 'status-shape'],
    [
      'a check-in spelt in three words',
      { ...ONE_API, check_in_enabled: false, _qn: 'new-api', HeaderNavModules: '' },
      { 'X-New-Api-Version': 'v1' },
      'veloera',
      'check_in_enabled',
    ],
    [
      'behaviour, whatever its name says',
      { system_name: 'One API', _qn: 'new-api', oidc: true },
      {},
      'new-api',
      '_qn',
    ],
  ])('%s', async (_, data, headers, siteType, sign) => {
    const found = valueOf(await statusSite(data, headers))
    expect(found.siteType).toBe(siteType)
    const [first] = found.evidence
    expect(first?.detail ?? first?.sign).toBe(sign)
  })
})

describe('a site is not recognised when', () => {
  test.each<[string, unknown]>([
    ['its check-in is neither on nor off', { ...ONE_API, check_in_enabled: 'yes' }],
    ['it is One Hub', { quota_per_unit: 500_000, PaymentUSDRate: 7.3 }],
    ['it is an older One Hub', { quota_per_unit: 500_000, chat_links: '' }],
    ['it is DoneHub', { quota_per_unit: 500_000, PaymentUSDRate: 7.3, linuxDo_oauth: false }],
    ['it says nothing', {}],
    ['its data is a text', 'ok'],
    ['it has no data', null],
  ])('%s', async (_, data) => {
    expect(failureIn(await statusSite(data, { 'X-Oneapi': '1' }))).toEqual({
      class: 'unsupported',
      reason: 'unknown-site',
    })
  })

  test.each<[string, Handler]>([
    ['every path is a page', (_, response) => sendHtml(response, '<!doctype html>')],
    ['the path is unknown', (_, response) => sendJson(response, { error: {} }, 404)],
    ['another API answers', (_, response) => sendJson(response, { code: 0, data: {} })],
    ['it wants a login', (_, response) => sendJson(response, { message: 'no' }, 401)],
  ])('%s', async (_, handler) => {
    expect(failureIn(await detectAt(handler))).toMatchObject({ reason: 'unknown-site' })
  })
})

describe('nothing is concluded from', () => {
  test.each<[string, Handler, string]>([
    [
      'a challenge',
      (_, response) => sendHtml(response, '<script>_cf_chl_opt={}</script>', 403),
      'challenge',
    ],
    ['a server error', (_, response) => sendHtml(response, 'bad gateway', 502), 'server'],
    ['a rate limit', (_, response) => response.writeHead(429).end(), 'limit'],
    ['a lost connection', (_, response) => response.destroy(), 'network'],
    [
      'money that cannot be right',
      (_, response) => sendJson(response, success({ _qn: 'new-api', quota_per_unit: 0 })),
      'changed-api',
    ],
  ])('%s', async (_, handler, kind) => {
    expect(failureIn(await detectAt(handler)).class).toBe(kind)
  })
})

test('the recharge rate is the first positive one (3.1)', async () => {
  const rateOf = async (data: Record<string, unknown>) =>
    valueOf(await statusSite({ _qn: 'new-api', ...data })).status.rechargeRate
  expect(await rateOf({ price: 2, stripe_unit_price: 8 })).toBe(2)
  expect(await rateOf({ price: 0, stripe_unit_price: 8 })).toBe(8)
  expect(await rateOf({ price: '2' })).toBeUndefined()
})

/** The adapters of the family that look at the status, and what each of them says. */
async function verdictsAt(origin: string, timeoutMs?: number) {
  const { ctx } = siteAt(origin, 'new-api', timeoutMs)
  return [
    await newApiAdapter.detect(ctx),
    await oneApiAdapter.detect(ctx),
    await veloeraAdapter.detect(ctx),
  ]
}

async function startForeign(site: RequestHandler): Promise<string> {
  const { origin, ...server } = await startSite(site)
  onTestFinished(() => server.close())
  return origin
}

const NOBODY = [null, null, null].map((value) => ({ ok: true, value }))

describe('no adapter of the family claims', () => {
  test.each<[string, () => RequestHandler]>([
    ['an application with another API', () => unrelatedApp()],
    ['plain files', staticSite],
    ['a server that knows no path', notFoundServer],
    ['a page for every path', () => spaEverywhere({ title: 'New API' })],
  ])('%s', async (_, create) => {
    const origin = await startForeign(create())
    expect(await verdictsAt(origin)).toEqual(NOBODY)
    const found = await detectSite(siteAt(origin, 'new-api').ctx)
    expect(failureIn(found)).toEqual({ class: 'unsupported', reason: 'unknown-site' })
  })

  test('a site that moved away, and none follows it', async () => {
    const next = await startLoopback((_, response) =>
      sendJson(response, success({ _qn: 'new-api' })),
    )
    const origin = await startForeign(redirector(next.origin))
    expect(await verdictsAt(origin)).toEqual(NOBODY)
    expect((await detectSite(siteAt(origin, 'new-api').ctx)).ok).toBe(false)
    expect(next.seen).toEqual([])
  })

  test('VoAPI of the second version', async () => {
    const { origin } = await startLoopback(({ path }, response) => {
      if (path === '/') sendHtml(response, '<title>VoAPI公益站</title>')
      else sendJson(response, { code: 401, data: null, msg: 'Unauthorized' })
    })
    expect(await verdictsAt(origin)).toEqual(NOBODY)
    const found = await detectSite(siteAt(origin, 'new-api').ctx)
    expect(failureIn(found)).toMatchObject({ class: 'unsupported', reason: 'unknown-site' })
  })
})

test('a site that never answers is a failure of the network', async () => {
  const origin = await startForeign(silentServer())
  for (const verdict of await verdictsAt(origin, 100)) {
    expect(failureIn(verdict)).toMatchObject({ class: 'network', reason: 'timeout' })
  }
})

describe('exactly one adapter claims', () => {
  const users = [{ ...ALICE, accessToken: null }]
  const rateLimits = 'off' as const
  const doubles: [string, SiteType, () => SiteDouble][] = [
    ...GENERATIONS.map((generation): [string, SiteType, () => SiteDouble] => [
      generation,
      generation === 'one-api' ? 'one-api' : 'new-api',
      () => createNewApiRelay({ generation, users, rateLimits }),
    ]),
    ...(['v3', 'v4'] as const).map((generation): [string, SiteType, () => SiteDouble] => [
      `Veloera ${generation}`,
      'veloera',
      () => createVeloeraRelay({ generation, users, rateLimits }),
    ]),
    ...(['done-hub', 'one-hub'] as const).map((variant): [string, SiteType, () => SiteDouble] => [
      variant,
      variant,
      () => createDoneHubRelay({ variant, users, rateLimits }),
    ]),
  ]

  test.each(doubles)('%s', async (_, siteType, create) => {
    const site = create()
    const { ctx, jar, origin } = siteAt(await startForeign(site), siteType)
    for (const { name, value, path } of site.sessionFor('alice').cookies) {
      await jar.setCookie(`${name}=${value}; Path=${path}`, `${origin}${path}`)
    }
    const claims: SiteType[] = []
    for (const adapter of allAdapters) {
      const found = valueOf(await adapter.detect(ctx))
      if (found) claims.push(found.siteType)
    }
    expect(claims).toEqual([siteType])
  })
})
