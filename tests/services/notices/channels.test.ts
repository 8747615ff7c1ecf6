import { describe, expect, test } from 'vitest'

import { jsonReply } from '@/e2e/relays/kit/reply'
import { CHANNEL_KINDS } from '@/src/domain/notice'

import { NOW } from './samples'
import { noticeWorld } from './world'

const MINUTE_MS = 60_000

describe('channels', () => {
  test('are stored one of each kind, and listed without anything secret', async () => {
    const world = await noticeWorld()
    const { channels } = world.notices
    await world.add(...CHANNEL_KINDS)
    await world.add('ntfy')
    await channels.save({ kind: 'feishu', enabled: false })
    world.granted.delete(world.origins.wecom)
    const list = await channels.list()
    expect(list.map(({ kind }) => kind).sort()).toEqual([...CHANNEL_KINDS].sort())
    for (const view of list) {
      expect(view).toEqual({
        kind: view.kind,
        enabled: view.kind !== 'feishu',
        origin: world.origins[view.kind],
        granted: view.kind !== 'wecom',
      })
    }
    expect((await world.vault.loadAll('channels')).records).toHaveLength(CHANNEL_KINDS.length)
    expect(world.announced.settings).toBe(CHANNEL_KINDS.length + 2)
    expect(world.requests()).toBe(0)
  })

  test('need access only while they are on', async () => {
    const world = await noticeWorld()
    const { channels } = world.notices
    const config = world.configOf('ntfy')
    world.granted.clear()
    await expect(channels.save({ kind: 'ntfy', enabled: true, config })).rejects.toMatchObject({
      failure: { class: 'access', reason: 'no-permission' },
    })
    await expect(channels.list()).resolves.toEqual([])
    await channels.save({ kind: 'ntfy', enabled: false, config })
    await expect(channels.save({ kind: 'ntfy', enabled: true })).rejects.toMatchObject({
      failure: { class: 'access' },
    })
    world.granted.add(world.origins.ntfy)
    await channels.save({ kind: 'ntfy', enabled: true })
    await expect(channels.list()).resolves.toMatchObject([{ enabled: true, granted: true }])
  })

  test('are refused with the field at fault, and nothing is stored then', async () => {
    const world = await noticeWorld()
    const { channels } = world.notices
    const config = { kind: 'telegram', address: '', token: '', chatId: '7' } as const
    await expect(channels.save({ kind: 'telegram', enabled: false, config }))
      .rejects //
      .toMatchObject({ failure: { class: 'input', reason: 'required', field: 'token' } })
    await expect(channels.save({ kind: 'ntfy', enabled: false, config }))
      .rejects //
      .toMatchObject({ failure: { class: 'input', field: 'kind' } })
    await expect(channels.save({ kind: 'ntfy', enabled: false }))
      .rejects //
      .toMatchObject({ failure: { class: 'not-found', reason: 'channel' } })
    await expect(world.notices.test('ntfy'))
      .rejects //
      .toMatchObject({ failure: { class: 'not-found', reason: 'channel' } })
    await expect(channels.list()).resolves.toEqual([])
  })

  test('forget with their configuration what came of it', async () => {
    const world = await noticeWorld()
    await world.add('feishu')
    await world.notices.test('feishu')
    const last = async () => (await world.notices.channels.list())[0]?.last
    await expect(last()).resolves.toEqual({ atMs: NOW })
    world.clock.nowMs += 1
    await world.notices.channels.save({ kind: 'feishu', enabled: false })
    await expect(last()).resolves.toEqual({ atMs: NOW })
    await world.add('feishu')
    await expect(last()).resolves.toBeUndefined()
    await world.notices.channels.remove('feishu')
    await expect(world.notices.channels.list()).resolves.toEqual([])
  })

  test('that were changed while a notice was on its way keep no word of it', async () => {
    const world = await noticeWorld()
    await world.add('webhook')
    world.receivers.webhook.react = () => 'hang'
    const test = world.notices.test('webhook').catch(() => undefined)
    await expect.poll(() => world.requests()).toBe(1)
    world.clock.nowMs += 1
    await world.notices.channels.save({ kind: 'webhook', enabled: false })
    await test
    expect((await world.notices.channels.list())[0]).not.toHaveProperty('last')
  })

  test('send nothing without access, and say so', async () => {
    const world = await noticeWorld()
    await world.add('dingtalk')
    world.granted.clear()
    const failure = { class: 'access', reason: 'no-permission' }
    await expect(world.notices.test('dingtalk')).rejects.toMatchObject({ failure })
    expect(world.requests()).toBe(0)
    expect(world.used).toEqual([])
    await expect(world.notices.channels.list()).resolves.toMatchObject([{ last: { failure } }])
  })

  test('are tested whatever is switched on, and a test that works ends a rest', async () => {
    const world = await noticeWorld()
    await world.decide({ events: ['sync-failed'] })
    await world.add('ntfy')
    world.receivers.ntfy.react = () => jsonReply({ error: 'no' }, 403)
    await world.notices.tell([{ event: 'sync-failed' }])
    expect(world.requests()).toBe(1)
    await expect(world.notices.test('ntfy')).rejects.toMatchObject({ failure: { detail: 'no' } })
    await world.notices.tell([{ event: 'sync-failed' }])
    expect(world.requests()).toBe(2)
    world.receivers.ntfy.react = () => jsonReply({})
    await world.notices.channels.save({ kind: 'ntfy', enabled: false })
    await world.notices.test('ntfy')
    expect(world.receivers.ntfy.requests.at(-1)?.bodyText).toBe(
      'This is a test. Notices arrive here.',
    )
    await world.notices.channels.save({ kind: 'ntfy', enabled: true })
    await world.notices.tell([{ event: 'sync-failed' }])
    expect(world.requests()).toBe(4)
  })
})

describe('a channel that fails', () => {
  test('is left out for longer and longer, up to six hours, and is never asked twice at once', async () => {
    const world = await noticeWorld()
    await world.decide({ events: ['sync-failed'] })
    await world.add('ntfy', 'feishu')
    world.receivers.ntfy.react = () => jsonReply({ error: 'no' }, 500)
    const sentAt: number[] = []
    // Something to tell every five minutes.
    const rounds = 26 * 12
    for (let round = 0; round < rounds; round += 1) {
      const before = world.receivers.ntfy.requests.length
      await world.notices.tell([{ event: 'sync-failed' }])
      const sent = world.receivers.ntfy.requests.length - before
      expect(sent).toBeLessThanOrEqual(1)
      if (sent === 1) sentAt.push(round * 5)
      world.clock.nowMs += 5 * MINUTE_MS
    }
    const gaps = sentAt.slice(1).map((minute, at) => minute - (sentAt[at] ?? 0))
    expect(gaps).toEqual([5, 10, 20, 40, 80, 160, 320, 360, 360])
    // The other one has nothing to do with it.
    expect(world.receivers.feishu.requests).toHaveLength(rounds)
  })

  test('rests whatever becomes of the worker, and is asked at once when the clock was set back', async () => {
    const world = await noticeWorld()
    await world.decide({ events: ['sync-failed'] })
    await world.add('ntfy')
    world.receivers.ntfy.react = () => 'drop'
    await world.notices.tell([{ event: 'sync-failed' }])
    world.clock.nowMs += 4 * MINUTE_MS
    await world.restart().tell([{ event: 'sync-failed' }])
    expect(world.requests()).toBe(1)
    world.clock.nowMs -= 7 * 60 * MINUTE_MS
    await world.restart().tell([{ event: 'sync-failed' }])
    expect(world.requests()).toBe(2)
  })

  test('begins anew after one that worked', async () => {
    const world = await noticeWorld()
    await world.decide({ events: ['sync-failed'] })
    await world.add('wecom')
    const tellAfter = async (minutes: number, works: boolean) => {
      world.clock.nowMs += minutes * MINUTE_MS
      world.receivers.wecom.react = () => jsonReply({ errcode: works ? 0 : 1 })
      const before = world.requests()
      await world.notices.tell([{ event: 'sync-failed' }])
      return world.requests() - before
    }
    expect(await tellAfter(0, false)).toBe(1)
    expect(await tellAfter(5, false)).toBe(1)
    expect(await tellAfter(5, true)).toBe(0)
    expect(await tellAfter(5, true)).toBe(1)
    expect(await tellAfter(0, false)).toBe(1)
    expect(await tellAfter(5, false)).toBe(1)
  })
})
