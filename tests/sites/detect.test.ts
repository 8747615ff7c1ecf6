import { describe, expect, test } from 'vitest'

import { detectSite } from '@/src/sites/registry'
import { type Handler, sendHtml, sendJson, startLoopback, success } from '@/tests/net/loopback'

import { failureIn, siteAt, valueOf } from './site-client'

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
    ['it is Veloera', { ...ONE_API, check_in_enabled: true }],
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

  test('a relative sends the version header of its ancestor', async () => {
    const veloera = await statusSite({ check_in_enabled: false }, { 'X-New-Api-Version': 'v1' })
    expect(failureIn(veloera)).toMatchObject({ class: 'unsupported' })
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

test('a site that moved away is not followed', async () => {
  const next = await startLoopback((_, response) => sendJson(response, success({ _qn: 'new-api' })))
  const moved = await detectAt((_, response) => {
    response.writeHead(301, { location: `${next.origin}/api/status` }).end()
  })
  expect(failureIn(moved)).toMatchObject({ class: 'changed-api', reason: 'redirected' })
  expect(next.seen).toEqual([])
})
