import { describe, expect, test } from 'vitest'

import { failureOf, raise } from '@/src/domain/failure'
import { backedOff, createBackOff } from '@/src/net/back-off'
import type { SiteRequest, SiteResponse, Transport } from '@/src/net/transport'

const ORIGIN = 'https://relay.example'
const GET: SiteRequest = { method: 'GET', path: '/api/x', cookies: 'omit', budget: 'general' }

const answer = (status: number): SiteResponse => ({
  status,
  contentType: 'application/json',
  header: () => null,
  text: '{}',
})

/** A site whose next answers are scripted, behind a back-off with a clock of its own. */
function makeSite(load?: () => Promise<unknown>) {
  const clock = { nowMs: 1_000_000 }
  let saved: unknown
  const backOff = createBackOff({
    now: () => clock.nowMs,
    random: () => 0,
    ...(load ? { load } : {}),
    save: (state) => {
      saved = state
      return Promise.resolve()
    },
  })
  const script: (() => SiteResponse)[] = []
  let sent = 0
  const direct: Transport = () => {
    sent += 1
    const next = script.shift()
    return Promise.resolve().then(() => (next ? next() : answer(200)))
  }
  const transport = backedOff(direct, ORIGIN, backOff, () => clock.nowMs)
  return {
    clock,
    backOff,
    saved: () => saved,
    sent: () => sent,
    script,
    ask: async () => {
      clock.nowMs += 1
      try {
        return (await transport(GET)).status
      } catch (thrown) {
        return failureOf(thrown)
      }
    },
  }
}

const dead = () => raise({ class: 'network', reason: 'unreachable' })

describe('a site that cannot be reached', () => {
  test('rests at once, longer each time, and at most half an hour', async () => {
    const site = makeSite()
    const waits: number[] = []
    for (let turn = 0; turn < 12; turn += 1) {
      site.script.push(dead)
      await site.ask()
      const rest = site.backOff.restOf(ORIGIN)
      expect(rest?.class).toBe('network')
      waits.push((rest?.untilMs ?? 0) - site.clock.nowMs)
      site.clock.nowMs = (rest?.untilMs ?? 0) + 1
    }
    expect(waits.slice(0, 4)).toEqual([15_000, 30_000, 60_000, 120_000])
    expect(Math.max(...waits)).toBe(30 * 60_000)
    expect(site.sent()).toBe(12)
  })

  test('is not asked while it rests; the refusal says until when', async () => {
    const site = makeSite()
    site.script.push(dead)
    await site.ask()
    const failure = await site.ask()
    expect(failure).toMatchObject({ class: 'network', reason: 'resting', path: '/api/x' })
    expect(failure).toHaveProperty('retryAtMs', site.backOff.restOf(ORIGIN)?.untilMs)
    expect(site.sent()).toBe(1)
  })

  test('counts requests that ran side by side as one failure', async () => {
    const site = makeSite()
    site.script.push(dead, dead, dead)
    await Promise.all([site.ask(), site.ask(), site.ask()])
    const rest = site.backOff.restOf(ORIGIN)
    expect((rest?.untilMs ?? 0) - site.clock.nowMs).toBeLessThanOrEqual(15_000)
  })

  test('is asked at once when the user wants it, and goes on counting', async () => {
    const site = makeSite()
    site.script.push(dead, dead)
    await site.ask()
    site.backOff.forgive([ORIGIN])
    await site.ask()
    expect(site.sent()).toBe(2)
    expect((site.backOff.restOf(ORIGIN)?.untilMs ?? 0) - site.clock.nowMs).toBe(30_000)
  })

  test('is as good as new after one good answer', async () => {
    const site = makeSite()
    site.script.push(dead)
    await site.ask()
    site.backOff.forgive()
    expect(await site.ask()).toBe(200)
    expect(site.backOff.restOf(ORIGIN)).toBeNull()
    expect(site.saved()).toEqual({})
  })
})

describe('a site that fails by itself', () => {
  test('rests only when nothing works there any more', async () => {
    const site = makeSite()
    const broken = () => answer(503)
    site.script.push(broken, broken, () => answer(200), broken, broken)
    for (let turn = 0; turn < 5; turn += 1) await site.ask()
    expect(site.backOff.restOf(ORIGIN)).toBeNull()
    site.script.push(broken)
    expect(await site.ask()).toBe(503)
    expect(site.backOff.restOf(ORIGIN)?.class).toBe('server')
    expect(await site.ask()).toMatchObject({ class: 'server', reason: 'resting' })
  })

  test.each([400, 401, 403, 404, 429])('status %d is no reason to rest', async (status) => {
    const site = makeSite()
    for (let turn = 0; turn < 5; turn += 1) {
      site.script.push(() => answer(status))
      expect(await site.ask()).toBe(status)
    }
  })
})

test('a rest outlives the worker, and nonsense in its place counts as none', async () => {
  const first = makeSite()
  first.script.push(dead)
  await first.ask()
  const second = makeSite(() => Promise.resolve(first.saved()))
  expect(await second.ask()).toMatchObject({ reason: 'resting' })
  const third = makeSite(() => Promise.resolve({ [ORIGIN]: { class: 'bad' } }))
  expect(await third.ask()).toBe(200)
})

test('cancelled, limited and refused requests say nothing about the site', async () => {
  const site = makeSite()
  for (const failure of [
    { class: 'cancelled' },
    { class: 'limit' },
    { class: 'access' },
  ] as const) {
    site.script.push(() => raise(failure))
    expect(await site.ask()).toMatchObject(failure)
  }
  expect(site.backOff.restOf(ORIGIN)).toBeNull()
})
