import { describe, expect, onTestFinished, test } from 'vitest'

import { createDoneHubRelay } from '@/e2e/relays/done-hub/relay'
import { startSite } from '@/e2e/relays/farm'
import type { ModelDesk } from '@/e2e/relays/models/desk'
import { createNewApiRelay, type RelayOptions } from '@/e2e/relays/new-api/relay'
import type { RequestHandler } from '@/e2e/relays/kit/site-double'
import { createSub2ApiRelay } from '@/e2e/relays/sub2api/relay'
import { createVeloeraRelay } from '@/e2e/relays/veloera/relay'
import { API_TYPES, type ApiType } from '@/src/domain/api-types'
import { API_PROBES, CLI_PROBES, type Probe, type ProbeCause } from '@/src/domain/check-run'
import type { SiteType } from '@/src/domain/site-type'
import { adapterFor } from '@/src/sites/registry'

import { startGateway } from './bench'

const SECRET = 'A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8S9t0U1v2W3x4'
const user = {
  id: 7,
  username: 'u',
  password: 'p',
  quota: 10 ** 9,
  keys: [{ name: 'k', key: SECRET, unlimited: true }],
}
const NAMES = ['gpt-4o', 'claude-sonnet-4', 'gemini-2.5-pro']

const newApi = (generation: RelayOptions['generation']) => () =>
  createNewApiRelay({ generation, users: [user] })

const hub = (variant: 'done-hub' | 'one-hub') => () =>
  createDoneHubRelay({
    variant,
    users: [user],
    models: Object.fromEntries(NAMES.map((name) => [name, ['default']])),
    prices: [
      { model: 'claude-*', type: 'tokens', channel_type: 14, input: 1, output: 1 },
      { model: 'gemini-*', type: 'tokens', channel_type: 25, input: 1, output: 1 },
    ],
  })

const veloera = () =>
  createVeloeraRelay({
    generation: 'v4',
    users: [user],
    models: NAMES.map((name) => ({ name })),
  })

type Double = RequestHandler & { readonly models: ModelDesk }

const FAMILIES: [string, SiteType, () => Double][] = [
  ['New API g1b', 'new-api', newApi('g1b')],
  ['New API g3', 'new-api', newApi('g3')],
  ['One API', 'one-api', newApi('one-api')],
  ['Veloera', 'veloera', veloera],
  ['One Hub', 'one-hub', hub('one-hub')],
  ['DoneHub', 'done-hub', hub('done-hub')],
]

const FIELD = {
  'openai-compatible': 'chat',
  openai: 'responses',
  anthropic: 'anthropic',
  google: 'google',
} as const

async function start(type: SiteType, make: () => Double, key = `sk-${SECRET}`) {
  const relay = make()
  const { origin, close } = await startSite(relay)
  onTestFinished(close)
  const { probe } = await startGateway()
  const { endpoints } = adapterFor(type).description
  const record = { baseUrl: origin, endpoints, key }
  return {
    relay,
    endpoints,
    run: (name: Probe, apiType: ApiType, model?: string) =>
      probe(name, apiType, { record, ...(model === undefined ? {} : { model }) }),
  }
}

describe.each(FAMILIES)('%s', (_, type, make) => {
  test.each(API_TYPES)('%s works, or is known not to be spoken', async (apiType) => {
    const { run, endpoints } = await start(type, make)
    for (const probe of API_PROBES) {
      const { state, cause } = await run(probe, apiType)
      // One list serves both OpenAI protocols.
      const isSpoken =
        endpoints[FIELD[apiType]] !== null || (apiType === 'openai' && probe === 'models')
      const expected = isSpoken ? ['pass', 'ok'] : ['unsupported', 'protocol-unsupported']
      expect([probe, state, cause]).toEqual([probe, ...expected])
    }
  })

  test('the requests of the three tools work where their protocol is spoken', async () => {
    const { run, endpoints } = await start(type, make)
    const places = [endpoints.anthropic, endpoints.responses, endpoints.google]
    const states = await Promise.all(CLI_PROBES.map((probe) => run(probe, 'openai-compatible')))
    expect(states.map(({ state }) => state)).toEqual(
      places.map((place) => (place === null ? 'unsupported' : 'pass')),
    )
  })

  test('a key that is not there is unauthorized, and another model not found', async () => {
    const bad = await start(type, make, 'sk-nothing')
    expect((await bad.run('text', 'openai-compatible', 'gpt-4o')).cause).toBe('unauthorized')
    const good = await start(type, make)
    expect((await good.run('text', 'openai-compatible', 'nobody-1')).cause).toBe('model-not-found')
  })
})

describe('Sub2API', () => {
  const make =
    (claudeCodeOnly = false, platform = 'anthropic', name = 'claude-sonnet-4') =>
    () =>
      createSub2ApiRelay({
        generation: 'new',
        groups: [{ id: 4, name: 'g', platform, claudeCodeOnly, models: [{ name }] }],
        users: [
          {
            id: 7,
            email: 'u@example.com',
            username: 'u',
            password: 'p',
            balance: 9,
            keys: [{ name: 'k', key: `sk-${SECRET}`, groupId: 4 }],
          },
        ],
      })

  test.each<[string, string, ApiType]>([
    ['anthropic', 'claude-sonnet-4', 'anthropic'],
    ['openai', 'gpt-4o', 'openai'],
    ['openai', 'gpt-4o', 'openai-compatible'],
    ['gemini', 'gemini-2.5-pro', 'google'],
  ])('a group of %s works with %s by %s', async (platform, name, apiType) => {
    const { run } = await start('sub2api', make(false, platform, name))
    for (const probe of API_PROBES) {
      expect([probe, (await run(probe, apiType)).cause]).toEqual([probe, 'ok'])
    }
  })

  test('a group for Claude Code only says so', async () => {
    const { run } = await start('sub2api', make(true))
    expect(await run('text', 'anthropic')).toMatchObject({
      state: 'unsupported',
      cause: 'official-clients-only' satisfies ProbeCause,
    })
  })

  test('an unpaid key has no quota', async () => {
    const { run, relay } = await start('sub2api', make())
    const { state } = relay as ReturnType<typeof createSub2ApiRelay>
    state.users.get(7)!.balance = 0
    expect((await run('text', 'anthropic', 'claude-sonnet-4')).cause).toBe('no-quota')
  })
})
