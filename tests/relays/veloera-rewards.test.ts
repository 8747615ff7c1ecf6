// @vitest-environment node
import { afterEach, describe, expect, test } from 'vitest'

import { issueTurnstileToken } from '../../e2e/relays/veloera/relay'
import { BOB, NOON_MS, pair, stopTestRelays } from './relay-client'
import { GENERATIONS, startVeloera } from './veloera-client'

afterEach(stopTestRelays)

const SELF = '/api/user/self'

describe.each(GENERATIONS)('%s: check-in', (generation) => {
  const STATUS = '/api/user/check_in_status'
  const POST = '/api/user/check_in'

  test('pays once per UTC day and logs the amount as text', async () => {
    const { relay, call, clock, alice, byToken } = await startVeloera(generation, {
      checkinEnabled: true,
    })
    clock.nowMs = Date.UTC(2026, 7, 9, 23, 59, 59)
    expect((await call('GET', STATUS, byToken)).data).toEqual({ can_check_in: true })
    const done = await call('POST', POST, byToken)
    expect(done.json).toEqual({ success: true, message: '签到成功', data: { quota: 1500 } })
    const booked = { userId: 7, day: '2026-08-09', award: 1500, atMs: clock.nowMs }
    expect(relay.books.checkIns).toEqual([booked])
    expect(alice.quota).toBe(1_001_500)
    const username = generation === 'v3' ? '' : 'alice'
    const content = '签到奖励 ＄0.003000 额度'
    expect(relay.state.logs.at(-1)).toMatchObject({ type: 5, quota: 0, username, content })
    const self = (await call('GET', SELF, byToken)).data
    expect(self).toMatchObject({ last_check_in_time: '2026-08-09T23:59:59Z' })
    const again = await call('POST', POST, byToken)
    expect([again.status, again.json?.['message']]).toEqual([200, '你今天已经签到过了'])
    expect(relay.books.checkIns).toEqual([booked])
    clock.nowMs += 1000
    expect((await call('GET', STATUS, byToken)).data).toEqual({ can_check_in: true })
  })

  test('random, misconfigured and off; the status does not look at the switch', async () => {
    const { relay, call, byToken } = await startVeloera(generation, {
      checkinEnabled: true,
      checkinQuota: 10,
      checkinMaxQuota: 12,
      displayInCurrency: false,
      hasSeparateLogDatabase: true,
    })
    const { quota } = (await call('POST', POST, byToken)).data as { quota: number }
    expect([10, 11, 12]).toContain(quota)
    expect(relay.state.logs).toEqual([])
    relay.state.checkin.quota = 0
    expect((await call('POST', POST, byToken)).json?.['message']).toBe('签到额度配置错误')
    relay.state.checkin.enabled = false
    expect((await call('POST', POST, byToken)).json?.['message']).toBe('签到功能未启用')
    relay.state.users.get(7)!.lastCheckInMs = null
    expect((await call('GET', STATUS, byToken)).data).toEqual({ can_check_in: true })
  })

  test('Turnstile: V4 asks, remembers in the cookie, and a login forgets', async () => {
    const { relay, call, clock, byToken } = await startVeloera(generation, {
      checkinEnabled: true,
      turnstile: true,
    })
    const query = () => `?turnstile=${issueTurnstileToken(relay.state)}`
    const body = { username: 'alice', password: 'correct horse' }
    const login = await call('POST', `/api/user/login${query()}`, { body })
    const headers = { 'veloera-user': '7' }
    const fresh = { headers, cookie: pair(login.cookies.get('session')) }
    const first = await call('POST', POST, fresh)
    if (generation === 'v3') {
      expect(first.json?.['success']).toBe(true)
      return
    }
    expect(first.json?.['message']).toBe('Turnstile token 为空')
    const bad = await call('POST', `${POST}?turnstile=x`, fresh)
    expect(bad.json?.['message']).toBe('Turnstile 校验失败，请刷新重试！')
    const done = await call('POST', POST + query(), fresh)
    expect(done.json?.['success']).toBe(true)
    clock.nowMs += 86_400_000
    const passed = { headers, cookie: pair(done.cookies.get('session')) }
    expect((await call('POST', POST, passed)).json?.['success']).toBe(true)
    expect((await call('POST', POST, byToken)).json?.['message']).toBe('Turnstile token 为空')
  })
})

describe.each(GENERATIONS)('%s: redemption', (generation) => {
  const NOON = NOON_MS / 1000
  const codes = [
    { code: 'plain', quota: 500_000 },
    { code: 'gift', quota: 10, isGift: true, maxUses: 1 },
    { code: 'open-gift', quota: 10, isGift: true },
    { code: 'early', quota: 1, validFromSec: NOON + 1 },
    { code: 'late', quota: 1, validUntilSec: NOON - 1 },
  ]

  test('answers with an object, and refuses with the exact words', async () => {
    const { relay, call, byToken, alice } = await startVeloera(generation, { codes })
    const bob = { authorization: String(BOB.accessToken), 'veloera-user': '8' }
    const post = async (key?: string, headers = byToken.headers) =>
      (await call('POST', '/api/user/topup', { headers, body: { key } })).json
    const quota = { quota: 500_000, is_gift: false }
    expect(await post('plain')).toEqual({ success: true, message: '', data: quota })
    expect(alice.quota).toBe(1_500_000)
    const content = '通过兑换码充值 ＄1.000000 额度，兑换码ID 1'
    expect(relay.state.logs.at(-1)).toMatchObject({ type: 1, quota: 0, content })
    expect(await post('gift')).toMatchObject({ data: { quota: 10, is_gift: true } })
    await post('open-gift')
    const refused = async (key?: string, headers?: typeof bob) =>
      (await post(key, headers))?.['message']
    expect(await refused()).toBe('未提供兑换码')
    expect(await refused('none')).toBe('兑换失败，无效的兑换码')
    expect(await refused('plain')).toBe('兑换失败，该兑换码已被使用')
    expect(await refused('early')).toBe('兑换失败，兑换码尚未生效')
    expect(await refused('late')).toBe('兑换失败，兑换码已过期')
    expect(await refused('gift', bob)).toBe('兑换失败，该礼品码已达到最大使用次数')
    expect(await refused('open-gift')).toBe('兑换失败，您已经使用过这个礼品码')
    expect(relay.books.codes.map(({ code }) => code)).toEqual(['plain', 'gift', 'open-gift'])
    relay.state.redeemTrouble = 'too-frequent'
    expect(await refused('none')).toBe('操作过于频繁，请稍后再试')
    relay.state.redeemTrouble = 'busy'
    expect(await refused('none')).toBe('系统暂时繁忙，请稍后再试')
    relay.state.redeemTrouble = 'panic'
    const crash = await call('POST', '/api/user/topup', { ...byToken, body: { key: 'x' } })
    expect([crash.status, crash.json]).toMatchObject([500, { error: { type: 'veloera_panic' } }])
  })

  test('V4 asks for Turnstile on every call', async () => {
    const { relay, call, byCookie } = await startVeloera(generation, { codes, turnstile: true })
    const post = async (key: string, query = '') =>
      (await call('POST', `/api/user/topup${query}`, { ...byCookie, body: { key } })).json
    if (generation === 'v3') {
      expect(await post('plain')).toMatchObject({ success: true })
      return
    }
    const token = `?turnstile=${issueTurnstileToken(relay.state)}`
    expect(await post('plain', token)).toMatchObject({ success: true })
    expect(await post('gift')).toMatchObject({ message: 'Turnstile token 为空' })
    expect(await post('gift', token)).toMatchObject({ message: 'Turnstile 校验失败，请刷新重试！' })
  })
})
