import { describe, expect, test } from 'vitest'

import { jsonReply } from '@/e2e/relays/kit/reply'
import type { JournalEntry } from '@/src/domain/journal'
import type { News, NewsAccount } from '@/src/domain/news'
import { CHANNEL_KINDS, NOTICE_EVENTS } from '@/src/domain/notice'

import { SECRETS } from './samples'
import { noticeWorld, type NoticeWorld } from './world'

const HOUR_MS = 3_600_000

const account = (at: number): NewsAccount => ({
  id: `acc_${String(at).padStart(32, '0')}`,
  name: `Relay ${at}`,
  origin: `https://relay${at}.example`,
})
const low = (...numbers: number[]): News => ({
  event: 'low-balance',
  accounts: numbers.map((at) => ({ ...account(at), balanceUsd: at / 10 })),
})
const ended = (...numbers: number[]): News => ({
  event: 'login-expired',
  accounts: numbers.map(account),
})
const finished: News = {
  event: 'check-in-finished',
  counts: { done: 2, earlier: 1, notDone: 0, needsYou: 1, unknown: 0 },
}
const needsYou: News = { event: 'check-in-needs-you', accounts: [account(4)] }
const everything: News[] = [finished, needsYou, low(1), ended(2), { event: 'sync-failed' }]

async function journalOf({ vault }: NoticeWorld): Promise<JournalEntry[]> {
  const { records } = await vault.loadAll('journal')
  return records.sort((a, b) => a.startedAtMs - b.startedAtMs)
}

describe('what is told', () => {
  test('is nothing, as long as nothing was switched on', async () => {
    const world = await noticeWorld()
    await world.add(...CHANNEL_KINDS)
    await world.notices.tell(everything)
    await world.decide({ browser: true })
    await world.notices.tell(everything)
    expect([world.requests(), world.shown, await journalOf(world)]).toEqual([0, [], []])
    await expect(world.notices.wants(NOTICE_EVENTS)).resolves.toBe(false)
  })

  test('is one notice per occasion and place, whatever applies', async () => {
    const world = await noticeWorld()
    await world.add(...CHANNEL_KINDS)
    await world.decide({ browser: true, events: NOTICE_EVENTS })
    await expect(world.notices.wants(['low-balance'])).resolves.toBe(true)
    await world.notices.tell(everything)
    expect(world.shown).toEqual([
      {
        event: 'check-in-finished',
        title: 'Relaydeck: check-in finished',
        message: [
          'Check-in: 2 done, 1 done earlier, 1 needs you.',
          '1 check-in needs you: Relay 4.',
          'The last sync did not work. Open Relaydeck to see why.',
          '1 login ended: Relay 2.',
          '1 balance is low: Relay 1 ($0.10).',
        ].join('\n'),
      },
    ])
    for (const kind of CHANNEL_KINDS) expect(world.receivers[kind].requests).toHaveLength(1)
    expect(world.receivers.ntfy.requests[0]?.bodyText).toBe(world.shown[0]?.message)
    const [entry, ...more] = await journalOf(world)
    expect(more).toEqual([])
    expect(entry).toMatchObject({ kind: 'notice', why: 'account', state: 'done' })
    expect(entry?.lines.map(({ id, state }) => [id, state])).toEqual([
      ['browser', 'done'],
      ...entry!.lines.slice(1).map(({ id }) => [id, 'done']),
    ])
    expect(entry?.lines).toHaveLength(1 + CHANNEL_KINDS.length)
  })

  test('leaves out what is not switched on, and what says nothing', async () => {
    const world = await noticeWorld()
    await world.decide({ browser: true, events: ['login-expired', 'check-in-finished'] })
    await world.notices.tell(everything.filter((one) => one !== finished))
    expect(world.shown).toMatchObject([
      { event: 'login-expired', message: '1 login ended: Relay 2.' },
    ])
    const counts = { done: 0, earlier: 0, notDone: 0, needsYou: 0, unknown: 0 }
    await world.notices.tell([{ event: 'check-in-finished', counts }, ended(), low(1)])
    expect(world.shown).toHaveLength(1)
  })

  test('speaks the language of the user', async () => {
    const world = await noticeWorld()
    await world.decide({ browser: true, events: ['login-expired'] })
    world.language = 'zh-CN'
    await world.notices.tell([ended(1, 2, 3, 4, 5, 6, 7)])
    world.language = 'ja'
    await world.notices.tell([ended(8)])
    expect(world.shown.map(({ message }) => message)).toEqual([
      '7 个账户登录已失效：Relay 1、Relay 2、Relay 3、Relay 4、Relay 5 以及另外 2 个。',
      '1 件のアカウントのログインが切れました：Relay 8。',
    ])
  })
})

describe('how accounts stand', () => {
  test('is told once within the cooldown, however often it is reported', async () => {
    const world = await noticeWorld()
    await world.decide({
      browser: true,
      events: ['low-balance', 'login-expired'],
      warnings: { cooldownHours: 10 },
    })
    await Promise.all([world.notices.tell([low(1, 2)]), world.notices.tell([low(2, 1)])])
    world.clock.nowMs += 10 * HOUR_MS - 1
    await world.restart().tell([low(1, 2), ended(1)])
    await world.notices.tell([low(1, 2, 3), ended(1)])
    world.clock.nowMs += 1
    await world.notices.tell([low(1, 2, 3), ended(1)])
    expect(world.shown.map(({ message }) => message)).toEqual([
      '2 balances are low: Relay 1 ($0.10), Relay 2 ($0.20).',
      '1 login ended: Relay 1.',
      '1 balance is low: Relay 3 ($0.30).',
      '2 balances are low: Relay 1 ($0.10), Relay 2 ($0.20).',
    ])
  })

  test('does not count as told while there is nobody to tell', async () => {
    const world = await noticeWorld()
    world.browser.isGranted = false
    await world.decide({ browser: true, events: ['low-balance'] })
    await world.notices.tell([low(1)], { id: 'a' })
    expect(await journalOf(world)).toEqual([])
    world.browser.isGranted = true
    await world.notices.tell([low(1)], { id: 'a' })
    expect(world.shown).toHaveLength(1)
  })

  test('is told again after the clock was set back by more than any cooldown', async () => {
    const world = await noticeWorld()
    await world.decide({ browser: true, events: ['low-balance'] })
    await world.notices.tell([low(1)])
    world.clock.nowMs -= 40 * 24 * HOUR_MS
    await world.notices.tell([low(1)])
    expect(world.shown).toHaveLength(2)
  })
})

describe('an occasion', () => {
  test('is told once, also by a worker that comes back to it', async () => {
    const world = await noticeWorld()
    await world.decide({ browser: true, events: ['check-in-finished'] })
    await world.notices.tell([finished], { id: 'run_1', why: 'check-in' })
    await world.restart().tell([finished], { id: 'run_1', why: 'check-in' })
    await world.notices.tell([finished], { id: 'run_2', why: 'check-in' })
    expect(world.shown).toHaveLength(2)
    expect(await journalOf(world)).toMatchObject([{ why: 'check-in' }, { why: 'check-in' }])
  })
})

describe('a place that fails', () => {
  test('is in the journal with its reason and hinders no other, nor the caller', async () => {
    const world = await noticeWorld()
    await world.add('telegram', 'feishu', 'webhook')
    await world.decide({ browser: true, events: ['sync-failed'] })
    world.receivers.telegram.react = () => 'hang'
    world.receivers.feishu.react = () => jsonReply({ code: 9, msg: 'no such robot' })
    world.browser.isBroken = true
    await world.notices.tell([{ event: 'sync-failed' }])
    expect(world.receivers.webhook.requests).toHaveLength(1)
    const lines = (entry: JournalEntry | undefined) =>
      Object.fromEntries(
        entry?.lines.map(({ id, state, failure }) => [id, failure?.reason ?? state]) ?? [],
      )
    const [first] = await journalOf(world)
    expect(first?.state).toBe('partly')
    expect(lines(first)).toEqual({
      browser: 'Error',
      telegram: 'timeout',
      feishu: 'channel-refused',
      webhook: 'done',
    })
    world.clock.nowMs += 60_000
    world.browser.isGranted = false
    await world.notices.tell([{ event: 'sync-failed' }])
    expect(lines((await journalOf(world))[1])).toEqual({
      browser: 'notifications-not-granted',
      telegram: 'skipped',
      feishu: 'skipped',
      webhook: 'done',
    })
    expect(world.receivers.telegram.requests).toHaveLength(1)
    expect(world.receivers.feishu.requests).toHaveLength(1)
  })

  test('is the browser without permission: its test says so', async () => {
    const world = await noticeWorld()
    world.browser.isGranted = false
    await expect(world.notices.test('browser')).rejects.toMatchObject({
      failure: { class: 'access', reason: 'notifications-not-granted' },
    })
    world.browser.isGranted = true
    await world.notices.test('browser')
    expect(world.shown).toMatchObject([{ event: 'test', title: 'Relaydeck: test' }])
  })

  test('cannot make telling fail, nor can a disk that is gone', async () => {
    const world = await noticeWorld()
    await world.add('ntfy')
    await world.decide({ browser: true, events: ['sync-failed'] })
    const broken = { ...world.vault, write: () => Promise.reject(new Error('disk full')) }
    Object.assign(world.vault, broken)
    await expect(world.notices.tell([{ event: 'sync-failed' }])).resolves.toBeUndefined()
    expect([world.shown.length, world.requests()]).toEqual([1, 1])
  })
})

describe('a worker that died while it sent', () => {
  test('leaves an entry that the next one closes, and nothing is sent again', async () => {
    const world = await noticeWorld()
    await world.add('webhook', 'ntfy')
    await world.decide({ events: ['low-balance'] })
    world.receivers.webhook.react = () => 'hang'
    const telling = world.notices.tell([low(1)])
    await expect.poll(() => world.requests()).toBe(2)
    const running = (await journalOf(world))[0]
    expect(running).toMatchObject({ state: 'running', lines: [{}, {}] })
    // It is under way in this worker.
    await world.notices.chore.wakeUp()
    expect((await journalOf(world))[0]?.state).toBe('running')
    const next = world.restart()
    await next.chore.wakeUp()
    expect((await journalOf(world))[0]).toMatchObject({
      state: 'interrupted',
      lines: [{ state: 'unknown' }, { state: 'unknown' }],
    })
    await next.tell([low(1)])
    await expect(next.chore.nextAtMs()).resolves.toBeNull()
    await telling
    expect(world.requests()).toBe(2)
  })
})

test('no secret of any channel is in a notice, an entry, a view or a failure', async () => {
  const world = await noticeWorld()
  await world.add(...CHANNEL_KINDS)
  await world.decide({ browser: true, events: NOTICE_EVENTS })
  for (const kind of CHANNEL_KINDS) {
    world.receivers[kind].react = ({ target, bodyText, headers }) => {
      const seen = `${target} ${bodyText} ${String(headers.authorization)}`.replace(
        /[/?&=:"]/g,
        ' ',
      )
      return jsonReply({ ok: false, code: 1, errcode: 1, message: seen.slice(-280) }, 400)
    }
  }
  await world.notices.tell(everything)
  for (const kind of CHANNEL_KINDS) await world.notices.test(kind).catch(() => undefined)
  expect(world.requests()).toBe(2 * CHANNEL_KINDS.length)
  const entries = await journalOf(world)
  expect(entries[0]?.lines.filter(({ failure }) => failure?.detail)).toHaveLength(6)
  const bodies = Object.values(world.receivers).flatMap(({ requests }) =>
    // Telegram takes the chat in its body; nothing else that is secret belongs there.
    requests.map(({ bodyText }) => bodyText.replace('"chat_id":"-1001987654321"', '')),
  )
  const all = JSON.stringify([world.shown, entries, await world.notices.channels.list(), bodies])
  for (const secret of SECRETS) expect(all.toLowerCase()).not.toContain(secret.toLowerCase())
})
