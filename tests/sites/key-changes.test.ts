import { describe, expect, test } from 'vitest'

import type { SiteType } from '@/src/domain/site-type'
import { sendJson, startLoopback, success } from '@/tests/net/loopback'

import { ALICE as HUB_ALICE, BY_COOKIE, hubSite, switching } from './done-hub-client'
import { create, fullDraft, KEY_SITES, made } from './key-sites'
import { ALICE, failureIn, relaySite, siteAt, tokenOf, valueOf } from './site-client'
import { veloeraSite } from './veloera-client'

const KEYS = '/api/token/'
const access = tokenOf(ALICE)

function key(id: number, other: Record<string, unknown> = {}) {
  return {
    id,
    user_id: 7,
    name: 'laptop',
    key: 'abcd**********wxyz',
    status: 1,
    created_time: 1_700_000_000,
    accessed_time: 0,
    expired_time: -1,
    remain_quota: 5,
    used_quota: 6,
    unlimited_quota: false,
    group: '',
    ...other,
  }
}

interface Answers {
  /** `data` of the answer to a creation. */
  readonly made?: unknown
  /** The list after it; a number = the list fails with that status. */
  readonly list?: unknown[] | number
  /** One key by itself. */
  readonly one?: unknown
}

/** A site with no key but what is told. */
async function odd(answers: Answers, type: SiteType = 'new-api') {
  const server = await startLoopback(({ method, path }, response) => {
    const isMaking = method === 'POST' || method === 'PUT'
    if (isMaking) sendJson(response, success(answers.made))
    else if (path !== KEYS) sendJson(response, success(answers.one))
    else if (typeof answers.list === 'number') sendJson(response, {}, answers.list)
    else sendJson(response, success({ page: 1, items: answers.list ?? [], total: 9 }))
  })
  const { adapter, ctx } = siteAt(server.origin, type)
  const { keys } = adapter
  if (!keys) throw new Error('no operations of keys')
  const draft = {
    name: 'laptop',
    remaining: 5,
    expiresAtMs: null,
    modelLimits: [],
    ipLimits: [],
    group: '',
  }
  const options = { generation: 'g1b', knownIds: new Set(['1', '2']), requestId: 'r' } as const
  return { ...server, keys, ctx, create: () => keys.create(ctx, access, draft, options) }
}

describe('what a new key is', () => {
  const full = `sk-${'k'.repeat(48)}`

  test.each<[string, Answers, unknown]>([
    ['the one new key of that name', { list: [key(3), key(2)] }, { id: '3' }],
    ['masked where lists are', { list: [key(3)] }, { key: { kind: 'masked' } }],
    [
      'told in full by forks with an id',
      { made: { id: 3, key: full.slice(3) }, list: [key(4), key(3)] },
      { id: '3', key: { kind: 'full', text: full } },
    ],
    [
      'told in full by forks without one',
      { made: { key: full }, list: [key(3)] },
      { id: '3', key: { kind: 'full', text: full } },
    ],
    [
      'the answer itself where that is a whole row',
      { made: key(3, { key: full }), list: 500 },
      { id: '3', key: { kind: 'full', text: full } },
    ],
    [
      'not known in full by a masked text',
      { made: { id: 3, key: 'abcd****wxyz' }, list: [key(3)] },
      { key: { kind: 'masked', text: 'sk-abcd**********wxyz' } },
    ],
  ])('%s', async (_, answers, expected) => {
    const site = await odd(answers)
    expect(valueOf(await site.create())).toMatchObject({ outcome: 'identified', key: expected })
  })

  test.each<[string, Answers]>([
    ['nothing new is listed', { list: [key(2), key(1)] }],
    ['two of that name are new', { list: [key(4), key(3)] }],
    ['only another name is new', { list: [key(3, { name: 'other' })] }],
    ['the list cannot be read', { list: 500 }],
    ['the list is refused', { list: 401 }],
    ['the id it was told is not listed', { made: { id: 9 }, list: [key(3)] }],
  ])('is not known when %s, and it is made once', async (_, answers) => {
    const site = await odd(answers)
    expect(valueOf(await site.create())).toEqual({ outcome: 'unidentified' })
    expect(site.seen.filter(({ method }) => method === 'POST')).toHaveLength(1)
  })

  test.each<[string, Answers]>([
    ['row', { made: key(3, { user_id: 8 }) }],
    ['list', { list: [key(3, { user_id: 8 })] }],
  ])('is nothing that a %s of somebody else tells', async (_, answers) => {
    expect(failureIn(await (await odd(answers)).create())).toMatchObject({ class: 'identity' })
  })

  test.each(KEY_SITES.filter(([name]) => name !== 'one-api' && name !== 'done-hub'))(
    '%s: is not known when another of that name appears at the same moment',
    async (_, open) => {
      const site = await open()
      const { ctx } = site
      const racing: typeof ctx.transport = async (request, options) => {
        if (request.method === 'POST') await ctx.transport(request, options)
        return ctx.transport(request, options)
      }
      const created = await create(site, fullDraft(site), { ...ctx, transport: racing })
      expect(valueOf(created)).toEqual({ outcome: 'unidentified' })
      expect(site.ids()).toHaveLength(4)
    },
  )
})

describe('what an edit leaves alone', () => {
  test('fields nobody told us of', async () => {
    const more = { auto_groups: ['a'], billing_tag: 'x', expired_time: 1_900_000_000, note: null }
    const site = await odd({ one: key(3, more) })
    valueOf(await site.keys.update(site.ctx, access, '3', { name: 'desk' }, 'g1b'))
    const sent = JSON.parse(site.seen.at(-1)?.body ?? '') as object
    const { key: _hidden, ...kept } = key(3, more)
    expect(sent).toEqual({ ...kept, name: 'desk' })
  })

  test('groups that New API may choose among', async () => {
    const { relay, ctx, adapter } = await relaySite('g3')
    const row = relay.state.tokens.get(1)
    Object.assign(row ?? {}, { autoGroups: ['default', 'vip'], group: 'auto' })
    valueOf((await adapter.keys?.update(ctx, access, '1', { name: 'other' }, 'g3')) ?? never())
    expect(row).toMatchObject({ name: 'other', autoGroups: ['default', 'vip'], group: 'auto' })
  })

  test('limits of use that Veloera has', async () => {
    const { relay, ctx, adapter } = await veloeraSite('v4')
    const row = relay.state.tokens.get(1)
    const limits = { rateLimitEnabled: true, rateLimitPeriod: 30, rateLimitCount: 7 }
    Object.assign(row ?? {}, limits)
    const edited = await adapter.keys?.update(ctx, access, '1', { remaining: 9 }, 'veloera-v4')
    valueOf(edited ?? never())
    expect(row).toMatchObject({ ...limits, remainQuota: 9 })
  })

  test('the heartbeat and the tag of a hub', async () => {
    const setting = { heartbeat: { enabled: true, timeout_seconds: 60 }, billing_tag: 'team' }
    const users = [{ ...HUB_ALICE, keys: [{ name: 'first', unlimited: true, setting }] }]
    const { relay, ctx, adapter } = await hubSite('done-hub', { users })
    const edit = { modelLimits: ['gpt-4o'] }
    valueOf((await adapter.keys?.update(ctx, hubToken, '1', edit, 'done-hub')) ?? never())
    expect(relay.state.tokens.get(1)?.setting).toEqual({
      ...setting,
      limits: {
        limit_model_setting: { enabled: true, models: ['gpt-4o'] },
        limits_ip_setting: { enabled: false, whitelist: [] },
      },
    })
  })

  test('limits of a hub that are switched off', async () => {
    const setting = {
      limits: {
        limit_model_setting: { enabled: false, models: ['gpt-4o'] },
        limits_ip_setting: { enabled: false, whitelist: ['203.0.113.7'] },
      },
    }
    const users = [{ ...HUB_ALICE, keys: [{ name: 'first', unlimited: true, setting }] }]
    const { relay, ctx, adapter } = await hubSite('one-hub', { users })
    const edited = await adapter.keys?.update(ctx, hubToken, '1', { name: 'x' }, 'one-hub')
    valueOf(edited ?? never())
    expect(relay.state.tokens.get(1)?.setting).toMatchObject(setting)
  })
})

describe('refusals', () => {
  test('more keys than the site allows', async () => {
    const { relay, ctx, adapter } = await relaySite('g1b')
    relay.state.maxTokensPerUser = 2
    const draft = { remaining: null, expiresAtMs: null, modelLimits: [], ipLimits: [], group: '' }
    const options = { generation: 'g1b', knownIds: new Set<string>(), requestId: 'r' } as const
    const made = await adapter.keys?.create(ctx, access, { name: 'n', ...draft }, options)
    expect(failureIn(made ?? never())).toMatchObject({ class: 'refused', reason: 'key-limit' })
  })

  test.each([
    ['unknown', { group: 'nowhere' }],
    ['of others', { group: 'secret' }],
    ['of others, as a second choice', { backupGroup: 'secret' }],
  ])('a group that is %s', async (_, edit) => {
    const groups = { default: { ratio: 1 }, vip: { ratio: 1 }, secret: { ratio: 1, public: false } }
    const { ctx, adapter } = await hubSite('done-hub', { groups })
    const edited = await adapter.keys?.update(ctx, hubToken, '1', edit, 'done-hub')
    const failure = failureIn(edited ?? never())
    expect(failure).toMatchObject({ class: 'refused', reason: 'group-not-allowed' })
  })

  test.each(['0', '-1', '1/key', 'batch', ''])('"%s" is no id and is not asked for', async (id) => {
    const { keys, ctx, seen } = await odd({})
    const done = [
      await keys.update(ctx, access, id, { name: 'x' }, 'g1b'),
      (await keys.setEnabled?.(ctx, access, id, true, 'g1b')) ?? never(),
      await keys.remove(ctx, access, id, 'g1b'),
    ]
    for (const result of done) expect(failureIn(result)).toMatchObject({ class: 'input' })
    expect(seen).toEqual([])
  })

  test.each<[string, unknown, string]>([
    ['somebody else', key(3, { user_id: 8 }), 'identity'],
    ['another key', key(4), 'changed-api'],
    ['something else', { id: 3 }, 'changed-api'],
  ])('a key that turns out to be of %s is not changed', async (_, one, kind) => {
    const { keys, ctx, seen } = await odd({ one })
    const failure = failureIn(await keys.update(ctx, access, '3', { name: 'x' }, 'g1b'))
    expect(failure.class).toBe(kind)
    expect(seen.map(({ method }) => method)).toEqual(['GET'])
  })

  test('a key that is still listed was not removed', async () => {
    const { relay, ctx, adapter } = await relaySite('g1b')
    relay.faults.set(
      { method: 'DELETE', path: '*' },
      { kind: 'status', status: 200, body: { success: false, message: '不可以' } },
    )
    const removed = (await adapter.keys?.remove(ctx, access, '1', 'g1b')) ?? never()
    expect(failureIn(removed)).toMatchObject({ class: 'refused', detail: '不可以' })
  })

  test('a stop before sending is a plain one', async () => {
    const site = await odd({})
    const stopped = { ...site.ctx, signal: AbortSignal.abort() }
    const failure = failureIn(
      (await site.keys.setEnabled?.(stopped, access, '1', true, 'g1b')) ?? never(),
    )
    expect(failure.class).toBe('cancelled')
    expect(site.seen).toEqual([])
  })
})

describe('a browser that somebody else is logged in to by now', () => {
  test('makes no key at a hub', async () => {
    const site = await hubSite('done-hub')
    await site.logIn('alice')
    const ctx = switching(site, 'bob', '/api/user/self', 1)
    const draft = { remaining: null, expiresAtMs: null, modelLimits: [], ipLimits: [], group: '' }
    const options = { generation: 'done-hub', knownIds: new Set<string>(), requestId: 'r' } as const
    const made = await site.adapter.keys?.create(ctx, BY_COOKIE, { name: 'n', ...draft }, options)
    expect(failureIn(made ?? never())).toMatchObject({ class: 'identity' })
    expect(site.relay.counters.count('POST', KEYS)).toBe(0)
  })

  test('does not take a key for removed at One API', async () => {
    const site = await relaySite('one-api')
    await site.logIn('bob')
    const cookie = { kind: 'cookie', userId: '7' } as const
    const removed = (await site.adapter.keys?.remove(site.ctx, cookie, '1', 'one-api')) ?? never()
    expect(failureIn(removed)).toMatchObject({ class: 'identity' })
    expect(site.relay.state.tokens.has(1)).toBe(true)
  })
})

test.each(KEY_SITES)('%s: a session of the browser makes keys, too', async (_, open) => {
  const site = await open()
  await site.logIn('alice')
  const access = valueOf(await site.adapter.openSession(site.ctx, '7', site.generation))
  const key = await made({ ...site, access })
  expect(site.stored(key.id)).toMatchObject({ name: key.name })
})

const hubToken = { kind: 'token', userId: '7', accessToken: HUB_ALICE.accessToken ?? '' } as const

function never(): never {
  throw new Error('the family has no such operation')
}
