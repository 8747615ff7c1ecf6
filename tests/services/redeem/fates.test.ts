import { describe, expect, test } from 'vitest'

import { createSub2ApiRelay } from '@/e2e/relays/sub2api/relay'
import type { NewApiRelay } from '@/e2e/relays/new-api/relay'

import { plant, rowOf } from '../../storage/raw-disk'
import {
  codeNamed,
  codesNamed,
  CREDIT,
  redeemWorld,
  type RedeemWorker,
  siteWith,
  startWith,
  unused,
} from './redeem-world'

const TOP_UP = '/api/user/topup'
const LOG = { path: '/api/log/self' }

const posts = ({ counters }: NewApiRelay) => counters.count('POST', TOP_UP)

/** A site with one unused code. */
async function scene(options: object = {}) {
  const world = await redeemWorld()
  const code = codeNamed('code')
  const relay = await world.keys.relay('site', siteWith(unused([code]), options))
  return { world, code, relay, worker: await startWith(world, 'site') }
}

/** What the site's log says of a code that was redeemed then. */
function addRow(relay: NewApiRelay, atMs: number): void {
  relay.state.logs.push({
    id: 900,
    userId: 7,
    createdAtSec: Math.floor(atMs / 1000) + 1,
    type: 1,
    quota: 0,
    content: '通过兑换码充值 ＄1.000000 额度，兑换码ID 1',
    modelName: '',
    tokenName: '',
    group: 'default',
    promptTokens: 0,
    completionTokens: 0,
  })
}

/** The same worker goes on after the person asked for it. */
async function retry({ redeemer }: RedeemWorker, id: string, ...picks: number[]): Promise<void> {
  await redeemer.retry(id, picks)
  await redeemer.idle()
}

describe('a code whose answer was lost', () => {
  test('is redeemed when the log of the site says so, and the balance says nothing', async () => {
    const { world, code, relay, worker } = await scene()
    relay.faults.set({ path: TOP_UP }, { kind: 'done-reset' }, 1)
    world.onSend = () => {
      // Something was used meanwhile.
      for (const user of relay.state.users.values()) user.usedQuota += 5
    }
    const id = await worker.run([code], worker.accounts)
    expect(await worker.codesOf(id)).toMatchObject([{ state: 'redeemed', amount: CREDIT }])
    expect(posts(relay)).toBe(1)
  })

  test('is not redeemed by a row of the log when the balance did not grow', async () => {
    const { world, code, relay, worker } = await scene()
    relay.faults.set({ path: TOP_UP }, { kind: 'reset' }, 1)
    // The site's clock is ahead: what was redeemed by hand before looks as if it came after.
    addRow(relay, world.clock.nowMs + 60_000)
    const id = await worker.run([code], worker.accounts)
    expect(await worker.statesOf(id)).toEqual(['unknown'])
  })

  test('is redeemed when the balance grew and nothing else happened', async () => {
    const { code, relay, worker } = await scene()
    relay.faults.set({ path: TOP_UP }, { kind: 'done-reset' }, 1)
    relay.faults.set(LOG, { kind: 'status', status: 404 })
    const id = await worker.run([code], worker.accounts)
    expect(await worker.codesOf(id)).toMatchObject([{ state: 'redeemed', amount: CREDIT }])
    expect(posts(relay)).toBe(1)
  })

  test.each(['use', 'check-in'])(
    'stays unknown where something else (%s) may have moved the balance',
    async (what) => {
      const { world, code, relay, worker } = await scene()
      const [accountId = ''] = worker.accounts
      relay.faults.set({ path: TOP_UP }, { kind: what === 'use' ? 'done-reset' : 'reset' }, 1)
      relay.faults.set(LOG, { kind: 'status', status: 404 })
      world.onSend = () => {
        for (const user of relay.state.users.values()) {
          if (what === 'use') user.usedQuota += 5
          // The balance grew by the check-in and not by the code.
          else user.quota += 3
        }
      }
      if (what === 'check-in') {
        await worker.worker.vault.write([
          {
            store: 'checkIns',
            put: {
              id: accountId,
              sinceMs: 1,
              clock: [{ fromMs: 0, toMs: 0 }],
              // While the code was on its way.
              tries: { count: 1, lastAtMs: world.clock.nowMs + 60_000 },
              days: [],
            },
          },
        ])
      }
      const id = await worker.run([code], worker.accounts)
      expect(await worker.codesOf(id)).toMatchObject([
        { state: 'unknown', failure: { class: 'interrupted', reason: 'uncertain' } },
      ])
    },
  )

  test('is never sent again by itself, nor in another batch', async () => {
    const { world, code, relay, worker } = await scene()
    relay.faults.set({ path: TOP_UP }, { kind: 'reset' }, 1)
    const id = await worker.run([code], worker.accounts)
    expect(await worker.statesOf(id)).toEqual(['unknown'])
    expect(relay.books.codes).toEqual([])
    world.clock.nowMs += 3_600_000
    await worker.redeemer.chore.wakeUp()
    await worker.redeemer.idle()
    const other = await worker.run([code], worker.accounts)
    expect(await worker.statesOf(other)).toEqual(['unknown'])
    expect(posts(relay)).toBe(1)
  })

  test('is asked for, and not sent, when the person wants to know', async () => {
    const { world, code, relay, worker } = await scene()
    // The site is slow: it books after we gave up.
    relay.faults.set({ path: TOP_UP }, { kind: 'reset' }, 1)
    const id = await worker.run([code], worker.accounts)
    await retry(worker, id, 0)
    expect(await worker.batch(id)).toMatchObject({ state: 'done', codes: [{ state: 'unknown' }] })
    expect(posts(relay)).toBe(1)

    const user = relay.state.users.get(7)
    if (!user) throw new Error('no user')
    user.quota += CREDIT
    addRow(relay, world.clock.nowMs)
    await retry(worker, id, 0)
    expect(await worker.codesOf(id)).toMatchObject([{ state: 'redeemed', amount: CREDIT }])
    expect(posts(relay)).toBe(1)
    // What was found out is remembered, too.
    const other = await worker.run([code], worker.accounts)
    expect(await worker.statesOf(other)).toEqual(['redeemed'])
    expect(posts(relay)).toBe(1)
  })

  test('is not taken for one that was credited just before it', async () => {
    const world = await redeemWorld()
    const codes = codesNamed('row', 3)
    const [, second] = codes
    const relay = await world.keys.relay('site', siteWith(unused(codes)))
    const worker = await startWith(world, 'site')
    world.onSend = (code) => {
      // Lost before the site saw it; the log has one row, of the first code, in the same second.
      if (code === second) relay.faults.set({ path: TOP_UP }, { kind: 'reset' }, 1)
    }
    const id = await worker.run(codes, worker.accounts)
    expect(await worker.statesOf(id)).toEqual(['redeemed', 'unknown', 'redeemed'])
    expect(relay.books.codes.map(({ code }) => code)).toEqual([codes[0], codes[2]])
  })

  test('is found among others by what the balance grew by', async () => {
    const world = await redeemWorld()
    const codes = codesNamed('row', 3)
    const [, second] = codes
    const relay = await world.keys.relay('site', siteWith(unused(codes)))
    const worker = await startWith(world, 'site')
    world.onSend = (code) => {
      if (code === second) relay.faults.set({ path: TOP_UP }, { kind: 'done-reset' }, 1)
    }
    const id = await worker.run(codes, worker.accounts)
    const view = await worker.codesOf(id)
    expect(view.map(({ amount }) => amount)).toEqual([CREDIT, CREDIT, CREDIT])
    expect(relay.books.codes).toHaveLength(3)
  })

  test('proves nothing about the next one: which of the two was credited nobody knows', async () => {
    const world = await redeemWorld()
    const codes = codesNamed('row', 2)
    const [first] = codes
    const relay = await world.keys.relay('site', siteWith(unused(codes)))
    const worker = await startWith(world, 'site')
    world.onSend = (code) => {
      const kind = code === first ? 'reset' : 'done-reset'
      relay.faults.set({ path: TOP_UP }, { kind }, 1)
    }
    const id = await worker.run(codes, worker.accounts)
    expect(await worker.statesOf(id)).toEqual(['unknown', 'unknown'])
    expect(posts(relay)).toBe(2)
  })

  test('is found by its text where the site keeps a list of them', async () => {
    const world = await redeemWorld()
    const codes = codesNamed('list', 3)
    const [, second] = codes
    const relay = await world.keys.site(
      'site',
      createSub2ApiRelay({
        generation: 'new',
        rateLimits: 'off',
        now: () => world.clock.nowMs,
        users: [{ id: 7, email: 'alice@mail.example', password: 'pass', balance: 1 }],
        redeemCodes: codes.map((code) => ({ code, type: 'balance' as const, value: 2.5 })),
      }),
    )
    const worker = await world.start()
    const accountId = await world.keys.account(worker.worker, 'site', {
      siteType: 'sub2api',
      auth: { mode: 'session', owner: 'self' },
    })
    const { localStorage } = relay.sessionFor('alice@mail.example')
    const session = {
      bearer: localStorage['auth_token'] ?? '',
      expiresAtMs: world.clock.nowMs + 3_600_000,
    }
    await worker.worker.vault.write([{ store: 'bonds', put: { id: accountId, session } }])
    world.onSend = (code) => {
      if (code === second) relay.faults.set({ path: '/api/v1/redeem' }, { kind: 'done-reset' }, 1)
    }
    const id = await worker.run(codes, [accountId])
    expect(await worker.codesOf(id)).toMatchObject([
      { state: 'redeemed', amount: 2.5, unit: 'usd' },
      { state: 'redeemed', amount: 2.5 },
      { state: 'redeemed', amount: 2.5 },
    ])
    expect(relay.books.codes).toHaveLength(3)
  })
})

describe('a code that the browser sent twice by itself', () => {
  test.each(['older', 'newer'])('is redeemed, though the site refused it (%s)', async (texts) => {
    const world = await redeemWorld()
    const codes = codesNamed('twice', 2)
    const used = codeNamed('used')
    const relay = await world.keys.relay(
      'site',
      siteWith([...unused(codes), { code: used, quota: CREDIT, status: 3 }], {
        redeemTexts: texts as 'older',
      }),
    )
    const worker = await startWith(world, 'site')
    world.again = () => undefined
    const id = await worker.run([...codes, used], worker.accounts)
    expect(await worker.codesOf(id)).toMatchObject([
      { state: 'redeemed', amount: CREDIT },
      { state: 'redeemed', amount: CREDIT },
      { state: texts === 'older' ? 'used' : 'refused' },
    ])
    expect(relay.books.codes).toHaveLength(2)
  })

  test('is redeemed, though the second one met a limit', async () => {
    const { world, code, relay, worker } = await scene()
    // The first one is still being worked on.
    world.again = () => relay.state.redeeming.add(7)
    const id = await worker.run([code], worker.accounts)
    expect(await worker.batch(id)).toMatchObject({ state: 'waiting' })
    world.again = null
    relay.state.redeeming.clear()
    world.clock.nowMs += 60_000
    await worker.redeemer.chore.wakeUp()
    await worker.redeemer.idle()
    expect(await worker.codesOf(id)).toMatchObject([{ state: 'redeemed', amount: CREDIT }])
    expect(relay.books.codes).toHaveLength(1)
  })
})

describe('a site that is down', () => {
  test('puts no code at risk: nothing leaves, and everything may leave later', async () => {
    const world = await redeemWorld()
    const codes = codesNamed('down', 3)
    const relay = await world.keys.relay('site', siteWith(unused(codes)))
    const worker = await startWith(world, 'site')
    relay.faults.set({ path: '*' }, { kind: 'reset' })
    const id = await worker.run(codes, worker.accounts)
    expect(await worker.codesOf(id)).toMatchObject([
      { state: 'failed', failure: { class: 'network' } },
      { state: 'failed', failure: { class: 'network', reason: 'resting' } },
      { state: 'failed', failure: { class: 'network', reason: 'resting' } },
    ])
    expect(world.sent).toEqual([])
    expect((await worker.worker.vault.loadAll('sentCodes')).records).toEqual([])
    relay.faults.clear()
    await retry(worker, id, 0, 1, 2)
    expect(await worker.statesOf(id)).toEqual(['redeemed', 'redeemed', 'redeemed'])
    expect(posts(relay)).toBe(3)
  })

  test('in the middle leaves one code unknown and the rest unsent', async () => {
    const world = await redeemWorld()
    const codes = codesNamed('down', 4)
    const [, second] = codes
    const relay = await world.keys.relay('site', siteWith(unused(codes)))
    const worker = await startWith(world, 'site')
    world.onSend = (code) => {
      if (code === second) relay.faults.set({ path: '*' }, { kind: 'reset' })
    }
    const id = await worker.run(codes, worker.accounts)
    expect(await worker.statesOf(id)).toEqual(['redeemed', 'unknown', 'failed', 'failed'])
    expect(posts(relay)).toBe(2)
  })
})

describe('what is remembered of a code', () => {
  test('counts as sent when nobody can read it', async () => {
    const { world, code, relay, worker } = await scene()
    relay.faults.set({ path: TOP_UP }, { kind: 'status', status: 429 }, 3)
    await worker.run([code], worker.accounts)
    for (let turn = 0; turn < 3; turn += 1) {
      world.clock.nowMs += 3_600_000
      await worker.redeemer.chore.wakeUp()
      await worker.redeemer.idle()
    }
    const { records } = await worker.worker.vault.loadAll('sentCodes')
    expect(records).toMatchObject([{ state: 'limited' }])
    const row = await rowOf('sentCodes', records[0]?.id ?? '')
    row.sealed[row.sealed.length - 1] = (row.sealed.at(-1) ?? 0) ^ 1
    await plant('sentCodes', row)
    const id = await worker.run([code], worker.accounts)
    expect(await worker.codesOf(id)).toMatchObject([
      { state: 'unknown', failure: { class: 'storage' } },
    ])
    expect(posts(relay)).toBe(3)
  })

  test('is enough, should the batch itself be lost', async () => {
    const { world, code, relay, worker } = await scene({ redeemMs: 50 })
    const id = await worker.redeemer.start([code], worker.accounts)
    while (world.sent.length === 0) await new Promise((resolve) => setTimeout(resolve, 1))
    worker.worker.life.isAlive = false
    const row = await rowOf('batches', id)
    row.sealed[row.sealed.length - 1] = (row.sealed.at(-1) ?? 0) ^ 1
    await plant('batches', row)
    while (relay.state.redeeming.size > 0) await new Promise((resolve) => setTimeout(resolve, 5))

    const next = await world.start()
    await next.redeemer.chore.wakeUp()
    await next.redeemer.idle()
    expect(await next.redeemer.list()).toEqual([])
    const again = await next.run([code], worker.accounts)
    expect(await next.codesOf(again)).toMatchObject([{ state: 'redeemed' }])
    expect(posts(relay)).toBe(1)
  })

  test('stays when the account is gone, and says that nobody can be asked', async () => {
    const { world, code, relay, worker } = await scene({ redeemMs: 50 })
    const id = await worker.redeemer.start([code], worker.accounts)
    while (world.sent.length === 0) await new Promise((resolve) => setTimeout(resolve, 1))
    worker.worker.life.isAlive = false
    const next = await world.start()
    await next.worker.book.remove(worker.accounts)
    await next.redeemer.chore.wakeUp()
    await next.redeemer.idle()
    expect(await next.batch(id)).toMatchObject({
      state: 'done',
      codes: [{ state: 'unknown', failure: { class: 'not-found', reason: 'account' } }],
    })
    expect(posts(relay)).toBe(1)
  })
})
