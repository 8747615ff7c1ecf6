import { describe, expect, test } from 'vitest'

import type { CheckInAnswer, CheckInStatus } from '@/src/sites/adapter'

import {
  BY_COOKIE,
  BY_TOKEN,
  CHECK_IN_SITES,
  checkInOf,
  type DailySite,
  newApiSite,
  posts,
  relativeSite,
  veloeraSite,
} from './daily-sites'
import { failureIn, PAT, valueOf } from './site-client'

const DAY_MS = 86_400_000

const perform = async (site: DailySite, access = site.alice) =>
  valueOf(await checkInOf(site).perform(site.ctx, access))

/** `null` = the family has nothing to ask. */
async function statusOf(site: DailySite): Promise<CheckInStatus | null> {
  const status = await checkInOf(site).status?.(site.ctx, site.alice)
  return status ? valueOf(status) : null
}

async function rewardSince(site: DailySite, sinceMs: number) {
  const found = await checkInOf(site).findReward?.(site.ctx, site.alice, sinceMs)
  return found ? valueOf(found) : undefined
}

describe.each(CHECK_IN_SITES)('%s', (name, open) => {
  const hasStatus = !name.startsWith('any-router')

  test('checks in once a day, by one call that names no secret', async () => {
    const site = await open()
    const { books } = site.relay
    const done = await perform(site)
    expect(done.outcome).toBe('done')
    const [booked] = books.checkIns
    // AnyRouter's answer is a word.
    expect(done).toMatchObject(hasStatus ? { reward: booked?.award } : {})
    expect(booked).toMatchObject({ userId: 7, day: '2026-08-09' })
    expect(await perform(site)).toMatchObject({ outcome: 'done-earlier' })
    expect(books.checkIns).toHaveLength(1)
    site.clock.nowMs += DAY_MS
    expect(await perform(site)).toMatchObject({ outcome: 'done' })
    expect(books.checkIns.map(({ day }) => day)).toEqual(['2026-08-09', '2026-08-10'])
  })

  test('asking changes nothing and tells both states', async () => {
    const site = await open()
    const before = await statusOf(site)
    if (!hasStatus) {
      expect([before, site.relay.counters.total()]).toEqual([null, 0])
      return
    }
    expect(before).toMatchObject({ offered: true, doneToday: false })
    expect(before).not.toHaveProperty('day')
    expect(posts(site)).toEqual([])
    await perform(site)
    expect(await statusOf(site)).toMatchObject({ offered: true, doneToday: true })
    site.clock.nowMs += DAY_MS
    expect(await statusOf(site)).toMatchObject({ offered: true, doneToday: false })
  })

  test.each(['done-hang', 'done-reset', 'truncate'] as const)(
    'a check-in that was booked without an answer is uncertain: %s',
    async (kind) => {
      const site = await open()
      site.relay.faults.set({ method: 'POST' }, { kind })
      const sinceMs = site.clock.nowMs
      const failure = failureIn(await checkInOf(site).perform(site.hasty, site.alice))
      expect(failure).toMatchObject({ class: 'interrupted', reason: 'uncertain' })
      expect([posts(site).length, site.relay.books.checkIns.length]).toEqual([1, 1])
      if (hasStatus) expect(await statusOf(site)).toMatchObject({ doneToday: true })
      const reward = site.relay.books.checkIns[0]?.award
      expect(await rewardSince(site, sinceMs)).toEqual({ reward })
      expect(await rewardSince(site, sinceMs + 1_000)).toBeNull()
      expect(posts(site)).toHaveLength(1)
    },
  )

  test.each(['hang', 'reset'] as const)(
    'a check-in that never arrived is uncertain, and asking tells: %s',
    async (kind) => {
      const site = await open()
      site.relay.faults.set({ method: 'POST' }, { kind }, 1)
      const failure = failureIn(await checkInOf(site).perform(site.hasty, site.alice))
      expect(failure).toMatchObject({ class: 'interrupted', reason: 'uncertain' })
      expect([posts(site).length, site.relay.books.checkIns.length]).toEqual([1, 0])
      if (hasStatus) expect(await statusOf(site)).toMatchObject({ doneToday: false })
      expect(await rewardSince(site, site.clock.nowMs)).toBeNull()
      expect(await perform(site)).toMatchObject({ outcome: 'done' })
    },
  )

  test.each([
    [{ kind: 'status', status: 502 }, 'interrupted'],
    [{ kind: 'spa' }, 'interrupted'],
    [{ kind: 'challenge' }, 'challenge'],
    [{ kind: 'rate-limit', retryAfterSec: 5 }, 'limit'],
    [{ kind: 'status', status: 401, body: { success: false, message: 'no' } }, 'login'],
  ] as const)('%j ends it as it is', async (fault, kind) => {
    const site = await open()
    site.relay.faults.set({ method: 'POST' }, fault)
    expect(failureIn(await checkInOf(site).perform(site.ctx, site.alice)).class).toBe(kind)
    expect(posts(site)).toHaveLength(1)
  })

  test('words of the site never carry its secrets on', async () => {
    const site = await open()
    const body = { success: false, message: `token ${PAT} of session abc is odd` }
    site.relay.faults.set({ method: 'POST' }, { kind: 'status', status: 200, body })
    const failure = failureIn(await checkInOf(site).perform(site.ctx, site.alice))
    expect(failure).toMatchObject({ class: 'refused', reason: 'business' })
    expect(JSON.stringify(failure)).not.toContain(PAT.slice(0, 10))
  })

  test('a stop before it is sent sends nothing', async () => {
    const site = await open()
    const ctx = { ...site.ctx, signal: AbortSignal.abort() }
    expect(failureIn(await checkInOf(site).perform(ctx, site.alice)).class).toBe('cancelled')
    expect(posts(site)).toEqual([])
  })

  test('of another user is refused by the site', async () => {
    // From G2 on no header names the user: a token is its owner's.
    if (name === 'g2' || name === 'g3') return
    const site = await open()
    const access = { ...site.alice, userId: '8' }
    expect(failureIn(await checkInOf(site).perform(site.ctx, access)).class).toBe('identity')
    expect(site.relay.books.checkIns).toEqual([])
  })

  test('a page without the endpoint has none', async () => {
    const site = await open()
    site.relay.faults.set({ method: 'POST' }, { kind: 'status', status: 404 })
    expect(await perform(site)).toEqual({ outcome: 'not-offered' })
  })
})

describe('a site that does not offer it', () => {
  test.each(CHECK_IN_SITES.filter(([name]) => !name.startsWith('any-router')))(
    '%s',
    async (_, open) => {
      const site = await open({ checkinEnabled: false })
      expect(await statusOf(site)).toEqual({ offered: false, doneToday: null })
      expect(await perform(site)).toEqual({ outcome: 'not-offered' })
      expect(site.relay.books.checkIns).toEqual([])
    },
  )

  test.each(['g0', 'g1a'] as const)('an older build: %s', async (generation) => {
    const site = await newApiSite(generation)
    expect(await statusOf(site)).toEqual({ offered: false, doneToday: null })
    expect(await perform(site)).toEqual({ outcome: 'not-offered' })
  })

  test.each([
    { kind: 'status', status: 500, body: { success: false, message: 'strconv.Atoi' } },
    { kind: 'status', status: 200, body: { success: false, message: '无权进行此操作，权限不足' } },
  ] as const)('a build that takes the path for a user: $status', async (fault) => {
    const path = '/api/user/checkin'
    const older = await newApiSite('g0')
    older.relay.faults.set({ method: 'GET', path }, fault)
    expect(await statusOf(older)).toEqual({ offered: false, doneToday: null })
    // Where the site says that it has one, the same answer is a failure like any other.
    const newer = await newApiSite('g1b', { checkinEnabled: true })
    newer.relay.faults.set({ method: 'GET', path }, fault)
    const asked = await checkInOf(newer).status?.(newer.ctx, newer.alice)
    expect(asked).toMatchObject({ ok: false, failure: { httpStatus: fault.status } })
  })

  test('a Veloera from before check-in', async () => {
    const site = await veloeraSite('v3', { checkinEnabled: true })
    const body = { success: true, message: '', data: { quota_per_unit: 500_000 } }
    site.relay.faults.set({ path: '/api/status' }, { kind: 'status', status: 200, body })
    expect(await statusOf(site)).toEqual({ offered: false, doneToday: null })
    expect(site.relay.counters.count('GET', '/api/user/check_in_status')).toBe(0)
  })
})

describe('Turnstile', () => {
  test.each(CHECK_IN_SITES.filter(([name]) => /^g|model|v4/.test(name)))(
    '%s asks a token for it every time',
    async (_, open) => {
      const site = await open({ turnstile: true })
      expect(await perform(site)).toEqual({ outcome: 'turnstile' })
      expect(site.relay.books.checkIns).toEqual([])
    },
  )

  test.each([
    'Turnstile token 为空',
    'Turnstile 校验失败，请刷新重试！',
    'Turnstile token is empty',
    'Turnstile verification failed, please refresh and try again!',
  ])('is known by its words: %s', async (message) => {
    const site = await newApiSite('g2', { checkinEnabled: true })
    const body = { success: false, message }
    site.relay.faults.set({ method: 'POST' }, { kind: 'status', status: 200, body })
    expect(await perform(site)).toEqual({ outcome: 'turnstile' })
  })

  test('a login that passed it once is not asked again', async () => {
    const site = await newApiSite('g1b', { checkinEnabled: true, turnstile: true })
    await site.logIn('alice')
    expect(await perform(site, BY_COOKIE)).toEqual({ outcome: 'turnstile' })
    const token = 'turnstile.good'
    site.relay.state.turnstileTokens.add(token)
    await site.ctx.transport({
      method: 'POST',
      path: '/api/user/checkin',
      query: { turnstile: token },
      headers: { 'New-Api-User': '7' },
      cookies: 'include',
      budget: 'general',
    })
    site.clock.nowMs += DAY_MS
    expect(await perform(site, BY_COOKIE)).toMatchObject({ outcome: 'done' })
  })

  test('Veloera V3 knows none', async () => {
    const site = await veloeraSite('v3', { checkinEnabled: true, turnstile: true })
    expect(await perform(site)).toMatchObject({ outcome: 'done', reward: 1500 })
  })
})

describe('words', () => {
  const answerTo = async (message: string): Promise<CheckInAnswer> => {
    const site = await newApiSite('g1b', { checkinEnabled: true })
    const body = { success: false, message }
    site.relay.faults.set({ method: 'POST' }, { kind: 'status', status: 200, body })
    return perform(site)
  }

  test.each([
    '今日已签到',
    '今天已经签到过了',
    '您已签到',
    'Already checked in today',
    'already done',
  ])('done before: %s', async (message) => {
    expect(await answerTo(message)).toEqual({ outcome: 'done-earlier' })
  })

  test.each(['签到功能未启用', 'Check-in is not enabled'])('not offered: %s', async (message) => {
    expect(await answerTo(message)).toEqual({ outcome: 'not-offered' })
  })

  test('in a language nobody foresaw leave it to the status', async () => {
    const site = await newApiSite('g2', { checkinEnabled: true })
    await perform(site)
    const body = { success: false, message: 'Déjà pointé' }
    site.relay.faults.set({ method: 'POST' }, { kind: 'status', status: 200, body })
    expect(await perform(site)).toEqual({ outcome: 'done-earlier' })
    site.clock.nowMs += DAY_MS
    const refused = await checkInOf(site).perform(site.ctx, site.alice)
    expect(failureIn(refused)).toMatchObject({ class: 'refused', detail: 'Déjà pointé' })
    site.relay.faults.set({ method: 'GET' }, { kind: 'status', status: 502 })
    expect(failureIn(await checkInOf(site).perform(site.ctx, site.alice)).class).toBe('refused')
  })

  test.each(['签到失败，请稍后重试', '签到失败：更新额度出错'])('failed: %s', async (message) => {
    const site = await newApiSite('g1b', { checkinEnabled: true })
    const body = { success: false, message }
    site.relay.faults.set({ method: 'POST' }, { kind: 'status', status: 200, body })
    const failure = failureIn(await checkInOf(site).perform(site.ctx, site.alice))
    expect(failure).toMatchObject({ class: 'refused', detail: message })
  })

  test('Veloera that is set up wrongly', async () => {
    const site = await veloeraSite('v4', { checkinEnabled: true })
    site.relay.state.checkin.quota = 0
    const failure = failureIn(await checkInOf(site).perform(site.ctx, site.alice))
    expect(failure).toMatchObject({ class: 'refused', detail: '签到额度配置错误' })
  })

  test.each([
    ['data of another shape', { success: true, message: '签到成功', data: 'yes' }],
    ['no data', { success: true, message: '签到成功' }],
    ['an amount as text', { success: true, data: { quota_awarded: '12', checkin_date: '9/8/26' } }],
    [
      'a day that is none',
      { success: true, data: { quota_awarded: 1.5, checkin_date: '2026-02-30' } },
    ],
  ])('a success is one, whatever else it says: %s', async (_, body) => {
    const site = await newApiSite('g1b', { checkinEnabled: true })
    site.relay.faults.set({ method: 'POST' }, { kind: 'status', status: 200, body })
    expect(await perform(site)).toEqual({ outcome: 'done' })
  })
})

describe('AnyRouter', () => {
  const answer = (success: boolean, message?: unknown) => ({ code: 0, ret: 1, success, message })

  async function answered(body: unknown) {
    const site = await relativeSite('any-router')
    await site.logIn('alice')
    site.relay.faults.set({ method: 'POST' }, { kind: 'status', status: 200, body })
    return checkInOf(site).perform(site.ctx, site.alice)
  }

  test.each([
    ['签到成功', 'done'],
    ['success', 'done'],
    ['签到成功，获得 $25 额度', 'done'],
    ['', 'done-earlier'],
    ['  ', 'done-earlier'],
    [undefined, 'done-earlier'],
    ['今天已经签到过了', 'done-earlier'],
    ['already signed in', 'done-earlier'],
  ])('a success that says "%s" is %s', async (message, outcome) => {
    expect(valueOf(await answered(answer(true, message)))).toEqual({ outcome })
  })

  test('no success is a failure, unless it says that it was done', async () => {
    expect(failureIn(await answered(answer(false, '非法请求')))).toMatchObject({ class: 'refused' })
    const again = valueOf(await answered(answer(false, '今日已签到')))
    expect(again).toEqual({ outcome: 'done-earlier' })
  })

  test.each([BY_TOKEN, BY_COOKIE])('goes with the login of the browser: $kind', async (access) => {
    const site = await relativeSite('any-router')
    const nobody = failureIn(await checkInOf(site).perform(site.ctx, access))
    expect(nobody).toMatchObject({ class: 'login', reason: 'not-logged-in' })
    await site.logIn('bob')
    const bobs = failureIn(await checkInOf(site).perform(site.ctx, access))
    expect(bobs).toMatchObject({ class: 'identity', reason: 'user-mismatch' })
    await site.logIn('alice')
    expect(await perform(site, access)).toEqual({ outcome: 'done' })
    expect(site.relay.counters.requests().some(({ hadAuthorization }) => hadAuthorization)).toBe(
      false,
    )
    expect(site.sent.map(({ cookies }) => cookies)).toEqual(['include', 'include', 'include'])
  })
})

describe('WONG', () => {
  const flat = (part: object) => ({
    enabled: true,
    checked_in: true,
    checked_at: 1_786_276_800,
    quota: 2000,
    min_quota: 1000,
    max_quota: 10_000,
    ...part,
  })

  async function statusAs(data: unknown) {
    const site = await relativeSite('wong', { checkinEnabled: true })
    const body = { success: true, message: '', data }
    site.relay.faults.set({ method: 'GET' }, { kind: 'status', status: 200, body })
    return checkInOf(site).status?.(site.ctx, site.alice)
  }

  test.each([
    ['a moment names no day', flat({}), { reward: 2000 }],
    ['a date does', flat({ checked_at: '2026-08-09' }), { reward: 2000, day: '2026-08-09' }],
    ['a moment as text does not', flat({ checked_at: '2026-08-09T01:00:00Z' }), { reward: 2000 }],
    ['what is no award is none', flat({ quota: 1_234_567 }), {}],
    ['nor is one without limits', flat({ max_quota: undefined }), {}],
  ])('%s', async (_, data, told) => {
    expect(await statusAs(data)).toEqual({
      ok: true,
      value: { offered: true, doneToday: true, ...told },
    })
  })

  test('before it is done nothing is told of it; without the mark nothing is known', async () => {
    const before = flat({ checked_in: false, checked_at: '2026-08-08' })
    expect(await statusAs(before)).toEqual({ ok: true, value: { offered: true, doneToday: false } })
    expect(await statusAs({ enabled: true })).toMatchObject({
      ok: false,
      failure: { class: 'changed-api', field: 'data.checked_in' },
    })
  })

  test('a second time sends nothing', async () => {
    const site = await relativeSite('wong', { checkinEnabled: true })
    await perform(site)
    expect(await perform(site)).toEqual({ outcome: 'done-earlier' })
    expect(posts(site)).toHaveLength(1)
  })

  test('switched off meanwhile', async () => {
    const site = await relativeSite('wong', { checkinEnabled: true })
    const body = { success: true, message: '', data: flat({ enabled: false, checked_in: false }) }
    site.relay.faults.set({ method: 'POST' }, { kind: 'status', status: 200, body })
    expect(await perform(site)).toEqual({ outcome: 'not-offered' })
  })
})
