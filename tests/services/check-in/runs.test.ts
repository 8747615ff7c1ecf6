import { describe, expect, test } from 'vitest'

import { checkInWorld, HOUR, oneSite, runAndDie } from './check-in-world'

describe('a run by hand', () => {
  async function threeSites() {
    const world = await checkInWorld()
    const worker = await world.start()
    const sites = [
      await world.site(worker, 'New API'),
      await world.site(worker, 'Veloera'),
      await world.site(worker, 'WONG'),
    ]
    return { world, worker, sites, ids: sites.map(({ accountId }) => accountId) }
  }

  test('is joined by a second one, and nobody is sent twice', async () => {
    const { worker, sites, ids } = await threeSites()
    const [first, second] = await Promise.all([
      worker.checkIns.run(ids.slice(0, 2)),
      worker.checkIns.run(ids.slice(1)),
    ])
    await worker.checkIns.idle()
    expect(second).toBe(first)
    expect(sites.map(({ booked }) => booked())).toEqual([1, 1, 1])
    expect(sites.map(({ posts }) => posts())).toEqual([1, 1, 1])
    const [entry] = await worker.entries()
    expect(entry!.lines.map(({ state }) => state)).toEqual(['done', 'done', 'done'])
  })

  test('that is stopped finishes what is under way and begins nothing', async () => {
    const { world, worker, sites, ids } = await threeSites()
    const [one, two] = sites
    // Accounts of one site come one after the other.
    const page = await worker.worker.book.page(one!.accountId)
    const second = await world.keys.account(worker.worker, 'New API 1', {
      ...page.account.decided,
      userId: '8',
    })
    one!.relay.faults.set({ path: '*' }, { kind: 'latency', ms: 60 })
    await worker.checkIns.run([one!.accountId, second, two!.accountId])
    await worker.checkIns.stop()
    await worker.checkIns.idle()
    const [entry] = await worker.entries()
    expect(entry!.state).toBe('stopped')
    const states = new Map(entry!.lines.map(({ id, state }) => [id, state]))
    expect(states.get(second)).toBe('skipped')
    expect(states.get(one!.accountId)).toMatch(/^(?:done|skipped)$/)
    expect(one!.booked()).toBe(states.get(one!.accountId) === 'done' ? 1 : 0)
    expect(ids).toHaveLength(3)
  })

  test('is gone on with after the worker died, and not after six hours', async () => {
    const { world, worker, sites } = await threeSites()
    await runAndDie(worker, 1)
    const next = await world.start()
    await next.wakeUp()
    expect(sites.map(({ booked }) => booked())).toEqual([0, 0, 0])

    await runAndDie(next, 4)
    world.clock.nowMs += 7 * HOUR
    const late = await world.start()
    world.checkIn = { ...world.checkIn, enabled: false }
    await late.wakeUp()
    const [entry] = await late.entries()
    expect(entry!.state).toBe('interrupted')
    expect(new Set(entry!.lines.map(({ state }) => state))).toEqual(new Set(['skipped']))
  })
})

describe('what pages see', () => {
  test('a page of one’s own: opened today counts as done, and tomorrow does not', async () => {
    const { world, worker } = await oneSite('New API')
    const own = await world.keys.account(worker.worker, 'New API 1', {
      siteType: 'open-router',
      userId: '99',
      checkInUrl: 'https://forum.example/sign',
    })
    const row = async () => {
      const { rows } = await worker.checkIns.list()
      return rows.find(({ accountId }) => accountId === own)!
    }
    expect(await row()).toEqual({ accountId: own, way: 'page', automatic: false, running: false })
    expect(await worker.checkIns.open([own])).toBe(1)
    expect(world.opened).toEqual(['https://forum.example/sign'])
    expect((await row()).mark).toMatchObject({ state: 'done', by: 'opened' })
    expect((await worker.mark(own))!.by).toBe('opened')
    world.clock.nowMs += 12 * HOUR
    expect((await row()).mark).toBeUndefined()
  })

  test('the month as the site tells it, and as it is remembered where it does not', async () => {
    const { worker, site, world } = await oneSite('New API')
    const other = await world.site(worker, 'AnyRouter')
    await worker.run()
    const told = await worker.checkIns.month(site.accountId, '2026-11')
    const { award } = site.relay.books.checkIns[0]!
    expect(told).toMatchObject({
      fromSite: true,
      total: 1,
      days: [{ day: '2026-11-26', state: 'done', by: 'answer', reward: award }],
    })
    const known = await worker.checkIns.month(other.accountId, '2026-11')
    expect(known).toMatchObject({ fromSite: false, days: [{ day: '2026-11-26', state: 'done' }] })
    expect(await worker.checkIns.month(other.accountId, '2026-10')).toMatchObject({ days: [] })
  })

  test('a look asks, and sends nothing', async () => {
    const { worker, site } = await oneSite('New API')
    await worker.checkIns.look([site.accountId])
    expect(await worker.mark(site.accountId)).toMatchObject({ state: 'not-done', by: 'status' })
    expect(site.posts()).toBe(0)
    await site.checkInThere()
    await worker.checkIns.look([site.accountId])
    expect((await worker.mark(site.accountId))!.state).toBe('done-earlier')
    expect(await worker.entries()).toEqual([])
  })
})
