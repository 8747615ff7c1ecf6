import { describe, expect, test } from 'vitest'

import {
  type CheckInSite,
  DAY,
  FAMILIES,
  type FamilyName,
  HOUR,
  MINUTE,
  oneSite,
  runAndDie,
} from './check-in-world'

const NAMES = Object.keys(FAMILIES) as FamilyName[]

describe.each(NAMES)('a check-in at %s', (name) => {
  test('is done once, proved by the answer, remembered and told', async () => {
    const { world, worker, site } = await oneSite(name)
    const entry = await worker.run()
    expect(entry).toMatchObject({ why: 'you', state: 'done' })
    expect(entry.lines).toMatchObject([{ id: site.accountId, state: 'done', by: 'answer' }])
    expect(await worker.mark(site.accountId)).toMatchObject({ state: 'done', by: 'answer' })
    const award = site.relay.books.checkIns[0]!.award
    const reward = name === 'AnyRouter' ? undefined : award
    expect((await worker.record(site.accountId))!.days).toMatchObject([{ state: 'done' }])
    expect(entry.lines[0]!.reward).toBe(reward)
    expect(world.refreshed).toEqual([{ ids: [site.accountId], why: 'check-in' }])

    // Nobody asks again for what is known, and a site that is asked is sent nothing.
    expect((await worker.run()).lines.length).toBeLessThanOrEqual(1)
    expect(['done', 'done-earlier']).toContain((await worker.run([site.accountId])).lines[0]!.state)
    expect(site.booked()).toBe(1)
    expect(site.posts()).toBeLessThanOrEqual(name === 'AnyRouter' ? 3 : 1)
  })

  test('that was done by hand is done earlier, and not sent', async () => {
    const { worker, site } = await oneSite(name)
    await site.checkInThere()
    const { lines } = await worker.run()
    expect(lines[0]!.state).toBe('done-earlier')
    expect(await worker.mark(site.accountId)).toMatchObject({ state: 'done-earlier' })
    expect(site.posts()).toBe(site.family.statusPath ? 0 : 1)
    expect(site.booked()).toBe(1)
  })

  test('whose answer never comes is found out by asking, and not sent again', async () => {
    const { world, worker, site } = await oneSite(name)
    site.relay.faults.set({ method: 'POST', path: site.family.postPath }, { kind: 'done-hang' })
    const { lines } = await worker.run()
    expect(lines).toMatchObject([{ state: 'done', by: site.family.proof }])
    expect(await worker.mark(site.accountId)).toMatchObject({
      state: 'done',
      by: site.family.proof,
    })
    expect((await worker.record(site.accountId))!.sent).toBeUndefined()
    await worker.pass(world.clock.nowMs % DAY === 0 ? HOUR : 2 * HOUR)
    expect([site.posts(), site.booked()]).toEqual([1, 1])
  })

  test('that was lost is sent once more later, and not a third time', async () => {
    const { world, worker, site } = await oneSite(name)
    const { faults } = site.relay
    faults.set({ method: 'POST', path: site.family.postPath }, { kind: 'reset' }, 1)
    const state = site.family.statusPath ? 'not-done' : 'unknown'
    expect((await worker.run()).lines[0]!.state).toBe(state)
    expect(await worker.mark(site.accountId)).toMatchObject({
      state,
      failure: { class: 'interrupted', reason: 'uncertain' },
    })
    // It may still be on its way.
    await worker.pass(9 * MINUTE)
    expect(site.posts()).toBe(1)
    await worker.pass(10 * MINUTE)
    expect([site.posts(), site.booked()]).toEqual([2, 1])
    expect(await worker.mark(site.accountId)).toMatchObject({ state: 'done', by: 'answer' })

    // The next day it is lost for good.
    world.clock.nowMs += DAY
    faults.set({ method: 'POST', path: site.family.postPath }, { kind: 'reset' })
    await worker.run([site.accountId])
    await worker.pass(6 * HOUR)
    expect([site.posts(), site.booked()]).toEqual([4, 1])
    expect((await worker.mark(site.accountId))!.state).toBe(state)
  })

  test('survives a worker that dies at any moment, once and only once', async () => {
    const steps = await stepsOfRun(name)
    expect(steps).toBeGreaterThan(8)
    for (let at = 1; at <= steps; at += 1) {
      const { world, worker, site } = await oneSite(name)
      const said = `killed at step ${String(at)} of ${String(steps)}`
      await runAndDie(worker, at)
      const next = await world.start()
      await next.wakeUp()
      // What left may still be on its way: it is looked for, and sent again only later. What was not
      // even begun comes at its own time.
      await next.pass(4 * HOUR)
      expect([said, site.booked(), site.posts()]).toEqual([said, 1, 1])
      const mark = await next.mark(site.accountId)
      expect([said, mark?.state]).toEqual([said, 'done'])
      expect((await next.record(site.accountId))!.sent).toBeUndefined()
      const [entry] = await next.entries()
      expect([said, entry?.endedAtMs]).toEqual([said, expect.any(Number)])
    }
  }, 120_000)

  test('whose answer never comes is found out at once by whoever lives after its worker', async () => {
    const steps = await stepsOfRun(name, cutTheLine)
    let proved = 0
    for (let at = 1; at <= steps; at += 1) {
      const { world, worker, site } = await oneSite(name)
      cutTheLine(site)
      await runAndDie(worker, at)
      const next = await world.start()
      await next.wakeUp()
      if (site.booked() === 0) continue
      const mark = await next.mark(site.accountId)
      const said = `killed at step ${String(at)} of ${String(steps)}`
      expect([said, mark?.state, mark?.by]).toEqual([said, 'done', site.family.proof])
      expect([said, site.booked(), site.posts()]).toEqual([said, 1, 1])
      proved += 1
    }
    expect(proved).toBeGreaterThan(2)
  }, 120_000)
})

/** It books, and nobody hears of it. */
function cutTheLine({ relay, family }: CheckInSite): void {
  relay.faults.set({ method: 'POST', path: family.postPath }, { kind: 'done-reset' })
}

/** How many moments a run has between which a worker can die. */
async function stepsOfRun(
  name: FamilyName,
  prepare: (site: CheckInSite) => void = () => undefined,
): Promise<number> {
  const { worker, site } = await oneSite(name)
  prepare(site)
  let steps = 0
  worker.worker.life.onStep = () => (steps += 1)
  await worker.run()
  return steps
}
