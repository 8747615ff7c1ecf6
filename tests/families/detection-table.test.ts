import { describe, expect, test } from 'vitest'

import { createAihubmix } from '@/e2e/relays/hosted/aihubmix'
import { createOpenRouter } from '@/e2e/relays/hosted/open-router'
import type { SiteDouble } from '@/e2e/relays/kit/site-double'
import { evidenceSchema } from '@/src/domain/recognition'
import type { SiteType } from '@/src/domain/site-type'
import type { SiteRequest } from '@/src/net/transport'
import { allAdapters } from '@/src/sites/registry'
import { failureIn, valueOf } from '@/tests/sites/site-client'

import { claimsOf, detected, everyVerdict, lookAt, lookAtDouble, titled, under } from './look'
import {
  anyNewApi,
  type Login,
  LOGINS,
  newApiCalled,
  relayOnlyNode,
  type Subject,
  SUBJECTS,
} from './subjects'

/** Where somebody who is logged in is asked for: a refusal there names the family's header. */
const SELF = '/api/user/self'

/** Detection only reads, proves nobody by a token, and asks a handful of things, each once. */
function expectQuiet(asked: readonly SiteRequest[], double?: SiteDouble): void {
  expect(asked.length).toBeLessThanOrEqual(5)
  expect(new Set(asked.map(({ path }) => path)).size).toBe(asked.length)
  for (const { method, changes, headers = {}, path, cookies } of asked) {
    expect({ method, changes }).toEqual({ method: 'GET', changes: undefined })
    expect(Object.keys(headers).map((name) => name.toLowerCase())).not.toContain('authorization')
    if (cookies === 'include') expect(path).toBe(SELF)
  }
  for (const request of double?.counters.requests() ?? []) {
    expect(request).toMatchObject({ method: 'GET', hadAuthorization: false, userIdHeader: null })
  }
}

async function expectFound(double: SiteDouble, login: Login, claims: readonly SiteType[]) {
  expect(await claimsOf((await lookAtDouble(double, login)).ctx)).toEqual(claims)
  double.counters.reset()
  const { found, asked } = await detected(await lookAtDouble(double, login))
  const { siteType, evidence } = valueOf(found)
  expect(siteType).toBe(claims[0])
  expect(evidence.length).toBeGreaterThan(0)
  for (const sign of evidence) expect(evidenceSchema.safeParse(sign).success).toBe(true)
  expectQuiet(asked, double)
}

/** Every subject with and without a login. */
const rows = SUBJECTS.flatMap((subject) => LOGINS.map((login) => ({ subject, login })))
const named = rows.map((row) => [row.subject.name, row.login, row.subject] as const)

describe('among all families and generations exactly the right adapter claims', () => {
  test.each(named)('%s with %s logged in', async (_, login, subject) => {
    await expectFound(subject.create(), login, subject.claims[login])
  })
})

/** A name of every product, as an operator who wants to mislead would choose it. */
const BAIT =
  'Sub2API One Hub Veloera Done Hub New API One API V-API VoAPI Super-API Rix-Api neo-Api ' +
  'ModelFlare OpenRouter AIHubMix'

const isTold = ({ titleCounts }: Subject, login: Login): boolean => !titleCounts?.[login]

describe('an operator who calls the site otherwise changes nothing', () => {
  test.each(named)('%s with %s logged in', async (_, login, subject) => {
    await expectFound(subject.create(BAIT), login, subject.claims[login])
  })
})

describe('a front page that names other products changes nothing', () => {
  const told = named.filter(([, login, subject]) => isTold(subject, login))
  test.each(told)('%s with %s logged in', async (_, login, subject) => {
    const double = subject.create(BAIT)
    const look = await lookAt(titled(double, BAIT), login === 'alice' ? double : null)
    expect(await claimsOf(look.ctx)).toEqual(subject.claims[login])
    expect(valueOf((await detected(look)).found).siteType).toBe(subject.claims[login][0])
  })

  test('but for the two relatives that differ in nothing else, to whoever is logged in', async () => {
    for (const [title, type] of [
      ['Any Router', 'any-router'],
      ['WONG公益站', 'wong'],
    ] as const) {
      for (const [login, expected] of [
        ['nobody', 'new-api'],
        ['alice', type],
      ] as const) {
        const { found } = await detected(await lookAtDouble(newApiCalled(title, 'g1b'), login))
        expect(valueOf(found).siteType).toBe(expected)
      }
      const { found } = await detected(await lookAtDouble(newApiCalled(title, 'g2'), 'alice'))
      expect(valueOf(found).siteType).toBe('new-api')
    }
  })
})

const HOSTED = [
  ['open-router', 'https://openrouter.ai', () => createOpenRouter({ users: [] })],
  ['aihubmix', 'https://aihubmix.com', () => createAihubmix({ users: [] })],
  ['aihubmix', 'https://www.aihubmix.com', () => createAihubmix({ users: [] })],
  ['aihubmix', 'https://console.aihubmix.com', () => createAihubmix({ users: [] })],
] as const

describe('a service that exists once is known by its address', () => {
  test.each(HOSTED)('%s at %s, unasked', async (type, origin, create) => {
    const look = await lookAt(create())
    expect(await claimsOf(under(origin, look))).toEqual([type])
    const { found, asked } = await detected(look, under(origin, look))
    expect(valueOf(found)).toMatchObject({ siteType: type, evidence: [{ sign: 'host' }] })
    expect(asked).toEqual([])
  })

  test.each(HOSTED)('and nowhere else: %s', async (_type, _origin, create) => {
    const look = await lookAt(create())
    expect(await claimsOf(look.ctx)).toEqual([])
    const { found, asked } = await detected(look)
    expect(failureIn(found)).toMatchObject({ class: 'unsupported', reason: 'unknown-site' })
    expectQuiet(asked)
  })

  test.each([
    ['model-flare', 'https://modelflare.dev'],
    ['any-router', 'https://anyrouter.top'],
    ['agent-router', 'https://agentrouter.org'],
  ] as const)('%s at %s, if it answers like New API', async (type, origin) => {
    const look = await lookAt(anyNewApi())
    expect(await claimsOf(under(origin, look))).toEqual([type, 'new-api'])
    const { found, asked } = await detected(look, under(origin, look))
    expect(valueOf(found).siteType).toBe(type)
    expectQuiet(asked)
  })
})

test('a node that only relays calls is DoneHub without accounts, and nothing else', async () => {
  const look = await lookAt(relayOnlyNode())
  for (const { type, said } of await everyVerdict(look.ctx)) {
    if (type === 'done-hub' || type === 'one-hub') {
      expect(failureIn(said)).toMatchObject({ class: 'unsupported', reason: 'relay-only-node' })
    } else expect(valueOf(said)).toBeNull()
  }
  const { found, asked } = await detected(look)
  expect(failureIn(found)).toMatchObject({ class: 'unsupported', reason: 'relay-only-node' })
  expectQuiet(asked)
})

test('every type is in the table', () => {
  const claimed = new Set<SiteType>([
    ...SUBJECTS.flatMap(({ claims }) => [claims.nobody[0], claims.alice[0]]),
    ...HOSTED.map(([type]) => type),
    'agent-router',
  ])
  expect(allAdapters.map(({ description }) => description.type).sort()).toEqual([...claimed].sort())
})
