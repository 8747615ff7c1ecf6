import { describe, expect, onTestFinished, test } from 'vitest'

import { startSite } from '@/e2e/relays/farm'
import { createNewApiRelay } from '@/e2e/relays/new-api/relay'
import { createVeloeraRelay } from '@/e2e/relays/veloera/relay'
import type { SiteDouble } from '@/e2e/relays/kit/site-double'
import type { Evidence } from '@/src/domain/recognition'
import type { SiteContext } from '@/src/sites/adapter'
import { doneHubAdapter, oneHubAdapter } from '@/src/sites/done-hub'
import { detectSite } from '@/src/sites/registry'
import { type Handler, sendHtml, sendJson, startLoopback, success } from '@/tests/net/loopback'

import { hubSite, VARIANTS } from './done-hub-client'
import { failureIn, GENERATIONS, siteAt, valueOf } from './site-client'

const STATUS = '/api/status'
const GROUP_MAP = '/api/user_group_map'
const HEALTH = '/health'

/** Both adapters' verdicts, one after the other. */
async function verdicts(ctx: SiteContext) {
  return [await doneHubAdapter.detect(ctx), await oneHubAdapter.detect(ctx)]
}

/** What both adapters find together; at most one may claim a site. */
async function found(ctx: SiteContext) {
  const claims = (await verdicts(ctx)).map(valueOf).filter((claim) => claim !== null)
  expect(claims.length).toBeLessThan(2)
  return claims[0] ?? null
}

const notFound: Handler = ({ path }, response) => {
  const message = `Invalid URL (GET ${path})`
  const error = { message, type: 'invalid_request_error', param: '', code: '' }
  sendJson(response, { error }, 404)
}

/** A site with these answers; every other path is unknown to it. */
async function siteWith(answers: Record<string, Handler>) {
  const server = await startLoopback((request, response) =>
    (answers[request.path] ?? notFound)(request, response),
  )
  return { ...server, ...siteAt(server.origin, 'done-hub') }
}

const json =
  (body: unknown, status = 200): Handler =>
  (_, response) =>
    sendJson(response, body, status)

const GROUPS = json(success({ default: { symbol: 'default', name: 'Default', ratio: 1 } }))
const ONE_HUB = {
  quota_per_unit: 500_000,
  PaymentUSDRate: 7.3,
  EnableSafe: false,
  UptimeEnabled: false,
}
/** As of a version before the uptime page. */
const OLDER = { quota_per_unit: 500_000, PaymentUSDRate: 7.3, EnableSafe: false }

describe('no member of the lineage beside them is taken for one', () => {
  const users = [{ id: 7, username: 'alice', password: 'x', quota: 1 }]
  const neighbours: [string, () => SiteDouble][] = [
    ...GENERATIONS.map((generation): [string, () => SiteDouble] => [
      generation,
      () => createNewApiRelay({ generation, users, systemName: 'Done Hub' }),
    ]),
    ['veloera v3', () => createVeloeraRelay({ generation: 'v3', users, systemName: 'One Hub' })],
    ['veloera v4', () => createVeloeraRelay({ generation: 'v4', users, systemName: 'Done Hub' })],
  ]
  test.each(neighbours)('%s', async (_, create) => {
    const { relay, origin, close } = await startSite(create())
    onTestFinished(() => close())
    expect(await found(siteAt(origin, 'done-hub').ctx)).toBeNull()
    expect(relay.counters.total()).toBe(relay.counters.count('GET', STATUS))
  })
})

test.each(VARIANTS)('%s is claimed by its own adapter only', async (variant) => {
  const { ctx } = await hubSite(variant)
  const [doneHub, oneHub] = (await verdicts(ctx)).map(valueOf)
  expect([doneHub?.siteType, oneHub?.siteType]).toEqual(
    variant === 'done-hub' ? ['done-hub', undefined] : [undefined, 'one-hub'],
  )
})

describe('certain signs need no second request', () => {
  test.each<[string, Record<string, unknown>, string, Evidence[]]>([
    [
      'One Hub',
      ONE_HUB,
      'one-hub',
      [
        { sign: 'status-fields', detail: 'PaymentUSDRate, EnableSafe, UptimeEnabled' },
        { sign: 'status-lacks', detail: 'linuxDo_oauth' },
      ],
    ],
    [
      'DoneHub of an early version',
      { ...ONE_HUB, linuxDo_oauth: false },
      'done-hub',
      [
        { sign: 'status-fields', detail: 'linuxDo_oauth' },
        { sign: 'status-fields', detail: 'PaymentUSDRate, EnableSafe, UptimeEnabled' },
      ],
    ],
  ])('%s', async (_, data, siteType, evidence) => {
    const { ctx, seen } = await siteWith({ [STATUS]: json(success(data)) })
    const detection = valueOf(await detectSite(ctx))
    expect(detection).toMatchObject({ siteType, evidence, status: { rechargeRate: 7.3 } })
    expect(seen.map(({ path }) => path)).not.toContain(GROUP_MAP)
    expect(seen.filter(({ path }) => path === STATUS)).toHaveLength(1)
  })
})

describe('where a doubt is left the group map decides', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['an older One Hub', OLDER, 'one-hub'],
    ['one with a single sign', { chat_links: '[]' }, 'one-hub'],
    ['a fork with a check-in', { ...ONE_HUB, check_in_enabled: true }, 'one-hub'],
    ['a DoneHub with a price', { ...ONE_HUB, price: 7, GeminiAPIEnabled: true }, 'done-hub'],
  ])('%s is recognised', async (_, data, siteType) => {
    const { ctx, seen } = await siteWith({ [STATUS]: json(success(data)), [GROUP_MAP]: GROUPS })
    const detection = valueOf(await detectSite(ctx))
    expect(detection.siteType).toBe(siteType)
    expect(detection.evidence[0]).toEqual({ sign: 'group-map', detail: GROUP_MAP })
    const asked = seen.filter(({ path }) => path === GROUP_MAP)
    expect(asked).toHaveLength(1)
    expect(asked[0]?.headers).not.toHaveProperty('cookie')
  })

  test.each<[string, Handler]>([
    ['no such path', notFound],
    ['a page', (_, response) => sendHtml(response, '<!doctype html>')],
    ['no group', json(success({}))],
    ['groups of another form', json(success({ default: { ratio: 1, desc: '' } }))],
    ['a list', json(success(['default']))],
    ['null', json(success(null))],
    ['a refusal', json({ success: false, message: 'no' })],
    ['a redirect', (_, response) => response.writeHead(301, { location: '/x' }).end()],
  ])('%s is another software', async (_, groups) => {
    const { ctx } = await siteWith({ [STATUS]: json(success(OLDER)), [GROUP_MAP]: groups })
    expect(await found(ctx)).toBeNull()
  })

  test.each<[string, Handler, string]>([
    ['a challenge', (_, r) => sendHtml(r, '<script>_cf_chl_opt={}</script>', 403), 'challenge'],
    ['a rate limit', (_, response) => response.writeHead(429).end(), 'limit'],
    ['a failing server', (_, response) => sendHtml(response, 'bad gateway', 502), 'server'],
  ])('%s in its place says nothing', async (_, groups, kind) => {
    const { ctx } = await siteWith({ [STATUS]: json(success(OLDER)), [GROUP_MAP]: groups })
    expect(failureIn(await oneHubAdapter.detect(ctx)).class).toBe(kind)
  })
})

describe('a node that only relays', () => {
  test('is named as such', async () => {
    const { ctx, relay } = await hubSite('done-hub', { relayOnly: true })
    expect(failureIn(await detectSite(ctx))).toEqual({
      class: 'unsupported',
      reason: 'relay-only-node',
      path: STATUS,
    })
    expect(relay.counters.count('GET', HEALTH)).toBe(1)
  })

  const OK = json({ status: 'ok' })

  test.each<[string, Record<string, Handler>]>([
    ['has no health', {}],
    ['has a health of its own', { [HEALTH]: json({ status: 'up' }) }],
    ['is a page', { [HEALTH]: (_, response) => sendHtml(response, 'ok') }],
    ['is unwell', { [HEALTH]: json({ status: 'ok' }, 503) }],
    ['misses the path in its own words', { [STATUS]: json({ error: 'nope' }, 404), [HEALTH]: OK }],
    ['answers something else', { [STATUS]: json({ status: 'ok' }), [HEALTH]: OK }],
    [
      'refuses it',
      {
        [STATUS]: json(
          { error: { message: 'Invalid URL (GET /)', type: 'invalid_request_error' } },
          401,
        ),
        [HEALTH]: OK,
      },
    ],
    [
      'misses it as another API does',
      {
        [STATUS]: json({ error: { message: 'unknown', type: 'invalid_request_error' } }, 404),
        [HEALTH]: OK,
      },
    ],
    ['misses it with a page', { [STATUS]: (_, r) => sendHtml(r, 'none', 404), [HEALTH]: OK }],
  ])('is none that %s', async (_, answers) => {
    const { ctx, seen } = await siteWith(answers)
    expect(await found(ctx)).toBeNull()
    expect(seen.every(({ path }) => [STATUS, HEALTH].includes(path))).toBe(true)
  })
})

test('a node that sends everybody elsewhere is not followed', async () => {
  const other = await hubSite('done-hub')
  const { ctx } = await siteWith({
    [STATUS]: (_, response) =>
      response.writeHead(301, { location: `${other.origin}${STATUS}` }).end(),
  })
  expect(await found(ctx)).toBeNull()
  expect(other.relay.counters.total()).toBe(0)
})

test('money that cannot be right is no status', async () => {
  const { ctx } = await siteWith({ [STATUS]: json(success({ ...ONE_HUB, quota_per_unit: 0 })) })
  expect(failureIn(await oneHubAdapter.detect(ctx))).toMatchObject({
    class: 'changed-api',
    field: 'data.quota_per_unit',
  })
})
