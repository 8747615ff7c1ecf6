import { expect, test } from 'vitest'

import type { NewApiRelay } from '@/e2e/relays/new-api/relay'

import {
  codeNamed,
  codesNamed,
  CREDIT,
  redeemWorld,
  type RedeemWorker,
  type RedeemWorld,
  siteWith,
  startWith,
  unused,
} from './redeem-world'

const MINUTE_MS = 60_000

const posts = (relay: NewApiRelay) =>
  relay.counters
    .requests()
    .filter(({ method, route }) => `${method} ${route}` === 'POST /api/user/topup')

/** Most of these that lie within 20 minutes. */
function mostInWindow(times: readonly number[]): number {
  const inWindow = times.map(
    (fromMs) => times.filter((atMs) => atMs >= fromMs && atMs < fromMs + 20 * MINUTE_MS).length,
  )
  return Math.max(0, ...inWindow)
}

/** Lets time pass until a batch is over; at each wait the browser ends the worker. */
async function untilOver(
  world: RedeemWorld,
  first: RedeemWorker,
  id: string,
): Promise<RedeemWorker> {
  let worker = first
  for (let turn = 0; turn < 60; turn += 1) {
    const { state, resumeAtMs } = await worker.batch(id)
    if (state === 'done') return worker
    expect(state).toBe('waiting')
    expect(await worker.redeemer.chore.nextAtMs()).toBe(resumeAtMs)
    world.clock.nowMs = resumeAtMs ?? 0
    worker.worker.life.isAlive = false
    worker = await world.start()
    await worker.redeemer.chore.wakeUp()
    await worker.redeemer.idle()
  }
  throw new Error('never over')
}

test('fifty codes, of which ten are unknown, five used and five limited, end as they should', async () => {
  const world = await redeemWorld()
  const good = codesNamed('good', 30)
  const used = codesNamed('used', 5)
  const limited = codesNamed('limit', 5)
  const invalid = codesNamed('wrong', 10)
  const relay = await world.keys.relay(
    'site',
    siteWith(
      [
        ...unused([...good, ...limited]),
        ...used.map((code) => ({ code, quota: CREDIT, status: 3 as const })),
      ],
      { rateLimits: 'contract' },
    ),
  )
  world.onSend = (code) => {
    if (limited.includes(code)) {
      relay.faults.set({ path: '/api/user/topup' }, { kind: 'rate-limit' }, 1)
    }
  }
  // In an order in which each kind meets each other one.
  const codes = [...good, ...used, ...limited, ...invalid].sort((a, b) =>
    [...a].reverse().join('') < [...b].reverse().join('') ? -1 : 1,
  )
  const started = await startWith(world, 'site')
  const id = await started.run(codes, started.accounts)
  const worker = await untilOver(world, started, id)

  const view = await worker.batch(id)
  const expected = codes.map((code) => {
    if (good.includes(code)) return 'redeemed'
    if (used.includes(code)) return 'used'
    return limited.includes(code) ? 'limited' : 'invalid'
  })
  expect(view.codes.map(({ state }) => state)).toEqual(expected)
  const failures = view.codes.filter(({ failure }) => failure).map(({ failure }) => failure)
  expect(failures).toHaveLength(5)
  for (const failure of failures) expect(failure).toMatchObject({ class: 'limit', httpStatus: 429 })

  expect(relay.books.codes.map(({ code }) => code).sort()).toEqual([...good].sort())
  const calls = posts(relay)
  // Each code once, and a limited one three times.
  expect(calls).toHaveLength(45 + 3 * 5)
  expect(mostInWindow(calls.map(({ atMs }) => atMs))).toBeLessThanOrEqual(15)
  expect(calls.filter(({ status }) => status === 429)).toHaveLength(15)
  expect(world.refreshed).toEqual(started.accounts)
  const { records } = await worker.worker.vault.loadAll('journal')
  expect(records).toMatchObject([
    {
      state: 'partly',
      lines: [{ counts: { redeemed: 30, used: 5, limited: 5, invalid: 10 }, reward: 30 * CREDIT }],
    },
  ])
})

test('our own budget lets a batch wait and counts against no code', async () => {
  const world = await redeemWorld()
  const codes = codesNamed('many', 40)
  const relay = await world.keys.relay('site', siteWith(unused(codes), { rateLimits: 'contract' }))
  const started = await startWith(world, 'site')
  const id = await started.run(codes, started.accounts)
  const first = await started.batch(id)
  expect(first).toMatchObject({
    state: 'waiting',
    resumeAtMs: world.clock.nowMs + 20 * MINUTE_MS,
  })
  expect(first.codes.filter(({ state }) => state === 'redeemed')).toHaveLength(15)
  expect(first.codes.filter(({ state }) => state === 'waiting')).toHaveLength(25)
  const worker = await untilOver(world, started, id)
  expect(relay.books.codes).toHaveLength(40)
  const calls = posts(relay)
  expect(calls.every(({ status }) => status === 200)).toBe(true)
  expect(mostInWindow(calls.map(({ atMs }) => atMs))).toBe(15)
  const { records } = await worker.worker.vault.loadAll('sentCodes')
  expect(records).toHaveLength(40)
})

test('a batch at another site does not wait for the one that waits', async () => {
  const world = await redeemWorld()
  const codes = codesNamed('many', 16)
  const other = codeNamed('other')
  await world.keys.relay('site', siteWith(unused(codes)))
  await world.keys.relay('free', siteWith(unused([other])))
  const worker = await startWith(world, 'site', 'free')
  const [one = '', two = ''] = worker.accounts
  const slow = await worker.run(codes, [one])
  const quick = await worker.run([other], [two])
  expect(await worker.batch(slow)).toMatchObject({ state: 'waiting' })
  expect(await worker.batch(quick)).toMatchObject({ state: 'done', codes: [{ state: 'redeemed' }] })
})

test('a batch that waits may be stopped, and is not woken again', async () => {
  const world = await redeemWorld()
  const codes = codesNamed('many', 16)
  const relay = await world.keys.relay('site', siteWith(unused(codes)))
  const worker = await startWith(world, 'site')
  const id = await worker.run(codes, worker.accounts)
  await worker.redeemer.stop(id)
  expect(await worker.redeemer.chore.nextAtMs()).toBeNull()
  expect(world.refreshed).toEqual(worker.accounts)
  world.clock.nowMs += 24 * 60 * MINUTE_MS
  await worker.redeemer.chore.wakeUp()
  await worker.redeemer.idle()
  expect(relay.books.codes).toHaveLength(15)
  expect((await worker.statesOf(id)).at(-1)).toBe('failed')
})

test('a site that is busy is asked again after a while', async () => {
  const world = await redeemWorld()
  const code = codeNamed('busy')
  const relay = await world.keys.relay('site', siteWith(unused([code])))
  const started = await startWith(world, 'site')
  // A redemption of the same user is under way, in the site's own page.
  relay.state.redeeming.add(7)
  const id = await started.run([code], started.accounts)
  expect(await started.batch(id)).toMatchObject({
    state: 'waiting',
    resumeAtMs: world.clock.nowMs + MINUTE_MS,
    codes: [{ state: 'waiting' }],
  })
  relay.state.redeeming.clear()
  const worker = await untilOver(world, started, id)
  expect(await worker.statesOf(id)).toEqual(['redeemed'])
})

test('a clock that was set back does not make a batch wait for years', async () => {
  const world = await redeemWorld()
  const codes = codesNamed('many', 16)
  await world.keys.relay('site', siteWith(unused(codes)))
  const worker = await startWith(world, 'site')
  const id = await worker.run(codes, worker.accounts)
  world.clock.nowMs -= 400 * 24 * 60 * MINUTE_MS
  await worker.redeemer.chore.wakeUp()
  await worker.redeemer.idle()
  const { resumeAtMs = 0 } = await worker.batch(id)
  expect(resumeAtMs - world.clock.nowMs).toBeLessThanOrEqual(20 * MINUTE_MS)
})
