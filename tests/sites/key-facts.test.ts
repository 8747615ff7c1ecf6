import { describe, expect, test } from 'vitest'

import { RELATIVES } from '@/e2e/relays/new-api/relay'
import type { Generation, SiteType } from '@/src/domain/site-type'
import { withLate } from '@/src/sites/late-registry'
import { adapterFor } from '@/src/sites/registry'
import { sendJson, startLoopback, success } from '@/tests/net/loopback'

import { BY_COOKIE, BY_TOKEN, hubSite, switching } from './done-hub-client'
import { ALICE, failureIn, relaySite, siteAt, tokenOf, valueOf } from './site-client'
import { veloeraSite } from './veloera-client'

const access = tokenOf(ALICE)

describe('what a form may offer', () => {
  const limits = ['name', 'remaining', 'expiresAtMs', 'modelLimits', 'ipLimits']

  test.each<[SiteType, Generation, number, string, string, string, string[]]>([
    ['one-api', 'one-api', 30, 'none', 'range', 'listed', []],
    ['new-api', 'g0', 30, 'optional', 'address', 'listed', ['group']],
    ['new-api', 'g1', 50, 'optional', 'range', 'reveal', ['group', 'crossGroupRetry']],
    ['new-api', 'g1a', 50, 'optional', 'range', 'listed', ['group', 'crossGroupRetry']],
    ['new-api', 'g1b', 50, 'optional', 'range', 'reveal', ['group', 'crossGroupRetry']],
    ['new-api', 'g2', 50, 'optional', 'range', 'reveal', ['group', 'crossGroupRetry']],
    ['new-api', 'g4', 50, 'optional', 'range', 'reveal', ['group', 'crossGroupRetry']],
    ['any-router', 'g0', 30, 'optional', 'address', 'listed', ['group']],
    ['veloera', 'veloera-v3', 30, 'optional', 'address', 'listed', ['group']],
    ['done-hub', 'done-hub', 30, 'optional', 'range', 'listed', ['group', 'backupGroup']],
    ['one-hub', 'one-hub', 30, 'optional', 'range', 'listed', ['group', 'backupGroup']],
  ])('%s %s', (type, generation, nameBytes, groups, ipForm, secret, more) => {
    const fields = [...limits, ...more]
    expect(withLate(adapterFor(type)).keys?.features(generation)).toEqual({
      create: fields,
      edit: fields,
      nameBytes,
      groups,
      ipForm,
      secret,
      expiryInDays: false,
      canDisable: true,
      canRemove: true,
    })
  })

  test.each<[SiteType, boolean]>([
    ['one-api', false],
    ['veloera', false],
    ['done-hub', false],
    ['new-api', true],
    ['wong', true],
  ])('%s shows hidden keys: %s', (type, isThere) => {
    const { reveal, prove } = withLate(adapterFor(type)).keys ?? {}
    expect([reveal !== undefined, prove !== undefined]).toEqual([isThere, isThere])
  })
})

describe('limits a list tells of', () => {
  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    [
      'lines',
      { allow_ips: '203.0.113.7\n198.51.100.0/24\n' },
      { ipLimits: ['203.0.113.7', '198.51.100.0/24'] },
    ],
    [
      'commas',
      { allow_ips: '203.0.113.7, 203.0.113.8' },
      { ipLimits: ['203.0.113.7', '203.0.113.8'] },
    ],
    ['null', { allow_ips: null }, { ipLimits: [] }],
    [
      "One API's subnet",
      { subnet: '10.0.0.0/8,2001:db8::/32' },
      { ipLimits: ['10.0.0.0/8', '2001:db8::/32'] },
    ],
    ['a retry in other groups', { cross_group_retry: true }, { crossGroupRetry: true }],
    ['no word of it', {}, { ipLimits: [], crossGroupRetry: undefined }],
  ])('%s', async (_, part, expected) => {
    const row = {
      id: 1,
      user_id: 7,
      name: 'k',
      key: 'k'.repeat(48),
      status: 1,
      created_time: 1,
      accessed_time: 1,
      expired_time: -1,
      remain_quota: 1,
      used_quota: 0,
      unlimited_quota: false,
      ...part,
    }
    const server = await startLoopback((_request, response) => {
      sendJson(response, success([row]))
    })
    const { adapter, ctx } = siteAt(server.origin, 'new-api')
    const [key] = valueOf(await adapter.listApiKeys(ctx, access, 'g1a')).keys
    expect({ crossGroupRetry: undefined, ...key }).toMatchObject(expected)
  })
})

describe('models', () => {
  test("V-API's own list, or the family's", async () => {
    const site = await relaySite('g1b', { relative: RELATIVES['v-api'] })
    const { keys } = withLate(adapterFor('v-api'))
    expect(valueOf((await keys?.fetchModels(site.ctx, access)) ?? never())).toContain('gpt-4o')
    expect(site.relay.counters.requests().map(({ path }) => path)).toEqual([
      '/api/user/available_models',
    ])
    const plain = await relaySite('g1b')
    expect(valueOf((await keys?.fetchModels(plain.ctx, access)) ?? never())).toContain('gpt-4o')
  })

  test('a refusal is not taken for a missing list', async () => {
    const site = await relaySite('one-api')
    site.relay.faults.set({ path: '/api/user/available_models' }, { kind: 'status', status: 500 })
    const models = (await site.adapter.keys?.fetchModels(site.ctx, access)) ?? never()
    expect(failureIn(models)).toMatchObject({ class: 'server' })
  })

  test('null is none, and names are there once', async () => {
    let data: unknown = null
    const server = await startLoopback((_, response) => {
      sendJson(response, success(data))
    })
    const { adapter, ctx } = siteAt(server.origin, 'veloera')
    const ask = async () => valueOf((await adapter.keys?.fetchModels(ctx, access)) ?? never())
    expect(await ask()).toEqual([])
    data = ['a', 'b', 'a', ' ', '']
    expect(await ask()).toEqual(['a', 'b'])
  })

  test("a hub's are the names that can be called, for a cookie those of the own group, too", async () => {
    const models = { 'gpt-4o': ['default'], 'claude-*': ['default'], private: ['vip'] }
    const groups = { default: { ratio: 1 }, vip: { ratio: 1, public: false } }
    const site = await hubSite('done-hub', { models, groups })
    const ask = async (who: typeof BY_TOKEN, ctx = site.ctx) =>
      (await site.adapter.keys?.fetchModels(ctx, who)) ?? never()
    expect(valueOf(await ask(BY_TOKEN))).toEqual(['gpt-4o'])
    await site.logIn('alice')
    expect(valueOf(await ask(BY_COOKIE))).toEqual(['gpt-4o', 'private'])
    const switched = switching(site, 'bob', '/api/available_model', 1)
    expect(failureIn(await ask(BY_COOKIE, switched))).toMatchObject({ class: 'identity' })
  })
})

describe('chat links', () => {
  const cherry = 'cherrystudio://providers/api-keys?v=1&data={cherryConfig}'

  test('of New API and its relatives, in their order', async () => {
    const chats = [{ 'Cherry Studio': cherry }, { '聊天 “A”': 'https://chat.example/?k={key}' }]
    const { ctx, adapter } = await relaySite('g1b', { chats })
    const expected = [
      { name: 'Cherry Studio', template: cherry },
      { name: '聊天 “A”', template: 'https://chat.example/?k={key}' },
    ]
    for (const one of [adapter, withLate(adapterFor('any-router'))]) {
      expect(valueOf((await one.fetchChatLinks?.(ctx)) ?? never())).toEqual(expected)
    }
  })

  test('of Veloera', async () => {
    const { ctx, adapter } = await veloeraSite('v4')
    expect(valueOf((await adapter.fetchChatLinks?.(ctx)) ?? never())).toEqual([
      { name: 'Example Chat', template: 'https://chat.example/?key={key}&base={address}' },
    ])
  })

  test('of a hub: those that are shown, sorted, and the chat page', async () => {
    const chatLinks = [
      { name: 'second', url: 'https://b.example/#{server}', show: true, sort: 2 },
      { name: 'hidden', url: 'https://c.example/', show: false, sort: 0 },
      { name: 'first', url: 'https://a.example/?k={key}', show: true, sort: 1 },
    ]
    const { ctx, adapter } = await hubSite('one-hub', { chatLinks, chatLink: 'https://d.example/' })
    expect(valueOf((await adapter.fetchChatLinks?.(ctx)) ?? never())).toEqual([
      { name: 'first', template: 'https://a.example/?k={key}' },
      { name: 'second', template: 'https://b.example/#{server}' },
      {
        name: 'd.example',
        template: 'https://d.example/#/?settings={"key":"{key}","url":"{address}"}',
      },
    ])
  })

  test.each(['', 'not an address'])('One API with the page "%s" has none', async (chatLink) => {
    const { ctx, adapter } = await relaySite('one-api', { chatLink })
    expect(valueOf((await adapter.fetchChatLinks?.(ctx)) ?? never())).toEqual([])
  })

  test('One API names the page of a chat client', async () => {
    const { ctx, adapter } = await relaySite('one-api', { chatLink: 'https://chat.example' })
    expect(valueOf((await adapter.fetchChatLinks?.(ctx)) ?? never())).toEqual([
      {
        name: 'chat.example',
        template: 'https://chat.example/#/?settings={"key":"{key}","url":"{address}"}',
      },
    ])
  })

  test.each<[SiteType, Record<string, unknown>]>([
    [
      'new-api',
      { chats: [{ a: 5 }, null, 'x', { '': 'https://a.example' }, { long: 'x'.repeat(5000) }] },
    ],
    ['new-api', { chats: '[]' }],
    ['new-api', {}],
    ['one-hub', { chat_links: '{"a":1}', chat_link: 7 }],
    ['one-hub', { chat_links: 'no json' }],
    ['done-hub', { chat_links: '[{"name":"a"},{"url":"https://a.example"},3]' }],
  ])('%s with %j has none', async (type, data) => {
    const server = await startLoopback((_request, response) => {
      sendJson(response, success(data))
    })
    const { adapter, ctx } = siteAt(server.origin, type)
    expect(valueOf((await adapter.fetchChatLinks?.(ctx)) ?? never())).toEqual([])
  })
})

function never(): never {
  throw new Error('the family has no such operation')
}
