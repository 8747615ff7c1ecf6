import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { DEFAULT_AUTOMATION, type AutomationSettings } from '@/src/domain/automation-settings'
import type { Tag } from '@/src/domain/credential'
import type { Failure } from '@/src/domain/failure'
import { newId } from '@/src/domain/ids'
import { complete, type Metric, partial, unavailable } from '@/src/domain/metric'
import type { SnapshotRecord, Subscription } from '@/src/domain/snapshot'
import { createAutomationSettings } from '@/src/services/automation/settings'
import { createQuiet } from '@/src/services/notices/quiet'
import { toldKey } from '@/src/domain/news'
import { createWarnings } from '@/src/services/warnings/warnings'
import { adapterFor } from '@/src/sites/registry'

import { makeAccount, makeFigures } from '../../support/make'
import { freshDisk, startWorld } from '../../support/world'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

type Decided = Parameters<typeof makeAccount>[0]

/** Accounts, settings and cookies of a browser; a movable clock. */
async function start(decided: Partial<AutomationSettings['warnings']> = {}) {
  freshDisk()
  const world = await startWorld()
  const { vault, book, clock } = world
  const now = () => clock.nowMs
  const settings = createAutomationSettings({ vault, now })
  const decide = (some: Partial<AutomationSettings['warnings']>) =>
    settings.set({ warnings: { ...DEFAULT_AUTOMATION.warnings, ...some } })
  await decide(decided)
  /** End of a cookie by `origin name path`. */
  const cookies = new Map<string, number>()
  const asked: string[] = []
  let announced = 0
  const make = () =>
    createWarnings({
      vault,
      book,
      settings,
      adapterFor,
      lastCookieEnd: (origin, places) => {
        asked.push(origin)
        if (origin.includes('broken')) return Promise.reject(new Error('no'))
        const ends = places.flatMap(
          ({ name, path }) => cookies.get(`${origin} ${name} ${path}`) ?? [],
        )
        return Promise.resolve(ends.length === 0 ? null : Math.max(...ends))
      },
      announce: () => (announced += 1),
      now,
    })
  return {
    ...world,
    decide,
    cookies,
    asked,
    announced: () => announced,
    warnings: make(),
    restart: make,
    /** Told as by a notice. */
    tell: (keys: string[]) => createQuiet(vault, 'notices', now).claim(keys, 24 * HOUR_MS),
    tag: async (lowBalanceUsd?: number): Promise<string> => {
      const tag: Tag = { id: newId('tag'), name: 'T', createdAtMs: 1 }
      const put = lowBalanceUsd === undefined ? tag : { ...tag, lowBalanceUsd }
      await vault.write([{ store: 'tags', put }])
      return tag.id
    },
    /** An account with this balance, USD; half a million points are a dollar. */
    account: async (usd: number, more: Decided = {}, snapshot: Partial<SnapshotRecord> = {}) => {
      const figures = makeFigures({ balance: complete(usd * 500_000) })
      const origin = `https://${String(asked.length)}-${newId('acc')}.example`
      const made = await world.add(makeAccount({ origin, ...more }), { figures, ...snapshot })
      return made.id
    },
    change: async (id: string, snapshot: Partial<SnapshotRecord>) => {
      await book.update(id, (page) => ({ snapshot: { ...page.snapshot, ...snapshot } }))
    },
  }
}

const attempt = (kind?: Failure['class']): Partial<SnapshotRecord> => ({
  lastAttempt: { atMs: 1, ...(kind ? { failure: { class: kind } } : {}) },
})

describe('a low balance', () => {
  test('is below the threshold, and never one that is not known', async () => {
    const { warnings, account } = await start({ lowBalanceUsd: 1 })
    const low = await account(0.5)
    const negative = await account(-2)
    await account(1)
    await account(0, {}, { figures: makeFigures({ balance: unavailable('request-failed') }) })
    await account(0, {}, { figures: makeFigures({ balance: partial(1, 'page-limit') }) })
    await account(0.1, { disabled: true })
    const found = await warnings.list()
    expect(found).toHaveLength(2)
    expect(found).toEqual(
      expect.arrayContaining([
        {
          key: `low-balance ${low}`,
          kind: 'low-balance',
          accountId: low,
          balanceUsd: 0.5,
          thresholdUsd: 1,
        },
        expect.objectContaining({ accountId: negative, balanceUsd: -2 }) as object,
      ]),
    )
  })

  test('is counted in dollars whatever the site counts in', async () => {
    const { warnings, account } = await start({ lowBalanceUsd: 1 })
    const figures = makeFigures({ unit: 'usd', balance: complete(0.75) })
    const dollars = await account(0, {}, { figures })
    const status = { quotaPerUnit: 1_000 }
    await account(0, {}, { figures: makeFigures({ balance: complete(1_500) }), status })
    await expect(warnings.list()).resolves.toMatchObject([{ accountId: dollars, balanceUsd: 0.75 }])
  })

  test('goes by the account, else its highest tag, else the settings, else by nothing', async () => {
    const { warnings, account, tag, decide } = await start()
    const [five, ten, none] = [await tag(5), await tag(10), await tag()]
    const own = await account(3, { lowBalanceUsd: 4, tagIds: [ten] })
    const tagged = await account(7, { tagIds: [five, ten, none] })
    await account(3, { lowBalanceUsd: 2, tagIds: [ten] })
    const plain = await account(3, { tagIds: [none], lowBalanceUsd: null })
    const thresholds = async () =>
      Object.fromEntries((await warnings.list()).map((one) => [one.accountId, one.thresholdUsd]))
    await expect(thresholds()).resolves.toEqual({ [own]: 4, [tagged]: 10 })
    await decide({ lowBalanceUsd: 100 })
    await expect(thresholds()).resolves.toEqual({ [own]: 4, [tagged]: 10, [plain]: 100 })
  })

  test('is found exactly where it is less than what counts', async () => {
    const usd = fc.integer({ min: 1, max: 20 })
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: -5, max: 25 }),
        fc.option(usd, { nil: null }),
        fc.array(fc.option(usd, { nil: undefined }), { maxLength: 3 }),
        fc.option(usd, { nil: null }),
        async (balance, own, ofTags, general) => {
          const { warnings, account, tag } = await start({ lowBalanceUsd: general })
          const tagIds = await Promise.all(ofTags.map((one) => tag(one)))
          await account(balance, { lowBalanceUsd: own, tagIds })
          const set = ofTags.filter((one) => one !== undefined)
          const threshold = own ?? (set.length > 0 ? Math.max(...set) : general)
          const isLow = threshold !== null && balance < threshold
          const found = await warnings.list()
          expect(found.map(({ thresholdUsd }) => thresholdUsd)).toEqual(isLow ? [threshold] : [])
        },
      ),
      { numRuns: 40 },
    )
  })
})

describe('a plan that ends', () => {
  const plan = (more: Partial<Subscription>): Subscription => ({
    id: 'p',
    name: 'Pro',
    status: 'active',
    windows: [],
    ...more,
  })

  test('is active, and ends within the days of the settings', async () => {
    const { warnings, account, clock, decide } = await start({ planDays: 3 })
    const endsAtMs = clock.nowMs + 3 * DAY_MS
    const id = await account(
      1,
      {},
      {
        figures: makeFigures({
          subscriptions: [
            plan({ id: 'soon', expiresAtMs: endsAtMs }),
            plan({ id: 'later', expiresAtMs: endsAtMs + 1 }),
            plan({ id: 'over', expiresAtMs: clock.nowMs }),
            plan({ id: 'paused', status: 'suspended', expiresAtMs: endsAtMs }),
            plan({ id: 'endless' }),
          ],
        }),
      },
    )
    await expect(warnings.list()).resolves.toEqual([
      { key: `plan-ends ${id} soon`, kind: 'plan-ends', accountId: id, plan: 'Pro', endsAtMs },
    ])
    await decide({ planDays: 0 })
    await expect(warnings.list()).resolves.toEqual([])
  })
})

describe('a login that ends', () => {
  const cookie: Decided = { auth: { mode: 'cookie' } }

  test.each([
    ['new-api', 'session /', 'new_api_refresh /api/user/auth'],
    ['one-api', 'session /'],
    ['done-hub', 'session /'],
    ['one-hub', 'session /'],
    ['veloera', 'session /'],
    ['any-router', 'session /'],
  ] as const)('at %s is known by its cookies', async (siteType, ...places) => {
    for (const place of places) {
      const { warnings, account, cookies, clock, decide } = await start({ loginDays: 3 })
      const origin = 'https://relay.example'
      const id = await account(1, { ...cookie, siteType, origin })
      await expect(warnings.list()).resolves.toEqual([])
      const endsAtMs = clock.nowMs + 3 * DAY_MS
      cookies.set(`${origin} ${place}`, endsAtMs)
      await expect(warnings.list()).resolves.toEqual([
        { key: `login-ends ${id}`, kind: 'login-ends', accountId: id, endsAtMs },
      ])
      await decide({ loginDays: 0 })
      await expect(warnings.list()).resolves.toEqual([])
      await decide({ loginDays: 3 })
      clock.nowMs += 3 * DAY_MS
      await expect(warnings.list()).resolves.toEqual([])
    }
  })

  test('is the browser’s own, of the account’s user, and each site is looked at once', async () => {
    const { warnings, account, cookies, asked, clock } = await start({ loginDays: 3 })
    const [origin, other] = ['https://relay.example', 'https://other.example']
    for (const at of [origin, other]) cookies.set(`${at} session /`, clock.nowMs + DAY_MS)
    const one = await account(1, { ...cookie, origin, userId: '1' })
    const two = await account(1, { ...cookie, origin, userId: '2' }, attempt('network'))
    await account(1, { ...cookie, origin, userId: '3' }, attempt('identity'))
    await account(1, { ...cookie, origin, userId: '4' }, attempt('login'))
    await account(1, { origin: other, userId: '5' })
    await account(1, { auth: { mode: 'cookie', jar: 'own' }, origin: other, userId: '6' })
    const session: Decided = { auth: { mode: 'session', owner: 'self' }, siteType: 'sub2api' }
    await account(1, { ...session, origin: other, userId: '7' })
    await account(1, { ...cookie, origin: 'https://broken.example' })
    const found = (await warnings.list()).map(({ accountId }) => accountId)
    expect(found.sort()).toEqual([one, two].sort())
    expect(asked.sort()).toEqual(['https://broken.example', origin])
  })
})

describe('putting away', () => {
  test('lasts for the cooldown, also in the next worker', async () => {
    const { warnings, restart, account, clock, announced } = await start({
      lowBalanceUsd: 1,
      cooldownHours: 10,
    })
    const [a, b] = [await account(0.1), await account(0.2)]
    await warnings.putAway([`low-balance ${a}`, 'low-balance of nothing'])
    expect(announced()).toBe(1)
    await expect(restart().list()).resolves.toMatchObject([{ accountId: b }])
    clock.nowMs += 10 * HOUR_MS - 1
    await expect(warnings.list()).resolves.toHaveLength(1)
    clock.nowMs += 1
    await expect(warnings.list()).resolves.toHaveLength(2)
  })

  test('ends when the warning goes: one that comes back is new', async () => {
    const { warnings, account, change, vault } = await start({ lowBalanceUsd: 1 })
    const id = await account(0.1)
    const balance = (usd: number) =>
      change(id, { figures: makeFigures({ balance: complete(usd * 500_000) }) })
    await warnings.putAway([`low-balance ${id}`])
    await expect(warnings.list()).resolves.toEqual([])
    await balance(5)
    await expect(warnings.list()).resolves.toEqual([])
    await balance(0.1)
    await expect(warnings.list()).resolves.toHaveLength(1)
    await warnings.putAway([`low-balance ${id}`])
    expect(Object.keys((await vault.load('quiet', 'warnings'))?.until ?? {})).toEqual([
      `low-balance ${id}`,
    ])
  })
})

describe('what a notice may tell', () => {
  test('is what stands and was not told within the cooldown', async () => {
    const { warnings, account, tell, clock } = await start({ lowBalanceUsd: 1 })
    const low = await account(0.5, { name: 'Low', origin: 'https://low.example' })
    const out = await account(5, { name: 'Out', origin: 'https://out.example' }, attempt('login'))
    await account(5, {}, attempt('network'))
    await account(0.5, { disabled: true }, attempt('login'))
    const news = [
      {
        event: 'low-balance',
        accounts: [{ id: low, name: 'Low', origin: 'https://low.example', balanceUsd: 0.5 }],
      },
      {
        event: 'login-expired',
        accounts: [{ id: out, name: 'Out', origin: 'https://out.example' }],
      },
    ]
    await expect(warnings.notable()).resolves.toEqual(news)
    // Asking tells nobody.
    await expect(warnings.notable()).resolves.toEqual(news)
    await tell([toldKey('low-balance', low)])
    await expect(warnings.notable()).resolves.toEqual(news.slice(1))
    await tell([toldKey('login-expired', out)])
    await expect(warnings.notable()).resolves.toEqual([])
    clock.nowMs += DAY_MS
    await expect(warnings.notable()).resolves.toEqual(news)
  })

  test('is told again when it certainly went and came back, and not after a mere failure', async () => {
    const { warnings, account, change, tell } = await start({ lowBalanceUsd: 1 })
    const id = await account(0.5, {}, attempt('login'))
    const events = async () => (await warnings.notable()).map(({ event }) => event)
    await tell([toldKey('low-balance', id), toldKey('login-expired', id)])
    const stands = (balance: Metric, failure?: Failure['class']) =>
      change(id, { figures: makeFigures({ balance }), ...attempt(failure) })
    await stands(unavailable('request-failed'), 'network')
    await expect(events()).resolves.toEqual([])
    await stands(complete(250_000), 'login')
    await expect(events()).resolves.toEqual([])
    await stands(complete(5_000_000))
    await expect(events()).resolves.toEqual([])
    await stands(complete(250_000), 'login')
    await expect(events()).resolves.toEqual(['low-balance', 'login-expired'])
  })
})
