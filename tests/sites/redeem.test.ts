import { describe, expect, test } from 'vitest'

import type { Access, RedeemAnswer } from '@/src/sites/adapter'

import {
  BY_COOKIE,
  type DailySite,
  hubSite,
  newApiSite,
  panelSite,
  REDEEM_SITES,
  redeemOf,
  veloeraSite,
} from './daily-sites'
import { failureIn, valueOf } from './site-client'

const CODE = '0123456789abcdef0123456789abcdef'
const OTHER = 'fedcba9876543210fedcba9876543210'

/** Worth points; 2 USD where the site counts in them. */
const worth = (name: string) => (name.startsWith('sub2api') ? 2 : 700_000)

const isPanel = (name: string) => name.startsWith('sub2api')

const redeem = (site: DailySite, code = CODE, access: Access = site.alice) =>
  redeemOf(site).redeem(site.ctx, access, code)

async function find(site: DailySite, code = CODE, sinceMs = site.clock.nowMs) {
  const found = await redeemOf(site).find?.(site.ctx, site.alice, code, sinceMs)
  if (!found) throw new Error('nothing to find with')
  return valueOf(found)
}

const sentCodes = (site: DailySite) =>
  site.relay.counters
    .requests()
    .filter(({ method, path }) => method === 'POST' && /topup|redeem/.test(path))

const outcome = async (site: DailySite, code?: string) => valueOf(await redeem(site, code)).outcome

describe.each(REDEEM_SITES)('%s', (name, open) => {
  const amount = worth(name)

  test('credits a code once, and says what it was worth', async () => {
    const site = await open({ codes: { [CODE]: amount, [OTHER]: 2 * amount } })
    expect(valueOf(await redeem(site))).toEqual({ outcome: 'redeemed', amount })
    expect(site.relay.books.codes).toMatchObject([{ userId: 7, code: CODE, amount }])
    // Some builds do not say why a code is not taken.
    const isMute = ['g1b', 'g2', 'g3'].includes(name)
    const again = await redeem(site)
    if (isMute) expect(failureIn(again)).toMatchObject({ class: 'refused', reason: 'business' })
    else expect(valueOf(again)).toEqual({ outcome: 'used' })
    const unknown = await redeem(site, 'c0ffee'.repeat(5))
    if (isMute) expect(failureIn(unknown)).toMatchObject({ class: 'refused', reason: 'business' })
    else expect(valueOf(unknown)).toEqual({ outcome: 'invalid' })
    expect(valueOf(await redeem(site, OTHER))).toEqual({ outcome: 'redeemed', amount: 2 * amount })
    expect(site.relay.books.codes).toHaveLength(2)
  })

  test('is counted where the server counts it', async () => {
    const site = await open({ codes: { [CODE]: amount } })
    await redeem(site)
    const { budget, body } = site.sent.findLast(({ method }) => method === 'POST')!
    const isFree = /veloera|hub|sub2api/.test(name)
    expect(budget).toBe(isFree ? 'general' : 'critical')
    expect(body).toEqual(isPanel(name) ? { code: CODE } : { key: CODE })
  })

  test.each(['done-hang', 'done-reset', 'truncate'] as const)(
    'what was booked without an answer is uncertain, and found: %s',
    async (kind) => {
      const site = await open({ codes: { [CODE]: amount, [OTHER]: amount } })
      site.clock.nowMs += 1_000
      const sinceMs = site.clock.nowMs
      expect(await find(site)).toBeNull()
      site.relay.faults.set({ method: 'POST' }, { kind }, 1)
      const failure = failureIn(await redeemOf(site).redeem(site.hasty, site.alice, CODE))
      expect(failure).toMatchObject({ class: 'interrupted', reason: 'uncertain' })
      expect(JSON.stringify(failure)).not.toContain(CODE)
      expect([sentCodes(site).length, site.relay.books.codes.length]).toEqual([1, 1])
      expect(await find(site, CODE, sinceMs)).toEqual({ outcome: 'redeemed', amount })
      expect(sentCodes(site)).toHaveLength(1)
      await redeem(site, OTHER)
      // A log that names no code proves nothing once there are two.
      const both = await find(site, CODE, sinceMs)
      expect(both).toEqual(isPanel(name) ? { outcome: 'redeemed', amount } : null)
    },
  )

  test.each(['hang', 'reset'] as const)(
    'what never arrived is not to be found: %s',
    async (kind) => {
      const site = await open({ codes: { [CODE]: amount } })
      site.relay.faults.set({ method: 'POST' }, { kind }, 1)
      const failure = failureIn(await redeemOf(site).redeem(site.hasty, site.alice, CODE))
      expect(failure).toMatchObject({ class: 'interrupted', reason: 'uncertain' })
      expect([sentCodes(site).length, site.relay.books.codes.length]).toEqual([1, 0])
      expect(await find(site)).toBeNull()
    },
  )

  test.each([
    [{ kind: 'status', status: 500 }, 'interrupted'],
    [{ kind: 'spa' }, 'interrupted'],
    [{ kind: 'challenge' }, 'challenge'],
    [{ kind: 'rate-limit', retryAfterSec: 5 }, 'limit'],
    [{ kind: 'status', status: 404 }, 'unsupported'],
  ] as const)('%j ends it as it is', async (fault, kind) => {
    const site = await open({ codes: { [CODE]: amount } })
    site.relay.faults.set({ method: 'POST' }, fault)
    const failure = failureIn(await redeem(site))
    expect(failure.class).toBe(kind)
    if (kind === 'limit') expect(failure.retryAtMs).toBe(site.clock.nowMs + 5_000)
    expect(site.relay.books.codes).toEqual([])
  })

  test.each([CODE, 'two words', 'ab', 'SPRING-2026'])(
    'a refusal never repeats the code: %s',
    async (code) => {
      const site = await open()
      const message = `the code ${code} / ${encodeURIComponent(code)} / ${code.toUpperCase()} is odd`
      const body = isPanel(name) ? { code: 400, message } : { success: false, message }
      const status = isPanel(name) ? 400 : 200
      site.relay.faults.set({ method: 'POST' }, { kind: 'status', status, body })
      const failure = failureIn(await redeem(site, code))
      expect(failure.class).toBe('refused')
      expect(failure.detail?.toLowerCase() ?? '').not.toContain(code.toLowerCase())
      expect(failure.detail ?? '').not.toContain(encodeURIComponent(code))
      // What is too short to be cut out takes the whole text with it.
      expect(failure.detail?.endsWith('is odd')).toBe(code === 'ab' ? undefined : true)
    },
  )

  test('a stop before it is sent sends nothing', async () => {
    const site = await open({ codes: { [CODE]: amount } })
    const ctx = { ...site.ctx, signal: AbortSignal.abort() }
    const stopped = await redeemOf(site).redeem(ctx, site.alice, CODE)
    expect(failureIn(stopped).class).toBe('cancelled')
    expect(sentCodes(site)).toEqual([])
  })

  test('is never done for somebody else', async () => {
    // From G2 on no header names the user: a token is its owner's.
    if (name === 'g2' || name === 'g3') return
    const site = await open({ codes: { [CODE]: amount } })
    const failure = failureIn(await redeem(site, CODE, { ...site.alice, userId: '8' }))
    expect(failure.class).toBe('identity')
    expect(site.relay.books.codes).toEqual([])
  })
})

describe.each(['one-api', 'done-hub', 'one-hub'] as const)('%s', (name) => {
  const open = () =>
    name === 'one-api'
      ? newApiSite('one-api', { codes: { [CODE]: 5 } })
      : hubSite(name, { codes: { [CODE]: 5 } })

  test('asks who is logged in before it spends a code', async () => {
    const site = await open()
    await site.logIn('bob')
    const failure = failureIn(await redeem(site, CODE, BY_COOKIE))
    expect(failure).toMatchObject({ class: 'identity', reason: 'user-mismatch' })
    expect([sentCodes(site), site.relay.books.codes]).toEqual([[], []])
    await site.logIn('alice')
    expect(valueOf(await redeem(site, CODE, BY_COOKIE))).toEqual({ outcome: 'redeemed', amount: 5 })
  })

  test('a site that cannot say so is not sent a code', async () => {
    const site = await open()
    site.relay.faults.set({ path: '/api/user/self' }, { kind: 'status', status: 502 })
    expect(failureIn(await redeem(site)).class).toBe('server')
    expect(sentCodes(site)).toEqual([])
  })
})

describe('New API', () => {
  const seeds = { codes: { [CODE]: 5, [OTHER]: 7 } }

  test.each(['one-api', 'g0', 'g1a', 'g1b', 'g2', 'g3'] as const)(
    'older texts tell why: %s',
    async (generation) => {
      const site = await newApiSite(generation, { ...seeds, redeemTexts: 'older' })
      const [late, disabled] = site.relay.state.codes
      late!.expiredTime = site.clock.nowMs / 1000 - 1
      disabled!.status = 2
      expect(await outcome(site)).toBe('expired')
      expect(await outcome(site, OTHER)).toBe('used')
      expect(await outcome(site, 'nothing')).toBe('invalid')
    },
  )

  test('newer ones only that it failed: their words are kept', async () => {
    const site = await newApiSite('g2', seeds)
    expect(failureIn(await redeem(site, 'nothing'))).toMatchObject({
      class: 'refused',
      reason: 'business',
      detail: '兑换失败',
      httpStatus: 200,
    })
  })

  test.each<[string, RedeemAnswer['outcome']]>([
    ['无效的兑换码', 'invalid'],
    ['兑换失败，无效的兑换码', 'invalid'],
    ['Invalid redemption code', 'invalid'],
    ['该兑换码已被使用', 'used'],
    ['兑换失败，该兑换码已被使用', 'used'],
    ['This redemption code has already been used', 'used'],
    ['该兑换码已过期', 'expired'],
    ['This redemption code has expired', 'expired'],
    ['Turnstile token 为空', 'turnstile'],
  ])('%s is %s', async (message, expected) => {
    const site = await newApiSite('g1b')
    const body = { success: false, message }
    site.relay.faults.set({ method: 'POST' }, { kind: 'status', status: 200, body })
    expect(await outcome(site)).toBe(expected)
  })

  test.each(['操作失败', 'payment compliance is not confirmed'])('refused: %s', async (message) => {
    const site = await newApiSite('g3')
    const body = { success: false, message }
    site.relay.faults.set({ method: 'POST' }, { kind: 'status', status: 200, body })
    expect(failureIn(await redeem(site))).toMatchObject({ class: 'refused', detail: message })
  })

  test.each([null, 'plenty', 1.5, {}, undefined])(
    'a success is one, with data %j',
    async (data) => {
      const site = await newApiSite('g1b')
      const body = { success: true, message: '', data }
      site.relay.faults.set({ method: 'POST' }, { kind: 'status', status: 200, body })
      expect(valueOf(await redeem(site))).toEqual({ outcome: 'redeemed' })
    },
  )

  test.each(['g1a', 'g1b', 'g2'] as const)(
    'while one is being redeemed the next has to wait, and nothing of it is spent: %s',
    async (generation) => {
      const site = await newApiSite(generation, { ...seeds, redeemMs: 150 })
      const both = await Promise.all([redeem(site), redeem(site, OTHER)])
      const [done, waits] = both[0].ok ? both : [both[1], both[0]]
      expect(valueOf(done).outcome).toBe('redeemed')
      expect(failureIn(waits)).toMatchObject({ class: 'limit', reason: 'site-busy' })
      expect(site.relay.books.codes).toHaveLength(1)
      const late = both[0].ok ? OTHER : CODE
      expect(await outcome(site, late)).toBe('redeemed')
      expect(site.relay.books.codes).toHaveLength(2)
    },
  )

  test('the same code at once is credited once', async () => {
    const site = await newApiSite('g1a', { codes: { [CODE]: 5 } })
    const answers = await Promise.all([redeem(site), redeem(site)])
    const outcomes = answers.map((answer) => valueOf(answer).outcome)
    expect(outcomes.sort()).toEqual(['redeemed', 'used'])
    expect(site.relay.books.codes).toHaveLength(1)
  })

  test('a login by cookie redeems, too', async () => {
    const site = await newApiSite('g1b', seeds)
    await site.logIn('alice')
    expect(valueOf(await redeem(site, CODE, BY_COOKIE))).toEqual({ outcome: 'redeemed', amount: 5 })
  })

  test('a row of the log without an amount is proof all the same', async () => {
    const site = await newApiSite('g1b', seeds)
    await redeem(site)
    site.relay.state.logs.at(-1)!.content = '通过兑换码充值'
    expect(await find(site)).toEqual({ outcome: 'redeemed' })
    site.relay.state.logs.at(-1)!.content = '使用在线充值成功，充值金额: ＄1.0'
    expect(await find(site)).toBeNull()
  })
})

describe('Veloera', () => {
  test('takes gift codes, and says what is wrong with others', async () => {
    const site = await veloeraSite('v4', { codes: { gift: 10, early: 10, late: 10 } })
    const [gift, early, late] = site.relay.state.codes
    Object.assign(gift!, { isGift: true, usedBy: [8] })
    early!.validFromSec = site.clock.nowMs / 1000 + 60
    late!.validUntilSec = site.clock.nowMs / 1000 - 60
    expect(valueOf(await redeem(site, 'gift'))).toEqual({ outcome: 'redeemed', amount: 10 })
    expect(await find(site, 'gift')).toEqual({ outcome: 'redeemed', amount: 10 })
    expect(await outcome(site, 'gift')).toBe('used')
    gift!.maxUses = 2
    expect(await outcome(site, 'gift')).toBe('used')
    expect(await outcome(site, 'late')).toBe('expired')
    expect(failureIn(await redeem(site, 'early'))).toMatchObject({
      class: 'refused',
      detail: '兑换失败，兑换码尚未生效',
    })
  })

  test.each(['too-frequent', 'busy'] as const)('%s is a wait', async (trouble) => {
    const site = await veloeraSite('v4', { codes: { [CODE]: 10 } })
    site.relay.state.redeemTrouble = trouble
    expect(failureIn(await redeem(site))).toMatchObject({ class: 'limit', reason: 'site-busy' })
    expect(site.relay.books.codes).toEqual([])
  })

  test('a server that breaks down over it leaves it uncertain', async () => {
    const site = await veloeraSite('v3', { codes: { [CODE]: 10 } })
    site.relay.state.redeemTrouble = 'panic'
    expect(failureIn(await redeem(site))).toMatchObject({
      class: 'interrupted',
      reason: 'uncertain',
      httpStatus: 500,
    })
  })

  test('V4 wants a person where Turnstile is on; V3 knows none', async () => {
    const wishes = { codes: { [CODE]: 10 }, turnstile: true }
    expect(await outcome(await veloeraSite('v4', wishes))).toBe('turnstile')
    expect(await outcome(await veloeraSite('v3', wishes))).toBe('redeemed')
  })
})

describe.each(['old', 'new'] as const)('Sub2API %s', (generation) => {
  test('says what a code gave that is no amount', async () => {
    const site = await panelSite(generation, {
      groups: [{ id: 6, name: 'plan', subscriptionType: 'subscription' }],
      redeemCodes: [
        { code: 'SLOTS', type: 'concurrency', value: 2 },
        { code: 'PLAN', type: 'subscription', groupId: 6 },
        { code: 'DEBT', value: -1.5 },
      ],
    })
    for (const [code, told] of [
      ['SLOTS', { kind: 'concurrency' }],
      ['PLAN', { kind: 'subscription' }],
      ['DEBT', { amount: -1.5 }],
    ] as const) {
      const answer = { outcome: 'redeemed', ...told }
      expect(valueOf(await redeem(site, code))).toEqual(answer)
      expect(await find(site, code)).toEqual(answer)
    }
  })

  test('refuses in codes', async () => {
    const site = await panelSite(generation, {
      redeemCodes: [
        { code: 'USED', status: 'used' },
        { code: 'LATE', status: 'expired' },
        { code: 'BUSY', status: 'locked' },
        { code: 'FRIEND', type: 'invitation' },
      ],
    })
    expect(await outcome(site, 'USED')).toBe('used')
    expect(await outcome(site, 'LATE')).toBe('expired')
    expect(await outcome(site, 'NONE')).toBe('invalid')
    const locked = failureIn(await redeem(site, 'BUSY'))
    expect(locked).toMatchObject({ class: 'limit', reason: 'site-busy' })
    const invitation = failureIn(await redeem(site, 'FRIEND'))
    expect(invitation).toMatchObject({ class: 'refused', reason: 'redeem-code-invalid' })
  })

  test('too many wrong ones are a limit', async () => {
    const site = await panelSite(generation, { codes: { FIVE: 5 } })
    for (let at = 0; at < 20; at += 1) expect(await outcome(site, 'NONE')).toBe('invalid')
    expect(failureIn(await redeem(site, 'FIVE'))).toMatchObject({ class: 'limit' })
    expect(site.relay.books.codes).toEqual([])
  })

  test('a code of long ago was used, not redeemed by this call', async () => {
    const site = await panelSite(generation, { codes: { FIVE: 5 } })
    valueOf(await redeem(site, 'FIVE'))
    const laterMs = site.clock.nowMs + 3_600_000
    expect(await find(site, 'FIVE', laterMs)).toEqual({ outcome: 'used' })
    // The site's clock may be behind ours.
    expect(await find(site, 'FIVE', site.clock.nowMs + 60_000)).toMatchObject({
      outcome: 'redeemed',
    })
    expect(await find(site, 'SIX')).toBeNull()
  })

  test("a code that became another user's is never sent again", async () => {
    const site = await panelSite(generation, { codes: { FIVE: 5 } })
    const data = { code: 'FIVE', type: 'balance', value: 5, used_by: 8 }
    const answer = (part: unknown) =>
      ({ kind: 'status', status: 200, body: { code: 0, message: 'success', data: part } }) as const
    site.relay.faults.set({ method: 'POST' }, answer(data))
    site.relay.faults.set({ method: 'GET' }, answer([data]))
    // Anything but `interrupted` would say that the site did not act.
    expect(failureIn(await redeem(site, 'FIVE'))).toMatchObject({ class: 'interrupted' })
    const found = await redeemOf(site).find?.(site.ctx, site.alice, 'FIVE', 0)
    expect(found).toMatchObject({ ok: false, failure: { class: 'identity' } })
  })

  test.each([undefined, 'yes', { type: 5, value: '5' }])('a success is one: %j', async (data) => {
    const site = await panelSite(generation)
    const body = { code: 0, message: 'success', data }
    site.relay.faults.set({ method: 'POST' }, { kind: 'status', status: 200, body })
    expect(valueOf(await redeem(site, 'FIVE'))).toEqual({ outcome: 'redeemed' })
  })
})
