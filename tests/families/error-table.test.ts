import { describe, expect, test } from 'vitest'

import { FAILURE_CLASSES, type Failure } from '@/src/domain/failure'
import type { SiteType } from '@/src/domain/site-type'
import { reasonOfCode } from '@/src/net/reason'
import type { Access, FullAdapter, SiteContext } from '@/src/sites/adapter'
import { detectSite } from '@/src/sites/registry'
import { type Handler, sendJson, startLoopback } from '@/tests/net/loopback'
import { day, failureIn, siteAt } from '@/tests/sites/site-client'
import { enveloped, SETTINGS, verdict } from '@/tests/sites/sub2api-client'

import type { Asked, ErrorRow } from './error-rows'
import { DONE_HUB_ERRORS, ONE_HUB_ERRORS, VELOERA_ERRORS } from './errors-hubs'
import { NEW_API_ERRORS } from './errors-new-api'
import { OTHER_SITES_ERRORS } from './errors-other-sites'
import { SUB2API_ERRORS } from './errors-sub2api'

const TABLES = [
  NEW_API_ERRORS,
  DONE_HUB_ERRORS,
  ONE_HUB_ERRORS,
  VELOERA_ERRORS,
  SUB2API_ERRORS,
  ...OTHER_SITES_ERRORS,
]

const TOKENS: Partial<Record<SiteType, string>> = { 'open-router': 'sk-or-mgmt-0123456789abcdef' }
const SETTINGS_PATH = '/api/v1/settings/public'
const FORM = { login: 'alice@mail.example', password: 'correct horse' }

function answerOf({ status, body, type, headers = {} }: ErrorRow): Handler {
  return (_, response) => {
    if (body === undefined) response.writeHead(status, headers).end()
    else if (typeof body === 'string') {
      response.writeHead(status, { 'content-type': type ?? 'text/plain', ...headers }).end(body)
    } else {
      const json = { 'content-type': type ?? 'application/json', ...headers }
      response.writeHead(status, json).end(JSON.stringify(body))
    }
  }
}

function accessOf(family: SiteType): Access {
  return family === 'sub2api'
    ? { kind: 'bearer', userId: '7', bearer: 'bearer-of-alice', expiresAtMs: Date.now() + 60_000 }
    : { kind: 'token', userId: '7', accessToken: TOKENS[family] ?? 'token-of-alice-0123456789' }
}

type Ask = (
  adapter: FullAdapter,
  ctx: SiteContext,
  access: Access,
) => Promise<{ failure: Failure; said: string }>

const plain = (failure: Failure) => ({
  failure,
  said: `${failure.class}/${failure.reason ?? ''}`,
})

/** What is asked of the adapter, and what it says. */
const ASK: Record<Asked, Ask> = {
  figures: async (adapter, ctx, access) =>
    plain(failureIn(await adapter.fetchFigures(ctx, access))),
  keys: async (adapter, ctx, access) =>
    plain(failureIn(await adapter.listApiKeys(ctx, access, 'sub2api-new'))),
  'remove-key': async (adapter, ctx, access) =>
    plain(failureIn(await adapter.keys!.remove(ctx, access, '31', 'sub2api-new'))),
  'new-token': async (adapter, ctx, access) =>
    plain(failureIn(await adapter.createAccessToken(ctx, access))),
  identify: async (adapter, ctx) =>
    plain(failureIn(await adapter.identify(ctx, 'token-of-alice-0123456789'))),
  session: async (adapter, ctx) => plain(failureIn(await adapter.openSession(ctx, '7', 'g2'))),
  detect: async (_, ctx) => plain(failureIn(await detectSite(ctx))),
  'sign-in': async (adapter, ctx) => plain(failureIn(await adapter.sessions!.signIn(ctx, FORM))),
  renew: async (adapter, ctx) => {
    const renewal = await adapter.sessions!.renew(ctx, {
      userId: '7',
      bearer: 'bearer-of-alice',
      expiresAtMs: 0,
      refreshToken: `rt_${'0'.repeat(64)}`,
    })
    if (renewal.outcome === 'renewed') throw new Error('renewed')
    return { failure: renewal.failure, said: verdict(renewal) }
  },
}

/** Sessions are made and renewed only where the site shows its settings first. */
const needsSettings = (asked: Asked) => asked === 'sign-in' || asked === 'renew'

describe.each(TABLES)('$contract, as $family', ({ family, rows }) => {
  test.each(rows.map((row) => [row.from, row.what, row] as const))('%s: %s', async (_, __, row) => {
    const { asked = 'figures', expected } = row
    const answer = answerOf(row)
    const server = await startLoopback((request, response) => {
      if (request.path === SETTINGS_PATH && needsSettings(asked)) {
        sendJson(response, enveloped(SETTINGS))
      } else answer(request, response)
    })
    const { adapter, ctx } = siteAt(server.origin, family)
    const { failure, said } = await ASK[asked](adapter, ctx, accessOf(family))
    expect(said).toBe(expected)
    expect(FAILURE_CLASSES).toContain(failure.class)
    expect(failure.class).not.toBe('internal')
    expect(failure.reason).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
    if (row.headers?.['retry-after'] !== undefined) {
      const asksMs = Number(row.headers['retry-after']) * 1000
      expect(Math.abs((failure.retryAtMs ?? 0) - Date.now() - asksMs)).toBeLessThan(5_000)
    }
  })
})

/** Every `code` and `reason` in capitals that an answer of the tables carries. */
const CODES = new Set(
  TABLES.flatMap(({ rows }) =>
    rows.flatMap(({ body }) => [
      ...JSON.stringify(body ?? '').matchAll(/"(?:code|reason)":"([A-Z][A-Z0-9_]*)"/g),
    ]),
  ).map(([, code = '']) => code),
)

test('every recorded code keeps its name', () => {
  expect(CODES.size).toBeGreaterThan(60)
  expect([...CODES].filter((code) => reasonOfCode(code) === null)).toEqual([])
  for (const code of ['mixed_channel_warning', 'browser_extension_blocked', 'model_not_found']) {
    expect(reasonOfCode(code)).toBe(code.replaceAll('_', '-'))
  }
})

test('a code that no contract records is not repeated', async () => {
  for (const family of ['new-api', 'sub2api'] as const) {
    for (const status of [400, 401, 403, 404, 409, 423, 500]) {
      const body = { success: false, code: 'HUNTER_TWO', reason: 'HUNTER_TWO', message: 'no' }
      const { origin } = await startLoopback((_, response) => {
        sendJson(response, body, status)
      })
      const { adapter, ctx } = siteAt(origin, family)
      const failure = failureIn(await adapter.refresh(ctx, accessOf(family), day))
      expect(JSON.stringify(failure).toLowerCase()).not.toContain('hunter')
    }
  }
})
