import { expect, test } from 'vitest'

import type { Failure } from '@/src/domain/failure'
import { createTrace, withTrace } from '@/src/net/trace'
import { failureReport } from '@/src/ui/text/trace-text'
import { healthyBody } from '@/tests/families/fuzz-answers'
import { type Call, CALLS } from '@/tests/families/fuzz-calls'
import { PLACES } from '@/tests/families/fuzz-places'
import { createRandom, type Random } from '@/tests/families/fuzz-random'
import {
  type Credentials,
  ECHOES,
  holds,
  makeCredentials,
  makeSecret,
  type Secret,
} from '@/tests/families/fuzz-secrets'
import { type Site, TRANSPORTS } from '@/tests/families/fuzz-transports'

const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_121)
const CASES = 10_000
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
}

/** One secret in one place of the answers to one call, from some request of it on. */
function makeCase(random: Random, at: number): Case {
  const call = CALLS[at % CALLS.length]!
  const place = random.pick(Object.keys(PLACES))
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
  return { name, call, place, way, credentials, secret, site }
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
function leaksOf(failure: Failure, one: Case): string[] {
  const { call, credentials, secret } = one
  const text = told(failure, one)
  const all = [secret.text, ...Object.values(credentials as unknown as Record<string, string>)]
  const leaks = all.filter((hidden) => holds(text, hidden)).map((hidden) => `told ${hidden}`)
  const { detail = '' } = failure
  const carried = call.carries.map((name) => credentials[name])
  const unsayable = secret.isShaped ? [secret.text, ...carried] : carried
  return [
    ...leaks,
    ...unsayable.filter((hidden) => holds(detail, hidden)).map((hidden) => `said ${hidden}`),
    ...SHAPES.filter((shape) => shape.test(detail)).map((shape) => `said ${String(shape)}`),
  ]
}

test('10,000 planted secrets, 0 leaks', { timeout: 120_000 }, async () => {
  const random = createRandom(SEED)
  const leaks: string[] = []
  const seen = { failures: 0, details: 0, fields: 0, classes: new Set<string>() }
  for (let at = 0; at < CASES; at += 1) {
    const one = makeCase(random, at)
    const trace = createTrace(now)
    const transport = trace.wrap(TRANSPORTS[one.way]!(ORIGIN, one.site), 'worker')
    const end = await one.call.run({ origin: ORIGIN, transport, now }, one.credentials)
    if ('shown' in end) {
      const shown = JSON.stringify(end.shown)
      if (holds(shown, one.secret.text)) leaks.push(`${one.name}: evidence`)
      continue
    }
    const failure = withTrace(end, trace.steps())
    seen.failures += 1
    if (failure.detail !== undefined) seen.details += 1
    if (failure.field !== undefined) seen.fields += 1
    seen.classes.add(failure.class)
    leaks.push(...leaksOf(failure, one).map((leak) => `${one.name}: ${leak}`))
    if (failure.class === 'internal' && one.place !== 'thrown') leaks.push(`${one.name}: internal`)
  }
  expect(leaks.slice(0, 60)).toEqual([])
  // It looked at enough: most cases fail, in most of the ways there are.
  console.log(seen)
  expect(seen.failures).toBeGreaterThan(CASES / 2)
})

test('what is searched for is found when it is there', () => {
  const secrets = Array.from({ length: 200 }, (_, at) => makeSecret(createRandom(at)))
  for (const { text } of secrets) {
    for (const echo of Object.values(ECHOES)) {
      if (text.replace(/[^a-z0-9]/gi, '').length < 8) continue
      expect(holds(`before ${echo(text)} after`, text)).toBe(true)
      expect(holds(`before ${text.toLowerCase().replaceAll('_', '-')} after`, text)).toBe(true)
    }
  }
})
