import { describe, expect, test } from 'vitest'

import { type CheckInWorker, DAY, HOUR, MINUTE, oneSite } from './check-in-world'

describe('by itself', () => {
  test('each account at its time, as one entry of the day that is told once', async () => {
    const { world, worker, site } = await oneSite('New API')
    const other = await world.site(worker, 'Veloera')
    // 12:00; they are planned for 15:00.
    await worker.pass(2 * HOUR)
    expect([site.booked(), other.booked()]).toEqual([0, 0])
    await worker.pass(2 * HOUR)
    expect([site.booked(), other.booked()]).toEqual([1, 1])
    const [entry, ...more] = await worker.entries()
    expect(more).toEqual([])
    expect(entry).toMatchObject({ why: 'schedule', slot: '2026-11-26', state: 'done' })
    expect(entry!.lines.map(({ state }) => state)).toEqual(['done', 'done'])
    expect(world.ended).toEqual([entry])
    expect(world.refreshed).toHaveLength(1)
  })

  test('the day is over with its last account, whoever was checked in by hand', async () => {
    const { world, worker, site } = await oneSite('New API')
    const other = await world.site(worker, 'Veloera')
    await worker.run([site.accountId])
    // Where its day ends is not known: later that day it is asked again, which is no news.
    await worker.pass(4 * HOUR)
    const scheduled = world.ended.filter(({ why }) => why === 'schedule')
    expect(scheduled).toMatchObject([{ lines: [{ id: other.accountId, state: 'done' }] }])
    await worker.pass(8 * HOUR)
    expect(world.ended.filter(({ why }) => why === 'schedule')).toHaveLength(1)
    expect([site.booked(), other.booked()]).toEqual([1, 1])
  })

  test('the day does not wait for who was left to a person', async () => {
    const { world, worker, site } = await oneSite('New API')
    const island = await world.site(worker, 'Veloera', { turnstile: true })
    world.checkIn = { ...world.checkIn, from: '06:00', to: '23:00' }
    await worker.run([island.accountId])
    // Its day ends at a time nobody knows, so that evening it is asked once more.
    const clock = [{ fromMs: -12 * HOUR, toMs: 14 * HOUR }]
    const record = (await worker.record(island.accountId))!
    await worker.worker.vault.write([{ store: 'checkIns', put: { ...record, clock } }])
    await worker.pass(4 * HOUR)
    const scheduled = world.ended.filter(({ why }) => why === 'schedule')
    expect(scheduled).toMatchObject([{ lines: [{ id: site.accountId, state: 'done' }] }])
  })

  test('a look that sees nothing new says what is known of why it is not done', async () => {
    const { world, worker, site } = await oneSite('Veloera', { turnstile: true })
    await worker.run()
    const again = { atMs: world.clock.nowMs, act: 'look' } as const
    const record = (await worker.record(site.accountId))!
    await worker.worker.vault.write([{ store: 'checkIns', put: { ...record, again } }])
    await worker.wakeUp()
    const looked = (await worker.entries()).find(({ why }) => why === 'retry')
    expect(looked?.lines).toMatchObject([
      { state: 'needs-you', failure: { class: 'challenge', reason: 'turnstile' } },
    ])
    expect((await worker.mark(site.accountId))!.state).toBe('needs-you')
  })

  test('nothing when it is off, for accounts left out, and for switched-off ones', async () => {
    const { world, worker, site } = await oneSite('New API')
    world.checkIn = { ...world.checkIn, enabled: false }
    expect(await worker.checkIns.nextAtMs()).toBeNull()
    await worker.pass(DAY)
    world.checkIn = { ...world.checkIn, enabled: true }
    await decide(worker, site.accountId, { autoCheckIn: false })
    expect(await worker.checkIns.nextAtMs()).toBeNull()
    await worker.pass(DAY)
    await decide(worker, site.accountId, { autoCheckIn: true, disabled: true })
    await worker.pass(DAY)
    expect(site.relay.counters.total()).toBe(0)
    expect((await worker.run([site.accountId])).lines).toMatchObject([
      { state: 'skipped', failure: { reason: 'account-disabled' } },
    ])

    // Asked for by name, only that counts.
    await decide(worker, site.accountId, { autoCheckIn: false, disabled: false })
    world.checkIn = { ...world.checkIn, enabled: false }
    expect((await worker.run([site.accountId])).lines[0]!.state).toBe('done')
  })

  test('what a popup finds planned for later that day, if the settings say so', async () => {
    const { world, worker, site } = await oneSite('New API')
    await worker.wakeUp()
    await worker.checkIns.popupOpened()
    await worker.checkIns.idle()
    expect(site.booked()).toBe(0)
    world.checkIn = { ...world.checkIn, onPopup: true }
    await worker.checkIns.popupOpened()
    await worker.checkIns.idle()
    expect(site.booked()).toBe(1)
    const [entry] = await worker.entries()
    expect(entry).toMatchObject({ why: 'popup', state: 'done' })
    await worker.checkIns.popupOpened()
    await worker.checkIns.idle()
    expect(site.relay.counters.count('POST', site.family.postPath)).toBe(1)
  })

  test('popups do not ask again and again where asking is checking in', async () => {
    const { world, worker, site } = await oneSite('AnyRouter')
    world.checkIn = { ...world.checkIn, onPopup: true, at: '22:30', to: '23:00' }
    const popUp = async () => {
      await worker.checkIns.popupOpened()
      await worker.checkIns.idle()
    }
    await popUp()
    await popUp()
    world.clock.nowMs += 20 * MINUTE
    await popUp()
    expect([site.posts(), site.booked()]).toEqual([1, 1])
    // Where the site's day ends is not known yet: it may have begun.
    world.clock.nowMs += 20 * MINUTE
    await popUp()
    expect([site.posts(), site.booked()]).toEqual([2, 1])
  })

  test('what was lost before the end of a day is no reason to give up the next one', async () => {
    const { world, worker, site } = await oneSite('AnyRouter')
    await worker.run()
    world.checkIn = { ...world.checkIn, from: '23:45', to: '04:30', at: '23:45' }
    // The site's day ends at midnight; all that is known is that it does between 23:00 and 03:00.
    const lostMs = Date.parse('2026-11-26T23:50:00Z')
    world.clock.nowMs = lostMs + MINUTE
    const { sent: _, again: __, ...record } = (await worker.record(site.accountId))!
    await worker.worker.vault.write([
      {
        store: 'checkIns',
        put: {
          ...record,
          clock: [{ fromMs: -3 * HOUR, toMs: HOUR }],
          left: { atMs: lostMs, looks: 0, fails: 0 },
          tries: { count: 2, lastAtMs: lostMs },
        },
      },
    ])
    await worker.pass(5 * HOUR)
    expect(site.booked()).toBe(2)
  })

  test('nor is what was sent a day ago, by a worker that died over it', async () => {
    const { world, worker, site } = await oneSite('New API')
    await worker.run()
    const { left: _, again: __, ...record } = (await worker.record(site.accountId))!
    // Booked the day before; where that day ended is not known.
    world.clock.nowMs += 23 * HOUR
    const sentMs = world.clock.nowMs - 23 * HOUR
    await worker.worker.vault.write([
      {
        store: 'checkIns',
        put: {
          ...record,
          clock: [{ fromMs: -12 * HOUR, toMs: 14 * HOUR }],
          sent: { runId: 'run', atMs: sentMs },
          tries: { count: 1, lastAtMs: sentMs },
        },
      },
    ])
    site.relay.faults.set({ method: 'POST', path: site.family.postPath }, { kind: 'reset' })
    await worker.pass(5 * MINUTE)
    expect(site.booked()).toBe(1)
    site.relay.faults.clear()
    await worker.pass(HOUR)
    expect(site.booked()).toBe(2)
  })

  test('a site that begins to offer one is noticed with the next refresh', async () => {
    const { world, worker, site } = await oneSite('New API', { isOff: true })
    await tell(worker, site.accountId, false)
    const list = () => worker.checkIns.list().then(({ rows }) => rows)
    expect(await list()).toEqual([])
    expect(await worker.checkIns.nextAtMs()).toBe(world.clock.nowMs + 6 * HOUR)
    site.relay.state.checkin.enabled = true
    await tell(worker, site.accountId, true)
    expect(await list()).toMatchObject([{ way: 'site', automatic: true }])
    const shown = async () => (await worker.worker.book.page(site.accountId)).snapshot.checkIn
    expect(await shown()).toBeUndefined()
    await worker.checkIns.nextAtMs()
    expect(await shown()).toMatchObject({ state: 'unknown' })
    // Nothing was asked, so nothing is known of the day.
    expect(await worker.mark(site.accountId)).toBeNull()
    await worker.pass(4 * HOUR)
    expect(site.booked()).toBe(1)
  })

  test('a record that cannot be read is made anew, and stops nobody', async () => {
    const { world, worker, site } = await oneSite('AnyRouter')
    const other = await world.site(worker, 'New API')
    await worker.run()
    await spoil(worker, site.accountId)
    await worker.pass(20 * MINUTE)
    const again = await world.start()
    const record = await again.record(site.accountId).catch(() => 'damaged')
    expect(record).not.toBe('damaged')
    // It was done that day: the log tells, so that it is not sent.
    const posts = site.posts()
    const { lines } = await again.run([site.accountId])
    expect(lines[0]).toMatchObject({ state: 'done-earlier', by: 'log' })
    expect(site.posts()).toBe(posts)
    expect(other.booked()).toBe(1)
  })
})

type Decided = Awaited<ReturnType<CheckInWorker['worker']['book']['page']>>['account']['decided']

async function decide(
  { worker }: CheckInWorker,
  id: string,
  decided: Partial<Decided>,
): Promise<void> {
  await worker.book.update(id, ({ account }) => ({
    account: { ...account, decided: { ...account.decided, ...decided } },
  }))
}

/** What a refresh reads of a site's status. */
async function tell({ worker }: CheckInWorker, id: string, checkInEnabled: boolean): Promise<void> {
  await worker.book.update(id, ({ snapshot }) => ({
    snapshot: { ...snapshot, status: { checkInEnabled } },
  }))
}

/** Puts something into the place of a record that is none. */
async function spoil({ worker }: CheckInWorker, id: string): Promise<void> {
  worker.vault.close()
  const opened = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('relaydeck')
    request.onsuccess = () => {
      resolve(request.result)
    }
    request.onerror = () => {
      reject(new Error('no database'))
    }
  })
  await new Promise<void>((resolve) => {
    const tx = opened.transaction('checkIns', 'readwrite')
    tx.objectStore('checkIns').put({ id, sealed: new Uint8Array(64) })
    tx.oncomplete = () => {
      resolve()
    }
  })
  opened.close()
}
