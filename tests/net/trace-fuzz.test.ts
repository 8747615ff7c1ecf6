import { expect, test } from 'vitest'

import type { Failure } from '@/src/domain/failure'
import { createTrace, withTrace } from '@/src/net/trace'
import type { SiteRequest } from '@/src/net/transport'
import { failureReport } from '@/src/ui/text/trace-text'
import { healthyBody } from '@/tests/families/fuzz-answers'
import { type Call, CALLS } from '@/tests/families/fuzz-calls'
import { PLACES } from '@/tests/families/fuzz-places'
import { createRandom, type Random } from '@/tests/families/fuzz-random'
import {
  type Credentials,
  ECHOES,
  makeCredentials,
  makeSecret,
  searchIn,
  type Secret,
} from '@/tests/families/fuzz-secrets'
import { type Site, TRANSPORTS } from '@/tests/families/fuzz-transports'

/** Another one is given by the environment, to look further. */
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_121)
/** Secrets that are planted in what ends as a failure; as many again are planted in vain. */
const PLANTED = 10_000
const ORIGIN = 'https://relay.example'

const now = () => Date.now()

/** What no words of a site may look like when they are shown. */
const SHAPES = [
  /eyJ[\w-]{5,}/,
  /\bsk-[\w-]{6,}/,
  /[0-9a-f]{16,}/i,
  /[\w+/=~-]{24,}/,
  /[^\s@]+@[^\s@]+\.[a-z]{2,}/i,
]

interface Case {
  readonly name: string
  readonly call: Call
  readonly place: string
  readonly way: string
  readonly credentials: Credentials
  /** What was planted, before it was disguised. */
  readonly secret: Secret
  readonly site: Site
  /** Whether an answer with the secret was given. */
  readonly isPlanted: () => boolean
}

/** One secret in one place of the answers to one call, from some request of it on. */
function makeCase(random: Random, at: number): Case {
  const call = CALLS[at % CALLS.length]!
  // Maps whose keys are the site's are few.
  const hasMap = call.name.startsWith('fetchGroups') && random.once(3)
  const place = random.pick(hasMap ? ['a key of a map'] : Object.keys(PLACES))
  const way = random.pick(['bare', ...Object.keys(TRANSPORTS)])
  const credentials = makeCredentials(random)
  const isEcho = call.carries.length > 0 && random.once(2)
  const carried = isEcho ? random.pick(call.carries) : null
  const secret = carried
    ? { kind: carried, text: credentials[carried], isShaped: false }
    : makeSecret(random)
  const echo = random.once(2) ? 'raw' : random.pick(Object.keys(ECHOES))
  const spared = random.pick([0, 0, 0, 1, 2])
  let answered = 0
  const site: Site = (path) => {
    answered += 1
    const body = path === '/' ? {} : healthyBody(call.family, path, now())
    if (answered <= spared) {
      return {
        status: 200,
        contentType: 'application/json',
        headers: {},
        text: JSON.stringify(body),
      }
    }
    return PLACES[place]!({ secret: ECHOES[echo]!(secret.text), body, random })
  }
  const name = `seed ${SEED} case ${at}: ${call.family} ${call.name}, ${secret.kind} ${echo} in ${place}, ${way}`
  const isPlanted = () => answered > spared
  return { name, call, place, way, credentials, secret, site, isPlanted }
}

/** Everything but the site's own words, as it is stored and as it is copied. */
function told({ detail: _, ...failure }: Failure, { call }: Case): string {
  const { family: siteType, generation } = call
  const leaves: unknown[] = []
  JSON.stringify(failure, (_key, value: unknown) => {
    leaves.push(value)
    return value
  })
  const texts = leaves.filter((leaf) => typeof leaf === 'string')
  return [JSON.stringify(failure), ...texts, failureReport(failure, { siteType, generation })].join(
    '\n',
  )
}

/**
 * What got out. The site's words (`detail`) are shown to the user and never copied: they hide what
 * the call carried and whatever has the form of a token, while a password that only the site knows
 * of cannot be told from other words.
 */
function leaksOf(failure: Failure, one: Case, carried: readonly string[]): string[] {
  const { credentials, secret } = one
  const { detail = '' } = failure
  const isSaid = searchIn(detail)
  const leaks = [
    ...[secret.text, ...textsOf(credentials)].filter(searchIn(told(failure, one))),
    ...carried.filter(isSaid),
    ...(secret.isShaped && isSaid(secret.text) ? [secret.text] : []),
    ...SHAPES.filter((shape) => shape.test(detail)).map(String),
  ]
  if (failure.class === 'internal' && one.place !== 'thrown') leaks.push('a defect of ours')
  return leaks.map((leak) => `${one.name}: ${leak}`)
}

const textsOf = (credentials: Credentials): string[] =>
  Object.values(credentials as unknown as Record<string, string>)

/** The credentials that travelled with these requests. */
function carriedBy(requests: readonly SiteRequest[], credentials: Credentials): string[] {
  const strings: string[] = []
  JSON.stringify(requests, (_key, value: unknown) => {
    if (typeof value === 'string') strings.push(value)
    return value
  })
  return textsOf(credentials).filter((text) => strings.some((one) => one.includes(text)))
}

/** How one case failed and what of it got out; `null` = nothing was planted, or it did no harm. */
async function play(one: Case): Promise<{ failure: Failure; leaks: string[] } | null> {
  const trace = createTrace(now)
  const asked: SiteRequest[] = []
  const transport = trace.wrap(TRANSPORTS[one.way]!(ORIGIN, one.site), 'worker')
  const ctx = {
    origin: ORIGIN,
    transport: (request: SiteRequest) => {
      asked.push(request)
      return transport(request)
    },
    now,
  }
  const end = await one.call.run(ctx, one.credentials)
  if ('shown' in end) {
    // Signs of the software are the one thing a success shows in words of ours.
    expect(searchIn(JSON.stringify(end.shown))(one.secret.text), one.name).toBe(false)
    return null
  }
  if (!one.isPlanted()) return null
  const failure = withTrace(end, trace.steps())
  return { failure, leaks: leaksOf(failure, one, carriedBy(asked, one.credentials)) }
}

test('10,000 planted secrets, 0 leaks', { timeout: 120_000 }, async () => {
  const random = createRandom(SEED)
  const leaks: string[] = []
  const failures: Failure[] = []
  const places = new Set<string>()
  const families = new Set<string>()
  for (let at = 0; failures.length < PLANTED; at += 1) {
    const one = makeCase(random, at)
    const played = await play(one)
    if (!played) continue
    failures.push(played.failure)
    leaks.push(...played.leaks)
    places.add(one.place)
    families.add(one.call.family)
  }
  expect(leaks.slice(0, 20)).toEqual([])
  expect([...places].sort()).toEqual(Object.keys(PLACES).sort())
  expect(families.size).toBe(new Set(CALLS.map(({ family }) => family)).size)
  // It came far enough to have something to say.
  expect(new Set(failures.map((failure) => failure.class)).size).toBeGreaterThan(10)
  expect(failures.filter(({ detail }) => detail !== undefined).length).toBeGreaterThan(1_000)
  expect(failures.filter(({ field }) => field !== undefined).length).toBeGreaterThan(500)
  expect(failures.filter(({ field }) => field?.includes('*')).length).toBeGreaterThan(20)
})

test('what is searched for is found when it is there', () => {
  const secrets = Array.from({ length: 200 }, (_, at) => makeSecret(createRandom(at)))
  for (const { text } of secrets) {
    for (const echo of Object.values(ECHOES)) {
      if (text.replace(/[^a-z0-9]/gi, '').length < 8) continue
      expect(searchIn(`before ${echo(text)} after`)(text)).toBe(true)
      expect(searchIn(`before ${text.toLowerCase().replaceAll('_', '-')} after`)(text)).toBe(true)
    }
  }
})
