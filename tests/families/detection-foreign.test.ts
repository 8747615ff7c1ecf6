import type { AddressInfo } from 'node:net'
import { createServer } from 'node:http'

import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'

import { startSite } from '@/e2e/relays/farm'
import {
  notFoundServer,
  redirector,
  silentServer,
  spaEverywhere,
  staticSite,
  unrelatedApp,
} from '@/e2e/relays/foreign/sites'
import type { RequestHandler } from '@/e2e/relays/kit/site-double'
import { createShield } from '@/e2e/relays/shield/shield'
import failures from '@/locales/en/failures.json'
import type { Failure } from '@/src/domain/failure'
import { traceSchema } from '@/src/domain/trace'
import { detectAt, recognise } from '@/src/services/recognise'
import { freshDisk } from '@/tests/support/world'

import { droppingServer, drippingServer, gateway, jsonRefuser, keyServer, voApi2 } from './foreign'
import { portsAt, type Way } from './recognise-ports'
import { anyNewApi } from './subjects'

/** All of finding out which software runs somewhere, and what a timer may be late, ms. */
const DEADLINE_MS = 10_000
const LATE_MS = 1_000

const PROBES = ['/api/v1/auth/me', '/api/status']

beforeEach(freshDisk)
afterEach(() => vi.unstubAllGlobals())

async function start(site: RequestHandler): Promise<string> {
  const { origin, close } = await startSite(site)
  onTestFinished(() => close())
  return origin
}

/** What looking at a site ends with, by each of the ways there are. */
async function lookBy(way: Way, origin: string) {
  const startedAtMs = performance.now()
  const ports = await portsAt(origin, way)
  const { detected, recognition, failure } = await (way === 'detect'
    ? detectAt(ports, origin)
    : recognise(ports, { origin }))
  expect({ detected, recognition }).toEqual({ detected: null, recognition: null })
  return { failure: failure!, tookMs: performance.now() - startedAtMs }
}

const nameOf = ({ class: kind, reason }: Failure) => `${kind}/${reason ?? ''}`

/** The words a person is shown for a failure: of its reason if it has its own, else of its class. */
function sentenceOf({ class: kind, reason = '' }: Failure): string | undefined {
  const byReason: Readonly<Record<string, Record<string, { sentence: string }>>> = failures.reason
  return byReason[kind]?.[reason]?.sentence ?? failures.class[kind].sentence
}

const UNKNOWN = 'unsupported/unknown-site'

const FOREIGN: [string, () => RequestHandler, string][] = [
  ['an unrelated web application', () => unrelatedApp(), UNKNOWN],
  ['one with the title of a relay', () => unrelatedApp({ title: 'Sub2API V-API' }), UNKNOWN],
  ['a static page', staticSite, UNKNOWN],
  ['a server that knows no path', notFoundServer, UNKNOWN],
  ['a page for every path', () => spaEverywhere({ title: 'New API' }), UNKNOWN],
  ['an application that wants a login', () => jsonRefuser(401), UNKNOWN],
  ['one that forbids everything', () => jsonRefuser(403), UNKNOWN],
  ['a server of models without accounts', keyServer, UNKNOWN],
  ['VoAPI of the second version', voApi2, UNKNOWN],
  ['a gateway without a server behind', gateway, 'server/server-error'],
  ['a server that hangs up', droppingServer, 'network/unreachable'],
]

describe.each<Way>(['detect', 'worker', 'tab'])('by %s', (way) => {
  test.each(FOREIGN)('%s', async (_, create, expected) => {
    const { failure, tookMs } = await lookBy(way, await start(create()))
    expect(nameOf(failure)).toBe(expected)
    expect(sentenceOf(failure)).toMatch(/\S/)
    expect(tookMs).toBeLessThan(DEADLINE_MS)
    const trace = traceSchema.parse(failure.trace)
    expect(trace.map(({ path }) => path)).toEqual(expect.arrayContaining(PROBES))
    for (const step of trace) {
      expect(step).toMatchObject({ method: 'GET', via: way === 'tab' ? 'tab' : 'worker' })
      expect(step.proof).not.toBe('authorization')
      expect(step.outcome).not.toBe('no-answer')
    }
  })

  test('a site that moved away, and nobody follows it', async () => {
    const next = anyNewApi()
    const { failure } = await lookBy(way, await start(redirector(await start(next))))
    expect(nameOf(failure)).toBe(UNKNOWN)
    // The page script hands a redirect on as it is, where the runtime shows it: browsers do not.
    for (const { outcome, httpStatus } of failure.trace ?? []) {
      expect([outcome, httpStatus]).toContain(way === 'tab' ? 302 : 'changed-api/redirected')
    }
    expect(next.counters.total()).toBe(0)
  })

  test.each([
    ['managed', 'challenge-page'],
    ['blocked-403', 'blocked-page'],
    ['alibaba', 'challenge-page'],
  ] as const)('a protection page (%s) is no unknown site', async (mode, reason) => {
    const site = anyNewApi()
    const { failure } = await lookBy(way, await start(createShield(site, { mode })))
    expect(nameOf(failure)).toBe(way === 'worker' ? 'needs-tab/shielded' : `challenge/${reason}`)
    expect(failure.trace?.every(({ media }) => media === 'html')).toBe(true)
    expect(site.counters.total()).toBe(0)
  })
})

test('the words tell an unknown site, a slow one and a protected one apart', () => {
  const sentences = [
    { class: 'unsupported', reason: 'unknown-site' } as const,
    { class: 'network', reason: 'timeout' } as const,
    { class: 'challenge', reason: 'challenge-page' } as const,
  ].map(sentenceOf)
  expect(new Set(sentences).size).toBe(3)
})

test('an address where nobody listens', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
  await new Promise((resolve) => server.close(resolve))
  const { failure } = await lookBy('detect', origin)
  expect(nameOf(failure)).toBe('network/unreachable')
})

// Slow: the real deadline, once for all of them.
test('a server that never answers ends with the deadline', { timeout: 15_000 }, async () => {
  const silent = await start(silentServer())
  const dripping = await start(drippingServer())
  const looks = await Promise.all([
    lookBy('detect', silent),
    lookBy('worker', silent),
    lookBy('tab', silent),
    lookBy('detect', dripping),
  ])
  for (const { failure, tookMs } of looks) {
    expect(nameOf(failure)).toBe('network/timeout')
    expect(tookMs).toBeGreaterThan(DEADLINE_MS - LATE_MS)
    expect(tookMs).toBeLessThan(DEADLINE_MS + LATE_MS)
    expect(failure.trace?.length).toBeGreaterThan(0)
    expect(PROBES).toContain(failure.trace?.[0]?.path)
    for (const { outcome } of failure.trace ?? []) {
      expect(['no-answer', 'cancelled', 'network/timeout']).toContain(outcome)
    }
  }
})
