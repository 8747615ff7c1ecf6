import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { type Failure, failureOf } from '@/src/domain/failure'
import { type BudgetState, createBudgets } from '@/src/net/budgets'
import type { Sleep } from '@/src/net/sleep'

const A = 'https://a.example'
const B = 'https://b.example'

/** A clock that moves only when somebody sleeps or the test says so. */
function fakeTime(startMs = 1_000_000) {
  const time = { nowMs: startMs }
  const sleep: Sleep = (ms, signal) => {
    signal?.throwIfAborted()
    time.nowMs += Math.max(ms, 1)
    return Promise.resolve()
  }
  return { now: () => time.nowMs, sleep, pass: (ms: number) => void (time.nowMs += ms) }
}

async function refusal(work: Promise<unknown>): Promise<Failure> {
  return work.then(
    () => {
      throw new Error('not refused')
    },
    (thrown: unknown) => failureOf(thrown),
  )
}

/** Takes a place and gives its slot back at once. */
async function pass(budgets: ReturnType<typeof createBudgets>, kind: 'general' | 'critical') {
  const release = await budgets.acquire(A, kind)
  release()
}

describe('budgets', () => {
  test('no window ever holds more than we allow ourselves, nor more than the server does', async () => {
    const step = fc.record({
      kind: fc.constantFrom('general' as const, 'general' as const, 'critical' as const),
      waitMs: fc.oneof(fc.constant(0), fc.nat(3_000), fc.nat(300_000)),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 100, maxLength: 400 }), async (steps) => {
        const time = fakeTime()
        const budgets = createBudgets(time)
        const sent: { kind: string; atMs: number }[] = []
        for (const { kind, waitMs } of steps) {
          time.pass(waitMs)
          const outcome = await pass(budgets, kind).catch(failureOf)
          if (outcome === undefined) sent.push({ kind, atMs: time.now() })
          else expect(outcome.retryAtMs).toBeGreaterThan(time.now())
        }
        for (const { atMs } of sent) {
          const within = (windowMs: number) =>
            sent.filter((other) => other.atMs > atMs - windowMs && other.atMs <= atMs)
          const general = within(180_000)
          expect(general.filter(({ kind }) => kind === 'general').length).toBeLessThanOrEqual(120)
          expect(general.length).toBeLessThan(180)
          expect(within(1_200_000).filter((o) => o.kind === 'critical').length).toBeLessThanOrEqual(
            15,
          )
        }
      }),
      { numRuns: 40 },
    )
  })

  test('what is refused fits at the time it names', async () => {
    const time = fakeTime()
    const budgets = createBudgets(time)
    for (let n = 0; n < 15; n += 1) await pass(budgets, 'critical')
    const failure = await refusal(pass(budgets, 'critical'))
    expect(failure).toMatchObject({ class: 'limit', reason: 'budget' })
    time.pass((failure.retryAtMs ?? 0) - time.now())
    await pass(budgets, 'critical')
  })

  test('a short wait is waited for, a long one refused', async () => {
    const time = fakeTime()
    const budgets = createBudgets(time)
    for (let n = 0; n < 120; n += 1) await pass(budgets, 'general')
    expect(await refusal(pass(budgets, 'general'))).toMatchObject({ class: 'limit' })
    time.pass(171_000)
    await pass(budgets, 'general')
    expect(time.now()).toBe(1_000_000 + 180_000)
  })

  test('origins do not take from each other', async () => {
    const budgets = createBudgets(fakeTime())
    for (let n = 0; n < 15; n += 1) await pass(budgets, 'critical')
    await expect(budgets.acquire(B, 'critical')).resolves.toBeTypeOf('function')
  })

  test('at most four are under way; the next enters when one leaves', async () => {
    const budgets = createBudgets(fakeTime())
    const slots = await Promise.all([1, 2, 3, 4].map(() => budgets.acquire(A, 'general')))
    let entered = false
    const fifth = budgets.acquire(A, 'general').then(() => {
      entered = true
    })
    await new Promise((resolve) => setImmediate(resolve))
    expect(entered).toBe(false)
    slots[0]?.()
    slots[0]?.()
    await fifth
    expect(entered).toBe(true)
  })

  test('a caller that gives up in the queue leaves no gap', async () => {
    const budgets = createBudgets(fakeTime())
    const slots = await Promise.all([1, 2, 3, 4].map(() => budgets.acquire(A, 'general')))
    const impatient = new AbortController()
    const queued = refusal(budgets.acquire(A, 'general', impatient.signal))
    await new Promise((resolve) => setImmediate(resolve))
    impatient.abort()
    expect(await queued).toMatchObject({ class: 'cancelled' })
    for (const release of slots) release()
    await Promise.all([1, 2, 3, 4].map(() => budgets.acquire(A, 'general')))
  })

  test('a pause of the site is kept; a general one holds back critical calls too', async () => {
    const time = fakeTime()
    const budgets = createBudgets(time)
    const untilMs = time.now() + 60_000
    budgets.pause(A, 'general', untilMs)
    const expected = { class: 'limit', reason: 'site-asked', retryAtMs: untilMs }
    expect(await refusal(pass(budgets, 'general'))).toEqual(expected)
    expect(await refusal(pass(budgets, 'critical'))).toEqual(expected)
    time.pass(60_000)
    await pass(budgets, 'general')
  })

  test('a critical pause leaves ordinary calls alone', async () => {
    const time = fakeTime()
    const budgets = createBudgets(time)
    budgets.pause(A, 'critical', time.now() + 60_000)
    await pass(budgets, 'general')
    expect(await refusal(pass(budgets, 'critical'))).toMatchObject({ reason: 'site-asked' })
  })

  test('a restarted worker goes on counting', async () => {
    const time = fakeTime()
    let saved: BudgetState = {}
    const save = (state: BudgetState) => {
      saved = structuredClone(state)
      return Promise.resolve()
    }
    const before = createBudgets({ ...time, save })
    for (let n = 0; n < 15; n += 1) await pass(before, 'critical')
    const after = createBudgets({ ...time, load: () => Promise.resolve(saved) })
    expect(await refusal(pass(after, 'critical'))).toMatchObject({ reason: 'budget' })
  })

  test.each([
    ['nothing', undefined],
    ['nonsense', { [A]: { starts: 'x' } }],
  ])('starts afresh from a stored state that is %s', async (_, stored) => {
    const budgets = createBudgets({ ...fakeTime(), load: () => Promise.resolve(stored) })
    await pass(budgets, 'general')
  })

  test('a failing store does not stop requests', async () => {
    const broken = () => Promise.reject(new Error('quota'))
    const budgets = createBudgets({ ...fakeTime(), load: broken, save: broken })
    await pass(budgets, 'general')
  })

  test('idle origins are forgotten', async () => {
    const time = fakeTime()
    const budgets = createBudgets(time)
    await pass(budgets, 'general')
    expect(Object.keys(budgets.snapshot())).toEqual([A])
    time.pass(180_000)
    expect(budgets.snapshot()).toEqual({})
  })

  test('a clock set back does not lock an origin', async () => {
    const time = fakeTime(10_000_000)
    const budgets = createBudgets(time)
    for (let n = 0; n < 15; n += 1) await pass(budgets, 'critical')
    time.pass(-9_000_000)
    const failure = await refusal(pass(budgets, 'critical'))
    expect((failure.retryAtMs ?? 0) - time.now()).toBeLessThanOrEqual(1_200_000)
  })
})
