import { describe, expect, test } from 'vitest'

import { type CheckInWorker, DAY, HOUR, MINUTE, oneSite } from './check-in-world'

describe('what only a person can do', () => {
  test.each(['New API', 'Veloera'] as const)(
    'at %s: Turnstile waits for them, and is looked at after they opened the page',
    async (name) => {
      const { world, worker, site } = await oneSite(name, { turnstile: true })
      const { lines } = await worker.run()
      const failure = { class: 'challenge', reason: 'turnstile' }
      expect(lines).toMatchObject([{ state: 'needs-you', failure }])
      expect(await worker.mark(site.accountId)).toMatchObject({ state: 'needs-you', failure })
      // Nothing is tried again that day.
      await worker.pass(5 * HOUR)
      expect([site.posts(), site.booked()]).toEqual([1, 0])

      expect(await worker.checkIns.open([site.accountId])).toBe(1)
      expect(new URL(world.opened[0]!).pathname).toMatch(/personal|me|profile/)
      await worker.pass(2 * MINUTE)
      expect((await worker.mark(site.accountId))!.state).toBe('needs-you')
      await site.checkInThere()
      await worker.pass(2 * MINUTE)
      expect(await worker.mark(site.accountId)).toMatchObject({
        state: 'done-earlier',
        by: 'status',
      })
      expect(site.posts()).toBe(0)
    },
  )

  test('a browser that is logged in as somebody else: nothing is booked, and the account waits', async () => {
    const { world, worker, site } = await oneSite('AnyRouter')
    await world.logIn(site, 'bob')
    const { lines } = await worker.run()
    expect(lines).toMatchObject([{ state: 'needs-you', failure: { class: 'identity' } }])
    await worker.pass(6 * HOUR)
    expect(site.booked()).toBe(0)
    expect(site.posts()).toBeLessThanOrEqual(1)
  })

  test('a token that is not accepted waits, and is tried again once the account works', async () => {
    const { world, worker, site } = await oneSite('New API')
    site.relay.faults.set({ path: '*' }, { kind: 'status', status: 401, body: UNAUTHORIZED })
    const { lines } = await worker.run()
    expect(lines).toMatchObject([{ state: 'needs-you', failure: { class: 'login' } }])
    await worker.pass(2 * HOUR)
    expect(site.booked()).toBe(0)

    site.relay.faults.clear()
    await refreshed(worker, site.accountId, world.clock.nowMs)
    await worker.pass(20 * MINUTE)
    expect(site.booked()).toBe(1)
    expect((await worker.mark(site.accountId))!.state).toBe('done')
  })
})

const UNAUTHORIZED = { success: false, message: '无权进行此操作，access token 无效' }

/** What a refresh that works leaves. */
async function refreshed({ worker }: CheckInWorker, id: string, atMs: number): Promise<void> {
  await worker.book.update(id, ({ snapshot }) => ({
    snapshot: { ...snapshot, lastAttempt: { atMs }, failuresInRow: 0 },
  }))
}

describe('what a site says', () => {
  test.each(['New API', 'Veloera', 'WONG'] as const)(
    '%s without check-in: not offered, and not sent',
    async (name) => {
      const { worker, site } = await oneSite(name, { isOff: true })
      const { lines, state } = await worker.run([site.accountId])
      expect([lines[0]!.state, state]).toEqual(['not-offered', 'done'])
      expect(site.posts()).toBe(0)
    },
  )

  test('a limit: it is asked again when the site says, and the try does not count', async () => {
    const { worker, site } = await oneSite('New API')
    site.relay.faults.set(
      { method: 'POST', path: site.family.postPath },
      { kind: 'rate-limit', retryAfterSec: 1200 },
      1,
    )
    const { lines } = await worker.run()
    expect(lines).toMatchObject([{ state: 'failed', failure: { class: 'limit' } }])
    await worker.pass(19 * MINUTE)
    expect(site.booked()).toBe(0)
    await worker.pass(5 * MINUTE)
    expect([site.posts(), site.booked()]).toEqual([2, 1])
    expect((await worker.record(site.accountId))!.tries.count).toBe(0)
  })

  test('no: it is tried again as the settings say, and no more often', async () => {
    const { world, worker, site } = await oneSite('New API')
    const refusal = { success: false, message: '签到失败，请稍后重试' }
    site.relay.faults.set(
      { method: 'POST', path: site.family.postPath },
      { kind: 'status', status: 200, body: refusal },
    )
    expect((await worker.run()).lines[0]!.state).toBe('failed')
    expect(await worker.mark(site.accountId)).toMatchObject({
      state: 'not-done',
      failure: { class: 'refused', detail: refusal.message },
    })
    await worker.pass(5 * HOUR)
    expect(site.posts()).toBe(1)

    world.checkIn = { ...world.checkIn, retry: true, retryEveryMin: 20, retryMost: 3 }
    world.clock.nowMs += DAY
    await worker.pass(5 * HOUR)
    expect(site.posts()).toBe(4)
    expect(site.booked()).toBe(0)
  })

  test('nothing, for an hour: it is tried again, whatever the settings say', async () => {
    const { worker, site } = await oneSite('New API')
    site.relay.faults.set({ path: '*' }, { kind: 'reset' })
    expect((await worker.run()).lines).toMatchObject([
      { state: 'failed', failure: { class: 'network' } },
    ])
    await worker.pass(HOUR)
    expect(site.posts()).toBe(0)
    site.relay.faults.clear()
    await worker.pass(2 * HOUR)
    expect(site.booked()).toBe(1)
  })

  test('nothing at all about one that was sent: unknown, looked at three times, not sent again', async () => {
    const { worker, site } = await oneSite('AnyRouter')
    const { faults, counters } = site.relay
    faults.set({ method: 'POST', path: site.family.postPath }, { kind: 'done-reset' })
    faults.set({ path: '/api/log/self' }, { kind: 'status', status: 500 })
    await worker.checkIns.run()
    // From the moment it is sent, the balance cannot be read any more.
    while (site.posts() === 0) await new Promise((resolve) => setTimeout(resolve, 1))
    faults.set({ path: '/api/user/self' }, { kind: 'status', status: 500 })
    await worker.checkIns.idle()
    expect((await worker.mark(site.accountId))!.state).toBe('unknown')
    const asked = () => counters.count('GET', '/api/log/self')
    const before = asked()
    await worker.pass(8 * HOUR)
    expect(asked() - before).toBe(3)
    expect([site.posts(), site.booked()]).toEqual([1, 1])
    expect((await worker.record(site.accountId))!.days[0]!.state).toBe('unknown')
  })
})
