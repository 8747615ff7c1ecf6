import { describe, expect, test } from 'vitest'

import { createCliProxyApi as createClient } from '@/src/services/exports/cli-proxy-api/client'

import type { Entry, ListName } from '../../e2e/gateways/cli-proxy-api/entries'
import { createCliProxyApi, type CliProxyApi } from '../../e2e/gateways/cli-proxy-api/server'
import { failureFrom, lineTo, makeRecord, makeWish, serve } from './support'

/** What is done to the list by hand in the middle of an import, at every moment it can happen. */

const SITE = 'https://relay.example.com'

const THEIRS: Entry = { name: 'theirs', 'base-url': 'https://a.example/v1', 'x-new': { b: 1 } }
const OURS: Entry = {
  name: 'ours',
  'base-url': `${SITE}/v1`,
  'api-key-entries': [{ 'api-key': 'sk-FIRST' }],
  models: [{ name: 'gpt-5', alias: 'gpt-5' }],
}

const KEYS: Entry[] = [{ 'api-key': 'sk-EXAMPLE', 'base-url': SITE, models: [] }]

/** Each import with the requests it takes when nobody else is there. */
const IMPORTS = [
  ['a new provider', 'openai-compatible', 'openai-compatibility', [THEIRS], 'GET GET PUT GET'],
  ['a key by name', 'openai-compatible', 'openai-compatibility', [THEIRS, OURS], 'GET PATCH GET'],
  [
    'a key by position',
    'openai-compatible',
    'openai-compatibility',
    [THEIRS, OURS, { ...THEIRS, name: 'ours' }],
    'GET GET PATCH GET',
  ],
  ['a new Claude key', 'anthropic', 'claude-api-key', [], 'GET GET PUT GET'],
  ['models of a Claude key', 'anthropic', 'claude-api-key', KEYS, 'GET PATCH GET'],
  ['models of a Gemini key', 'google', 'gemini-api-key', KEYS, 'GET GET PUT GET'],
] as const

type Case = readonly [string, (typeof IMPORTS)[number][1], ListName, readonly Entry[], string]

const isAtSite = (entry: Entry) => String(entry['base-url']).startsWith(SITE)

async function start(list: ListName, entries: readonly Entry[]) {
  const { gateway, origin } = await serve(createCliProxyApi())
  gateway.lists[list] = structuredClone([...entries])
  return { gateway, client: createClient(lineTo(origin, '/v0/management', 'management-secret')) }
}

const added = { 'api-key': 'sk-ADDED', 'base-url': 'https://added.example/v1', name: 'added' }

/** Edits of another client, and how to see that one is still there. */
const EDITS: readonly [string, (gateway: CliProxyApi, list: ListName) => void, RegExp][] = [
  [
    'appends an entry',
    ({ lists }, list) => void (lists[list] = [...lists[list], added]),
    /sk-ADDED/,
  ],
  [
    'puts an entry in front',
    ({ lists }, list) => void (lists[list] = [added, ...lists[list]]),
    /sk-ADDED/,
  ],
  [
    'renames every entry',
    ({ lists }, list) =>
      void (lists[list] = lists[list].map((entry) => ({ ...entry, prefix: 'renamed' }))),
    /^(?:\[\]|(?!.*"name":"theirs"(?!.*renamed)).*)$/,
  ],
]

/**
 * The server has no revision: what is written between our last reading and a whole-list write, or
 * into the very entry that is being changed, cannot be noticed by anybody.
 */
function isBlindSpot(requests: string, at: number): boolean {
  const method = requests.split(' ')[at]
  return method === 'PUT' || method === 'PATCH'
}

const cases = IMPORTS.flatMap((one: Case) =>
  EDITS.flatMap(([what, edit, sign]) =>
    one[4]
      .split(' ')
      .map((_, at) => ({
        what,
        edit,
        sign,
        at,
        one,
        title: `${one[0]}: ${what} before request ${at}`,
      }))
      .filter(({ at }) => at > 0),
  ),
)

describe('another client', () => {
  test.each(IMPORTS)('alone, %s takes the expected requests', async (...one: Case) => {
    const [, apiType, list, entries, requests] = one
    const { gateway, client } = await start(list, entries)
    await client.place(makeRecord(), makeWish({ apiType }))
    expect(gateway.requests.map(({ method }) => method).join(' ')).toBe(requests)
  })

  test.each(cases.filter(({ one, at }) => !isBlindSpot(one[4], at)))(
    '$title, and neither edit is lost',
    async ({ one, edit, sign, at }) => {
      const [, apiType, list, entries] = one
      const { gateway, client } = await start(list, entries)
      gateway.before(at, () => {
        edit(gateway, list)
      })
      await client.place(makeRecord(), makeWish({ apiType }))
      const text = JSON.stringify(gateway.lists[list])
      expect(text).toMatch(sign)
      expect(text).toContain('sk-EXAMPLE')
      expect(text).toContain('gpt-5.2')
    },
  )

  test.each(cases.filter(({ one, at }) => one[4] === 'GET PATCH GET' && at === 1))(
    '$title, and entries of others are what was made of them',
    async ({ one, edit, at }) => {
      const [, apiType, list, entries] = one
      const { gateway, client } = await start(list, entries)
      const others = () => gateway.lists[list].filter((entry) => !isAtSite(entry))
      let theirs: Entry[] = []
      gateway.before(at, () => {
        edit(gateway, list)
        theirs = others()
      })
      await client.place(makeRecord(), makeWish({ apiType }))
      expect(JSON.stringify(gateway.lists[list])).toContain('gpt-5.2')
      expect(others()).toEqual(theirs)
    },
  )

  test('that overwrites the list with an older one is answered by a second import', async () => {
    const { gateway, client } = await start('openai-compatibility', [THEIRS])
    gateway.before(3, () => {
      gateway.lists['openai-compatibility'] = [{ ...THEIRS, prefix: 'theirs' }]
    })
    expect(await client.place(makeRecord(), makeWish())).toMatchObject({ result: 'created' })
    expect(gateway.lists['openai-compatibility']).toHaveLength(2)
    expect(gateway.lists['openai-compatibility'][0]).toEqual({ ...THEIRS, prefix: 'theirs' })
  })

  test('that writes while the import ends is told of', async () => {
    const { gateway, client } = await start('openai-compatibility', [THEIRS])
    gateway.before(3, () => {
      gateway.lists['openai-compatibility'].push(added)
    })
    expect(await client.place(makeRecord(), makeWish())).toMatchObject({ result: 'conflict' })
  })

  test('that never stops writing is given way to: nothing is written over it', async () => {
    const { gateway, client } = await start('openai-compatibility', [THEIRS])
    for (let at = 1; at < 20; at++) {
      gateway.before(at, () => {
        gateway.lists['openai-compatibility'] = [{ ...THEIRS, prefix: `v${at}` }]
      })
    }
    expect(await failureFrom(client.place(makeRecord(), makeWish()))).toEqual({
      class: 'refused',
      reason: 'gateway-conflict',
    })
    expect(gateway.requests.every(({ method }) => method === 'GET')).toBe(true)
  })

  test('that removes the provider in between makes it a new one', async () => {
    const { gateway, client } = await start('openai-compatibility', [THEIRS, OURS])
    gateway.before(1, () => {
      gateway.lists['openai-compatibility'] = [THEIRS]
    })
    expect(await client.place(makeRecord(), makeWish())).toMatchObject({ result: 'created' })
    expect(gateway.lists['openai-compatibility'][0]).toEqual(THEIRS)
  })
})

describe('a write without an answer', () => {
  test('is looked for, and counts when it arrived', async () => {
    const { gateway, client } = await start('openai-compatibility', [THEIRS])
    gateway.loseAnswer(2)
    expect(await client.place(makeRecord(), makeWish())).toMatchObject({ result: 'created' })
    expect(gateway.requests.filter(({ method }) => method === 'PUT')).toHaveLength(1)
  })

  test('is uncertain when the server is gone', async () => {
    const { gateway, client } = await start('openai-compatibility', [THEIRS])
    gateway.loseAnswer(2)
    gateway.loseAnswer(3)
    expect(await failureFrom(client.place(makeRecord(), makeWish()))).toEqual({
      class: 'interrupted',
      reason: 'uncertain',
    })
  })
})
