import { beforeEach, describe, expect, test } from 'vitest'

import { failed, ok } from '@/src/domain/failure'
import { complete } from '@/src/domain/metric'

import { makeFakeSite, refusal } from '../support/fake-adapter'
import { makeAccount, makeFigures, makeToday } from '../support/make'
import { freshDisk, startWorld } from '../support/world'

beforeEach(freshDisk)

const balance = (points: number) =>
  ok({ figures: makeFigures({ balance: complete(points) }), today: makeToday() })

describe('one account', () => {
  test('new figures are stored with the time they were fetched', async () => {
    const world = await startWorld()
    const { id } = await world.add(makeAccount())
    expect(await world.refresh()).toMatchObject({ total: 1, succeeded: 1, failed: 0 })
    const { snapshot } = await world.book.page(id)
    expect(snapshot).toMatchObject({
      figures: { balance: complete(500_000) },
      figuresAtMs: world.clock.nowMs,
      failuresInRow: 0,
      generation: { value: 'g1b' },
      status: { quotaPerUnit: 500_000 },
    })
  })

  test('a failure keeps the last good figures and says what happened', async () => {
    const world = await startWorld()
    const { id } = await world.add(makeAccount())
    await world.refresh()
    const goodAtMs = world.clock.nowMs
    world.clock.nowMs += 60_000
    world.site.refresh = refusal({ class: 'server', httpStatus: 502 })
    expect(await world.refresh()).toMatchObject({ succeeded: 0, failed: 1 })
    const { snapshot } = await world.book.page(id)
    expect(snapshot).toMatchObject({
      figures: { balance: complete(500_000) },
      figuresAtMs: goodAtMs,
      lastAttempt: { atMs: world.clock.nowMs, failure: { class: 'server' } },
      failuresInRow: 1,
    })
  })

  test('an answer about another user stores nothing of it', async () => {
    const world = await startWorld()
    const { id } = await world.add(makeAccount())
    world.site.refresh = refusal({ class: 'identity', reason: 'user-mismatch' })
    await world.refresh()
    const { snapshot } = await world.book.page(id)
    expect(snapshot.figures).toBeUndefined()
    expect(snapshot.lastAttempt?.failure?.class).toBe('identity')
  })

  test('the generation is probed again after an unexpected answer, once', async () => {
    const world = await startWorld()
    const { id } = await world.add(makeAccount(), { generation: { value: 'g1b', atMs: 1 } })
    world.site.generation = 'g2'
    let asked = 0
    world.site.refresh = () => ((asked += 1) === 1 ? failed({ class: 'changed-api' }) : balance(42))
    expect(await world.refresh()).toMatchObject({ succeeded: 1 })
    expect(world.site.calls.filter((call) => call === 'probe')).toHaveLength(1)
    expect((await world.book.page(id)).snapshot.generation?.value).toBe('g2')
  })

  test('a token account is asked for its figures without waiting for the first probe', async () => {
    const world = await startWorld()
    const { id } = await world.add(makeAccount())
    await world.refresh()
    expect(world.site.calls.filter((call) => call === 'refresh:token')).toHaveLength(1)
    expect((await world.book.page(id)).snapshot.generation?.value).toBe('g1b')
  })

  test('a refused access token does not start a probe', async () => {
    const world = await startWorld()
    await world.add(makeAccount(), { generation: { value: 'g1b', atMs: 1 } })
    world.site.refresh = refusal({ class: 'login' })
    await world.refresh()
    expect(world.site.calls).not.toContain('probe')
  })

  test('a browser session that ended is renewed once, and the bearer stays on the device', async () => {
    const world = await startWorld()
    const account = await world.add(makeAccount({ auth: { mode: 'cookie' } }), {
      generation: { value: 'g2', atMs: 1 },
    })
    let issued = 0
    world.site.session = (userId) =>
      ok({
        kind: 'bearer',
        userId,
        bearer: `bearer-${String((issued += 1))}`,
        expiresAtMs: world.clock.nowMs + 900_000,
      })
    world.site.refresh = (access) =>
      access.kind === 'bearer' && access.bearer === 'bearer-2'
        ? balance(5)
        : failed({ class: 'login' })
    expect(await world.refresh()).toMatchObject({ succeeded: 1 })
    expect(issued).toBe(2)
    expect(await world.vault.load('bonds', account.id)).toMatchObject({
      session: { bearer: 'bearer-2' },
    })
    await world.refresh()
    expect(issued, 'a living bearer is used again').toBe(2)
  })

  test('deleting an account while its site is asked does not bring it back', async () => {
    const world = await startWorld()
    const { id } = await world.add(makeAccount())
    world.site.refresh = async () => {
      await world.book.remove([id])
      return balance(9)
    }
    expect(await world.refresh()).toMatchObject({ succeeded: 0, skipped: 1 })
    expect((await world.book.glance()).rows).toEqual([])
    expect((await world.vault.loadAll('snapshots')).records).toEqual([])
  })

  test('a credential changed meanwhile drops the answer of the old one', async () => {
    const world = await startWorld()
    const { id } = await world.add(makeAccount())
    world.site.refresh = async () => {
      await world.book.update(id, ({ account }) => ({
        account: {
          ...account,
          decided: { ...account.decided, auth: { mode: 'token', accessToken: 'another-one' } },
        },
      }))
      return balance(9)
    }
    await world.refresh()
    expect((await world.book.page(id)).snapshot.figures).toBeUndefined()
  })
})

describe('a job', () => {
  test('the journal keeps why an account failed', async () => {
    const world = await startWorld()
    const { id } = await world.add(makeAccount())
    world.site.refresh = refusal({ class: 'server', httpStatus: 502 })
    await world.refresh()
    const { records } = await world.vault.loadAll('journal')
    expect(records).toMatchObject([
      { state: 'failed', lines: [{ id, state: 'failed', failure: { class: 'server' } }] },
    ])
  })

  test('leaves disabled accounts alone', async () => {
    const world = await startWorld()
    await world.add(makeAccount({ userId: '1' }))
    await world.add(makeAccount({ userId: '2', disabled: true }))
    expect(await world.refresh()).toMatchObject({ total: 1, succeeded: 1 })
  })

  test('a second start joins the running one', async () => {
    const world = await startWorld()
    await world.add(makeAccount())
    let answer: (value: ReturnType<typeof balance>) => void = () => undefined
    world.site.refresh = () => new Promise((resolve) => (answer = resolve))
    const first = await world.runner.start()
    expect(await world.runner.start()).toBe(first)
    await expect.poll(() => world.site.calls).toContain('refresh:token')
    answer(balance(1))
    await expect.poll(() => world.announced.at(-1)?.state).toBe('done')
    expect(world.site.calls.filter((call) => call.startsWith('refresh'))).toHaveLength(1)
  })

  test('an account added while a job runs joins it', async () => {
    const world = await startWorld()
    await world.add(makeAccount({ userId: '1' }))
    let release: () => void = () => undefined
    const gate = new Promise<void>((resolve) => (release = resolve))
    world.site.refresh = async (access) => {
      if (access.userId === '1') await gate
      return balance(1)
    }
    const job = await world.runner.start()
    const late = await world.add(makeAccount({ userId: '2' }))
    expect(await world.runner.start([late.id])).toBe(job)
    release()
    await expect
      .poll(() => world.announced.at(-1))
      .toMatchObject({
        state: 'done',
        total: 2,
        succeeded: 2,
      })
  })

  test('cancelling starts nothing more and keeps what is done', async () => {
    const world = await startWorld()
    for (let user = 0; user < 60; user += 1) {
      await world.add(makeAccount({ userId: String(user) }))
    }
    let asked = 0
    world.site.refresh = async () => {
      asked += 1
      if (asked === 20) await world.runner.cancel((await world.runner.progress())?.jobId ?? '')
      return balance(1)
    }
    const end = await world.refresh()
    expect(end.state).toBe('done')
    expect(asked).toBeLessThan(60)
    expect(end.succeeded + end.skipped).toBe(60)
  })

  test('a worker that died resumes with exactly what is missing', async () => {
    const site = makeFakeSite()
    const first = await startWorld(site)
    for (let user = 0; user < 40; user += 1) {
      await first.add(makeAccount({ userId: String(user) }))
    }
    const answered: string[] = []
    site.refresh = (access) => {
      if (answered.length >= 25) return new Promise(() => undefined)
      answered.push(access.userId)
      return balance(1)
    }
    await first.runner.start()
    await expect.poll(async () => (await first.runner.progress())?.succeeded).toBe(25)
    first.vault.close()

    const asked: string[] = []
    const second = await startWorld(site)
    site.refresh = (access) => {
      asked.push(access.userId)
      return balance(1)
    }
    await second.runner.resume()
    await expect
      .poll(() => second.announced.at(-1))
      .toMatchObject({
        state: 'done',
        total: 40,
        succeeded: 40,
      })
    expect(asked.sort()).toEqual(
      Array.from({ length: 40 }, (_, user) => String(user))
        .filter((user) => !answered.includes(user))
        .sort(),
    )
    expect((await second.vault.loadAll('jobs')).records).toEqual([])
  })
})
