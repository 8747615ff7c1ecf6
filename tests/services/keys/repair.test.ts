import { describe, expect, test } from 'vitest'

import type { NewApiRelay } from '@/e2e/relays/new-api/relay'
import type { Repair } from '@/src/domain/chore'

import { aliceWith, fullKey, type KeyWorld, keyWorld } from './key-world'
import type { Worker } from './key-worker'

const WINDOW_MS = 20 * 60_000
const REVEAL = '/api/token/:id/key'
const BATCH = '/api/token/batch/keys'

const reveals = (relay: NewApiRelay) =>
  relay.counters.requests().filter(({ route }) => route === REVEAL || route === BATCH)

/** Most reveals inside any window of the server's critical bucket. */
function mostPerWindow(relay: NewApiRelay): number {
  const times = reveals(relay).map(({ atMs }) => atMs)
  const counts = times.map(
    (from) => times.filter((atMs) => atMs >= from && atMs < from + WINDOW_MS).length,
  )
  return Math.max(0, ...counts)
}

/** How many keys are in which state. */
function statesOf(repair: Repair | null): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { state } of repair?.keys ?? []) counts[state] = (counts[state] ?? 0) + 1
  return counts
}

async function expectAllKnown(worker: Worker, relay: NewApiRelay, accountId: string) {
  const { lists } = await worker.keys.lists()
  const rows = lists.find((list) => list.accountId === accountId)?.rows ?? []
  expect(rows.every(({ secret }) => secret === 'known')).toBe(true)
  for (const { id } of rows) {
    expect(await worker.keys.secretOf({ accountId, keyId: id })).toBe(fullKey(relay, id))
  }
}

/** The clock reaches the alarm, and the browser wakes a worker. */
function untilAlarm(world: KeyWorld): void {
  world.clock.nowMs = Math.max(world.clock.nowMs, world.alarm.atMs ?? 0)
}

async function logInAsUser(world: KeyWorld, name: string): Promise<number> {
  const response = await fetch(`${world.origin(name)}/api/user/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'alice', password: 'correct horse' }),
  })
  return response.status
}

describe('60 masked keys of a site without a call for many', () => {
  test('are completed over time, 15 per window, and the user can log in all the while', async () => {
    const world = await keyWorld()
    const relay = await world.relay('site', {
      generation: 'g1b',
      hasBatchReveal: false,
      users: [aliceWith(60)],
    })
    let worker = await world.start()
    const accountId = await world.account(worker, 'site')
    await worker.repair.start()
    await worker.repair.idle()
    const starts = world.clock.nowMs
    let waves = 0
    while ((await worker.repair.state())?.state === 'waiting') {
      waves += 1
      const { resumeAtMs } = (await worker.repair.state()) ?? {}
      expect(world.alarm.atMs).toBe(resumeAtMs)
      // Three more of the bucket are the user's own.
      for (let login = 0; login < 3; login += 1) {
        expect(await logInAsUser(world, 'site')).toBe(200)
      }
      const asked = relay.counters.total()
      await worker.repair.wakeUp()
      await worker.repair.idle()
      expect(relay.counters.total()).toBe(asked)
      untilAlarm(world)
      // The worker slept and died: another one is woken by the alarm.
      worker.life.isAlive = false
      worker = await world.start()
      await worker.repair.wakeUp()
      await worker.repair.idle()
    }
    const repair = await worker.repair.state()
    expect(repair).toMatchObject({ state: 'done', accounts: [{ accountId, state: 'done' }] })
    expect(statesOf(repair)).toEqual({ completed: 60 })
    expect(world.alarm.atMs).toBeNull()
    expect(waves).toBe(4)
    expect(world.clock.nowMs - starts).toBeLessThanOrEqual(4 * WINDOW_MS)
    expect(mostPerWindow(relay)).toBeLessThanOrEqual(15)
    expect(relay.counters.requests().filter(({ status }) => status === 429)).toEqual([])
    // One try for the call for many, and no key twice.
    expect(relay.counters.count('POST', REVEAL)).toBe(60)
    expect(reveals(relay)).toHaveLength(61)
    await expectAllKnown(worker, relay, accountId)
  }, 60_000)

  test('are never asked for again once they are completed, whenever the worker dies', async () => {
    const world = await keyWorld()
    const relay = await world.relay('site', {
      generation: 'g1b',
      hasBatchReveal: false,
      users: [aliceWith(60)],
    })
    let worker = await world.start()
    const accountId = await world.account(worker, 'site')
    void worker.repair.start()
    let lives = 0
    let known = new Set<string>()
    // Every worker lives for a few steps more or less than the one before it.
    for (; lives < 400; lives += 1) {
      const asked = reveals(relay).length
      const isOver = await liveFor(worker, 4 + (lives % 7))
      const again = reveals(relay)
        .slice(asked)
        .filter(({ path }) => known.has(path.split('/')[3] ?? ''))
      expect(again).toEqual([])
      known = new Set(await completedOnDisk(world))
      if (isOver) {
        const repair = await worker.repair.state()
        if (repair?.state === 'done') break
        untilAlarm(world)
      }
      worker.life.isAlive = false
      worker = await world.start()
      void worker.repair.wakeUp()
    }
    expect(lives).toBeGreaterThan(20)
    const repair = await worker.repair.state()
    expect(repair?.state).toBe('done')
    expect(statesOf(repair)).toEqual({ completed: 60 })
    expect(mostPerWindow(relay)).toBeLessThanOrEqual(15)
    await expectAllKnown(worker, relay, accountId)
  }, 60_000)
})

/** Lets a worker go on for so many steps; whether it came to an end of its own before. */
async function liveFor(worker: Worker, steps: number): Promise<boolean> {
  const died = new Promise<boolean>((resolve) => {
    let left = steps
    worker.life.onStep = () => {
      left -= 1
      if (left > 0) return
      worker.life.isAlive = false
      resolve(false)
    }
  })
  const ended = (async () => {
    await new Promise((resolve) => setTimeout(resolve, 5))
    await worker.repair.state()
    await worker.repair.idle()
    return true
  })()
  return Promise.race([died, ended])
}

describe('a worker that dies', () => {
  test('at any step of a repair leaves a record from which the next one finishes it', async () => {
    const steps = await stepsOfRepair()
    expect(steps.length).toBeGreaterThan(20)
    for (let at = 0; at < steps.length; at += 1) {
      const world = await keyWorld()
      const relay = await world.relay('site', {
        generation: 'g1b',
        hasBatchReveal: false,
        users: [aliceWith(4)],
      })
      const worker = await world.start()
      const accountId = await world.account(worker, 'site')
      await worker.repair.state()
      let passed = 0
      const died = new Promise<void>((resolve) => {
        worker.life.onStep = () => {
          passed += 1
          if (passed <= at) return
          worker.life.isAlive = false
          resolve()
        }
      })
      void worker.repair.start()
      await died
      const completed = (await completedOnDisk(world)).length
      const asked = relay.counters.count('POST', REVEAL)

      const next = await world.start()
      await next.repair.wakeUp()
      await next.repair.idle()
      // A job whose record was not written yet was never begun.
      if ((await next.repair.state()) === null) {
        expect(asked).toBe(0)
        continue
      }
      expect((await next.repair.state())?.state, `step ${at}: ${steps[at] ?? ''}`).toBe('done')
      await expectAllKnown(next, relay, accountId)
      const after = relay.counters.count('POST', REVEAL) - asked
      expect(after).toBe(4 - completed)
    }
  }, 120_000)
})

async function stepsOfRepair(): Promise<string[]> {
  const world = await keyWorld()
  await world.relay('site', { generation: 'g1b', hasBatchReveal: false, users: [aliceWith(4)] })
  const worker = await world.start()
  await world.account(worker, 'site')
  await worker.repair.state()
  const steps: string[] = []
  worker.life.onStep = (step) => steps.push(step)
  await worker.repair.start()
  await worker.repair.idle()
  return steps
}

async function completedOnDisk(world: KeyWorld): Promise<string[]> {
  const { vault } = await world.start()
  const { records } = await vault.loadAll('chores')
  const keys = records.flatMap((record) => (record.kind === 'repair' ? record.keys : []))
  const completed = keys.filter(({ state }) => state === 'completed')
  const { records: secrets } = await vault.loadAll('keySecrets')
  const stored = secrets.flatMap((record) => Object.keys(record.secrets))
  // What the record calls completed is stored, and the other way round.
  expect(completed.map(({ keyId }) => keyId).sort()).toEqual(stored.sort())
  return stored
}

describe('a repair', () => {
  test('asks for many at once where the site can, and says what it found', async () => {
    const world = await keyWorld()
    const relay = await world.relay('site', { generation: 'g1b', users: [aliceWith(130)] })
    const worker = await world.start()
    const accountId = await world.account(worker, 'site')
    await worker.keys.load()
    await worker.keys.idle()
    await worker.keys.secretOf({ accountId, keyId: '1' })
    await worker.repair.start()
    await worker.repair.idle()
    expect(statesOf(await worker.repair.state())).toEqual({ known: 1, completed: 129 })
    expect(relay.counters.count('POST', BATCH)).toBe(2)
    expect(relay.counters.count('POST', REVEAL)).toBe(1)
  })

  test('goes on at other sites while one makes it wait', async () => {
    const world = await keyWorld()
    const slow = await world.relay('slow', { generation: 'g1b', users: [aliceWith(3)] })
    const fast = await world.relay('fast', { generation: 'g1b', users: [aliceWith(3)] })
    const startedAtMs = world.clock.nowMs
    slow.faults.set({ path: BATCH }, { kind: 'rate-limit', retryAfterSec: 90 }, 1)
    const worker = await world.start()
    const first = await world.account(worker, 'slow')
    const second = await world.account(worker, 'fast')
    await worker.repair.start([first, second])
    await worker.repair.idle()
    const repair = await worker.repair.state()
    expect(repair).toMatchObject({
      state: 'waiting',
      accounts: [
        { accountId: first, state: 'waiting' },
        { accountId: second, state: 'done' },
      ],
    })
    expect(repair?.resumeAtMs).toBe(world.alarm.atMs)
    expect(repair?.resumeAtMs).toBeGreaterThanOrEqual(startedAtMs + 90_000)
    await expectAllKnown(worker, fast, second)
    untilAlarm(world)
    await worker.repair.wakeUp()
    await worker.repair.idle()
    expect((await worker.repair.state())?.state).toBe('done')
    await expectAllKnown(worker, slow, first)
  })

  test('tells the failure of an account and finishes the others', async () => {
    const world = await keyWorld()
    const bad = await world.relay('bad', { generation: 'g1b', users: [aliceWith(2)] })
    const good = await world.relay('good', { generation: 'g1b', users: [aliceWith(2)] })
    bad.faults.set({ path: '/api/token/' }, { kind: 'status', status: 500 })
    const worker = await world.start()
    const first = await world.account(worker, 'bad')
    const second = await world.account(worker, 'good')
    await worker.repair.start([first, second])
    await worker.repair.idle()
    expect(await worker.repair.state()).toMatchObject({
      state: 'done',
      accounts: [
        { accountId: first, state: 'failed', failure: { class: 'server' } },
        { accountId: second, state: 'done' },
      ],
    })
    bad.faults.clear()
    await worker.repair.start()
    await worker.repair.idle()
    await expectAllKnown(worker, bad, first)
    await expectAllKnown(worker, good, second)
  })

  test('can be paused, resumed, joined and cancelled', async () => {
    const world = await keyWorld()
    const relay = await world.relay('site', {
      generation: 'g1b',
      hasBatchReveal: false,
      users: [aliceWith(4)],
    })
    const other = await world.relay('other', { generation: 'g1b', users: [aliceWith(2)] })
    relay.faults.set({ path: REVEAL }, { kind: 'latency', ms: 40 })
    const worker = await world.start()
    const first = await world.account(worker, 'site')
    const second = await world.account(worker, 'other')
    await worker.repair.start([first])
    while (relay.counters.count('POST', REVEAL) === 0) await tick()
    await worker.repair.pause()
    await worker.repair.idle()
    const paused = await worker.repair.state()
    expect(paused?.state).toBe('paused')
    expect(relay.counters.count('POST', REVEAL)).toBeLessThan(4)

    // A paused one does not go on by itself.
    const next = await world.start()
    await next.repair.wakeUp()
    expect((await next.repair.state())?.state).toBe('paused')
    await next.repair.start([second])
    await next.repair.idle()
    const done = await next.repair.state()
    expect(done).toMatchObject({ id: paused?.id, state: 'done' })
    expect(relay.counters.count('POST', REVEAL)).toBe(4)
    await expectAllKnown(next, relay, first)
    await expectAllKnown(next, other, second)

    await next.repair.start([first])
    await next.repair.cancel()
    await next.repair.idle()
    const cancelled = await next.repair.state()
    expect(cancelled?.state).toBe('cancelled')
    expect(cancelled?.id).not.toBe(done?.id)
    await next.repair.resume()
    expect((await next.repair.state())?.state).toBe('cancelled')
    expect((await next.vault.loadAll('chores')).records).toHaveLength(1)
  })

  test('calls lost what a family shows once', async () => {
    const { openRouterWith } = await import('./other-sites')
    const world = await keyWorld()
    const worker = await world.start()
    const accountId = await openRouterWith(world, worker, 2)
    await worker.repair.start()
    await worker.repair.idle()
    expect(statesOf(await worker.repair.state())).toEqual({ lost: 2 })
    await expect(
      worker.keys.secretOf({
        accountId,
        keyId: (await worker.repair.state())?.keys[0]?.keyId ?? '',
      }),
    ).rejects.toThrow('unsupported/key-lost')
  })
})

const tick = () => new Promise((resolve) => setTimeout(resolve, 2))
