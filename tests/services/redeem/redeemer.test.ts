import { describe, expect, test } from 'vitest'

import type { JournalEntry } from '@/src/domain/journal'

import { PAT } from '../keys/key-world'
import {
  classesOf,
  codeNamed,
  codesNamed,
  CREDIT,
  redeemWorld,
  type RedeemWorker,
  siteWith,
  startWith,
  unused,
} from './redeem-world'

const journalOf = async ({ worker }: RedeemWorker): Promise<JournalEntry[]> =>
  (await worker.vault.loadAll('journal')).records

describe('a batch', () => {
  test('says of each code what the site said, and tells the journal without a code', async () => {
    const world = await redeemWorld()
    const [good, used, expired, invalid] = ['good', 'used', 'old', 'wrong'].map((name) =>
      codeNamed(name),
    ) as [string, string, string, string]
    const relay = await world.keys.relay(
      'site',
      siteWith([
        { code: good, quota: CREDIT },
        { code: used, quota: CREDIT, status: 3 },
        { code: expired, quota: CREDIT, expiredTime: 1_700_000_000 },
      ]),
    )
    const worker = await startWith(world, 'site')
    const id = await worker.run([good, used, expired, invalid], worker.accounts)

    const view = await worker.batch(id)
    expect(view).toMatchObject({ state: 'done', endedAtMs: world.clock.nowMs })
    expect(view.codes.map(({ state, amount, unit }) => [state, amount, unit])).toEqual([
      ['redeemed', CREDIT, 'points'],
      ['used', undefined, undefined],
      ['expired', undefined, undefined],
      ['invalid', undefined, undefined],
    ])
    expect(relay.books.codes).toMatchObject([{ userId: 7, code: good, amount: CREDIT }])
    expect(world.refreshed).toEqual(worker.accounts)
    const journal = await journalOf(worker)
    expect(journal).toMatchObject([
      {
        id,
        kind: 'redeem',
        why: 'you',
        slot: '2026-11-26T12:00',
        state: 'partly',
        lines: [
          {
            id: worker.accounts[0],
            state: 'done',
            reward: CREDIT,
            counts: { redeemed: 1, used: 1, expired: 1, invalid: 1 },
          },
        ],
      },
    ])
    const told = JSON.stringify([journal, await worker.redeemer.list()])
    for (const code of [good, used, expired, invalid]) expect(told).not.toContain(code)
  })

  test('remembers codes by a digest that tells neither code nor origin', async () => {
    const world = await redeemWorld()
    const code = codeNamed('digest')
    await world.keys.relay('site', siteWith(unused([code])))
    const worker = await startWith(world, 'site')
    await worker.run([code], worker.accounts)
    const { records } = await worker.worker.vault.loadAll('sentCodes')
    const { createHash } = await import('node:crypto')
    const hash = createHash('sha256')
      .update(`${world.keys.origin('site')}\n${code}`)
      .digest('hex')
    expect(records).toMatchObject([
      { id: `code_${hash.slice(0, 32)}`, state: 'redeemed', amount: CREDIT },
    ])
    expect(JSON.stringify(records)).not.toContain(code)
  })

  test('does not send what is known, and says what is known', async () => {
    const world = await redeemWorld()
    const [good, wrong] = [codeNamed('good'), codeNamed('wrong')]
    await world.keys.relay('site', siteWith(unused([good])))
    const worker = await startWith(world, 'site')
    await worker.run([good, wrong], worker.accounts)
    const id = await worker.run([good, wrong], worker.accounts)
    expect(await worker.codesOf(id)).toMatchObject([
      { state: 'redeemed', amount: CREDIT, accountId: worker.accounts[0] },
      { state: 'invalid' },
    ])
    expect(world.sent).toHaveLength(2)
  })

  test('is told of a second user of the site what is known of the first one', async () => {
    const world = await redeemWorld()
    const code = codeNamed('good')
    const relay = await world.keys.relay(
      'site',
      siteWith(unused([code]), {
        users: [
          { id: 7, username: 'alice', password: 'pass', quota: 0, accessToken: PAT },
          { id: 8, username: 'bob', password: 'pass', quota: 0, accessToken: `${PAT}8` },
        ],
      }),
    )
    const worker = await startWith(world, 'site')
    const bob = await world.keys.account(worker.worker, 'site', {
      userId: '8',
      auth: { mode: 'token', accessToken: `${PAT}8` },
    })
    await worker.run([code], worker.accounts)
    const id = await worker.run([code], [bob])
    expect(await worker.codesOf(id)).toMatchObject([
      { state: 'redeemed', accountId: worker.accounts[0] },
    ])
    expect(relay.counters.count('POST', '/api/user/topup')).toBe(1)
  })

  test('that two pages begin with the same code at once sends it once', async () => {
    const world = await redeemWorld()
    const codes = codesNamed('twin', 3)
    const relay = await world.keys.relay('site', siteWith(unused(codes), { redeemMs: 30 }))
    const worker = await startWith(world, 'site')
    const begin = () => worker.redeemer.start(codes, worker.accounts)
    const ids = await Promise.all([begin(), begin()])
    await worker.redeemer.idle()
    for (const id of ids) {
      expect(await worker.statesOf(id)).toEqual(['redeemed', 'redeemed', 'redeemed'])
    }
    expect(world.sent).toHaveLength(3)
    expect(relay.books.codes).toHaveLength(3)
  })
})

describe('several accounts', () => {
  test('are tried in their order, and only where the site does not know the code', async () => {
    const world = await redeemWorld()
    const [here, there, used, nowhere] = ['here', 'there', 'used', 'none'].map((name) =>
      codeNamed(name),
    ) as [string, string, string, string]
    const first = await world.keys.relay(
      'first',
      siteWith([...unused([here]), { code: used, quota: CREDIT, status: 3 }]),
    )
    const second = await world.keys.relay('second', siteWith(unused([there, used])))
    const worker = await startWith(world, 'first', 'second')
    const id = await worker.run([here, there, used, nowhere], worker.accounts)
    const [one, two] = worker.accounts
    expect(await worker.codesOf(id)).toMatchObject([
      { state: 'redeemed', accountId: one },
      { state: 'redeemed', accountId: two },
      { state: 'used', accountId: one },
      { state: 'invalid', accountId: two },
    ])
    expect(first.books.codes.map(({ code }) => code)).toEqual([here])
    expect(second.books.codes.map(({ code }) => code)).toEqual([there])
    expect(world.sent.filter((line) => line.endsWith(used))).toHaveLength(1)
    expect(world.refreshed).toEqual([one, two])
  })

  test('of one site count once: what it does not know, it does not know', async () => {
    const world = await redeemWorld()
    const code = codeNamed('wrong')
    const relay = await world.keys.relay(
      'site',
      siteWith([], {
        users: [
          { id: 7, username: 'alice', password: 'pass', quota: 0, accessToken: PAT },
          { id: 8, username: 'bob', password: 'pass', quota: 0, accessToken: `${PAT}8` },
        ],
      }),
    )
    const worker = await startWith(world, 'site')
    const bob = await world.keys.account(worker.worker, 'site', {
      userId: '8',
      auth: { mode: 'token', accessToken: `${PAT}8` },
    })
    const id = await worker.run([code], [...worker.accounts, bob])
    expect(await worker.statesOf(id)).toEqual(['invalid'])
    expect(relay.counters.count('POST', '/api/user/topup')).toBe(1)
  })

  test.each(['removed', 'disabled'])('of which one was %s meanwhile say so', async (how) => {
    const world = await redeemWorld()
    const codes = codesNamed('late', 2)
    await world.keys.relay('site', siteWith(unused(codes), { redeemMs: 50 }))
    const worker = await startWith(world, 'site')
    const [accountId = ''] = worker.accounts
    const id = await worker.redeemer.start(codes, worker.accounts)
    await until(() => world.sent.length === 1)
    if (how === 'removed') await worker.worker.book.remove([accountId])
    else {
      await worker.worker.book.update(accountId, ({ account }) => ({
        account: { ...account, decided: { ...account.decided, disabled: true } },
      }))
    }
    await worker.redeemer.idle()
    const [first, second] = await worker.codesOf(id)
    expect(first).toMatchObject({ state: 'redeemed' })
    expect(second).toMatchObject({ state: 'failed' })
    expect(world.sent).toHaveLength(1)
    await expect(worker.redeemer.start(codes, [accountId])).rejects.toMatchObject({
      failure: { class: 'not-found', reason: 'account' },
    })
  })
})

describe('what only a person can do', () => {
  test('ends a code, and the others of the account too without asking', async () => {
    const world = await redeemWorld()
    const codes = codesNamed('gate', 3)
    const relay = await world.keys.relay('site', siteWith(unused(codes)))
    const worker = await startWith(world, 'site')
    relay.faults.set({ path: '/api/user/topup' }, { kind: 'challenge' }, 1)
    const id = await worker.run(codes, worker.accounts)
    const view = await worker.codesOf(id)
    expect(view.map(({ state }) => state)).toEqual(['needs-you', 'needs-you', 'needs-you'])
    expect(classesOf(view)).toEqual(['challenge', 'challenge', 'challenge'])
    expect(relay.counters.count('POST', '/api/user/topup')).toBe(1)
    expect(relay.books.codes).toEqual([])

    // The person did it.
    await worker.redeemer.retry(id, [0, 1, 2])
    await worker.redeemer.idle()
    expect(await worker.statesOf(id)).toEqual(['redeemed', 'redeemed', 'redeemed'])
    expect(relay.books.codes).toHaveLength(3)
  })

  test('is a login, too; another account goes on', async () => {
    const world = await redeemWorld()
    const [lost, good] = [codesNamed('lost', 2), codeNamed('good')]
    const first = await world.keys.relay('first', siteWith(unused(lost)))
    await world.keys.relay('second', siteWith(unused([good])))
    const worker = await startWith(world, 'first', 'second')
    for (const user of first.state.users.values()) user.accessToken = 'another'
    const [one = '', two = ''] = worker.accounts
    const id = await worker.run(lost, [one])
    expect(await worker.statesOf(id)).toEqual(['needs-you', 'needs-you'])
    expect(classesOf(await worker.codesOf(id))).toEqual(['login', 'login'])
    expect(world.sent).toEqual([])
    const other = await worker.run([good], [two])
    expect(await worker.statesOf(other)).toEqual(['redeemed'])
  })

  test('is Turnstile, which Veloera asks for with every code', async () => {
    const world = await redeemWorld()
    const { createVeloeraRelay } = await import('@/e2e/relays/veloera/relay')
    const codes = codesNamed('gate', 2)
    await world.keys.site(
      'site',
      createVeloeraRelay({
        generation: 'v4',
        turnstile: true,
        rateLimits: 'off',
        now: () => world.clock.nowMs,
        codes: codes.map((code) => ({ code, quota: CREDIT })),
        users: [{ id: 7, username: 'alice', password: 'pass', quota: 0, accessToken: PAT }],
      }),
    )
    const worker = await startWith(world)
    const account = await world.keys.account(worker.worker, 'site', { siteType: 'veloera' })
    const id = await worker.run(codes, [account])
    expect(await worker.codesOf(id)).toMatchObject([
      { state: 'needs-you', failure: { reason: 'turnstile' } },
      { state: 'needs-you', failure: { reason: 'turnstile' } },
    ])
    expect(world.sent).toHaveLength(1)
  })
})

describe('a person may', () => {
  test('stop a batch: what is on its way is waited for, nothing else is sent', async () => {
    const world = await redeemWorld()
    const codes = codesNamed('stop', 3)
    const relay = await world.keys.relay('site', siteWith(unused(codes), { redeemMs: 50 }))
    const worker = await startWith(world, 'site')
    const id = await worker.redeemer.start(codes, worker.accounts)
    await until(() => world.sent.length === 1)
    await worker.redeemer.stop(id)
    await worker.redeemer.idle()
    expect(await worker.batch(id)).toMatchObject({
      state: 'stopped',
      codes: [
        { state: 'redeemed' },
        { state: 'failed', failure: { class: 'cancelled' } },
        { state: 'failed', failure: { class: 'cancelled' } },
      ],
    })
    expect(relay.books.codes).toHaveLength(1)
    expect(world.refreshed).toEqual(worker.accounts)
    expect(await journalOf(worker)).toMatchObject([{ state: 'stopped' }])
    // What did not leave may leave later.
    await worker.redeemer.retry(id, [0, 1])
    await worker.redeemer.idle()
    expect(await worker.batch(id)).toMatchObject({
      state: 'done',
      codes: [{ state: 'redeemed' }, { state: 'redeemed' }, { state: 'failed' }],
    })
    expect(relay.books.codes.map(({ code }) => code)).toEqual(codes.slice(0, 2))
  })

  test('not send again what the site decided', async () => {
    const world = await redeemWorld()
    const [used, wrong, good] = ['used', 'wrong', 'good'].map((name) => codeNamed(name)) as [
      string,
      string,
      string,
    ]
    await world.keys.relay(
      'site',
      siteWith([...unused([good]), { code: used, quota: CREDIT, status: 3 }]),
    )
    const worker = await startWith(world, 'site')
    const id = await worker.run([used, wrong, good], worker.accounts)
    await worker.redeemer.retry(id, [0, 1, 2])
    await worker.redeemer.idle()
    expect(await worker.statesOf(id)).toEqual(['used', 'invalid', 'redeemed'])
    expect(world.sent).toHaveLength(3)
  })

  test('forget a batch that is over, and never what was sent', async () => {
    const world = await redeemWorld()
    const code = codeNamed('good')
    const relay = await world.keys.relay('site', siteWith(unused([code]), { redeemMs: 50 }))
    const worker = await startWith(world, 'site')
    const id = await worker.redeemer.start([code], worker.accounts)
    await until(() => world.sent.length === 1)
    await expect(worker.redeemer.forget(id)).rejects.toMatchObject({
      failure: { class: 'refused', reason: 'still-running' },
    })
    await worker.redeemer.idle()
    await worker.redeemer.forget(id)
    expect(await worker.redeemer.list()).toEqual([])
    await expect(worker.redeemer.forget(id)).rejects.toMatchObject({
      failure: { class: 'not-found' },
    })
    const again = await worker.run([code], worker.accounts)
    expect(await worker.statesOf(again)).toEqual(['redeemed'])
    expect(relay.counters.count('POST', '/api/user/topup')).toBe(1)
  })
})

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 1))
}
