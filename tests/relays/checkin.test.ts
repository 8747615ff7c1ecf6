// @vitest-environment node
import { afterEach, describe, expect, test } from 'vitest'

import { issueTurnstileToken } from '../../e2e/relays/new-api/relay'
import { logIn, pair, startTestRelay, stopTestRelays } from './relay-client'

afterEach(stopTestRelays)

const PATH = '/api/user/checkin'
const NEW = ['g1a', 'g1b', 'g2', 'g3'] as const

describe.each(NEW)('%s: check-in', (generation) => {
  test('awards once a day of the server and tells the month', async () => {
    const { relay, call, alice, clock } = await startTestRelay(generation, { checkinEnabled: true })
    const done = await call('POST', PATH, { headers: alice, body: {} })
    const { quota_awarded: award } = done.data as { quota_awarded: number }
    expect(done.json).toMatchObject({ message: '签到成功', data: { checkin_date: '2026-08-09' } })
    expect(award).toBeGreaterThanOrEqual(1000)
    expect(award).toBeLessThanOrEqual(10_000)
    expect(relay.state.users.get(7)?.quota).toBe(1_000_000 + award)
    expect(relay.state.logs.at(-1)).toMatchObject({ type: 4, quota: 0 })
    const booked = { userId: 7, day: '2026-08-09', award, atMs: clock.nowMs }
    expect(relay.books.checkIns).toEqual([booked])

    const again = await call('POST', PATH, { headers: alice, body: {} })
    expect([again.status, again.json]).toEqual([200, { success: false, message: '今日已签到' }])
    expect(relay.books.checkIns).toEqual([booked])

    relay.state.checkin.utcOffsetMinutes = 12 * 60
    clock.nowMs += 1000
    expect((await call('POST', PATH, { headers: alice })).data).toMatchObject({
      checkin_date: '2026-08-10',
    })
    const { stats } = (await call('GET', `${PATH}?month=2026-08`, { headers: alice })).data as {
      stats: { records: { checkin_date: string }[] }
    }
    expect(stats).toMatchObject({ total_checkins: 2, checkin_count: 2, checked_in_today: true })
    expect(stats.records.map((record) => record.checkin_date)).toEqual(['2026-08-10', '2026-08-09'])
    const july = (await call('GET', `${PATH}?month=2026-07`, { headers: alice })).data
    expect(july).toMatchObject({
      stats: { checkin_count: 0, total_checkins: 2, checked_in_today: true },
    })
  })

  test('switched off it is a business error', async () => {
    const { call, alice } = await startTestRelay(generation, { checkinEnabled: false })
    for (const method of ['GET', 'POST']) {
      const { status, json } = await call(method, PATH, { headers: alice })
      expect([status, json]).toEqual([200, { success: false, message: '签到功能未启用' }])
    }
  })

  test('a PAT without cookies needs a Turnstile answer every time', async () => {
    const { relay, call, alice, clock } = await startTestRelay(generation, {
      checkinEnabled: true,
      turnstile: true,
    })
    const post = (query: string) => call('POST', PATH + query, { headers: alice })
    expect((await post('')).json?.['message']).toBe('Turnstile token 为空')
    expect((await post('?turnstile=bad')).json?.['message']).toBe(
      'Turnstile 校验失败，请刷新重试！',
    )
    const query = `?turnstile=${issueTurnstileToken(relay.state)}`
    expect((await post(query)).json?.['success']).toBe(true)
    clock.nowMs += 86_400_000
    expect((await post('')).json?.['message']).toBe('Turnstile token 为空')
    expect((await post(query)).json?.['success']).toBe(false)
  })
})

test('a G1 session that passed Turnstile at a check-in is not asked again', async () => {
  const { relay, call, clock } = await startTestRelay('g1b', {
    checkinEnabled: true,
    turnstile: true,
  })
  const { cookies } = relay.sessionFor('alice')
  const headers = { 'new-api-user': '7' }
  const fresh = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const post = (cookie: string, query = '') => call('POST', PATH + query, { headers, cookie })
  expect((await post(fresh)).json?.['message']).toBe('Turnstile token 为空')
  const passed = await post(fresh, `?turnstile=${issueTurnstileToken(relay.state)}`)
  expect(passed.json?.['success']).toBe(true)
  clock.nowMs += 86_400_000
  expect((await post(pair(passed.cookies.get('session')))).json?.['success']).toBe(true)
  expect((await post(fresh)).json?.['success']).toBe(false)
  expect(relay.books.checkIns.map(({ day }) => day)).toEqual(['2026-08-09', '2026-08-10'])
})

test('a G1 session that passed Turnstile at login is not asked again', async () => {
  const { relay, call } = await startTestRelay('g1b', { checkinEnabled: true, turnstile: true })
  const body = { username: 'alice', password: 'correct horse' }
  const path = `/api/user/login?turnstile=${issueTurnstileToken(relay.state)}`
  const cookie = pair((await call('POST', path, { body })).cookies.get('session'))
  const answer = await call('POST', PATH, { headers: { 'new-api-user': '7' }, cookie })
  expect(answer.json?.['success']).toBe(true)
})

test('G2 says it in English when asked to', async () => {
  const { call, alice } = await startTestRelay('g2', { checkinEnabled: true })
  const headers = { ...alice, 'accept-language': 'en-US' }
  await call('POST', PATH, { headers })
  expect((await call('POST', PATH, { headers })).json?.['message']).toBe('Already checked in today')
})

test.each(['one-api', 'g0'] as const)('%s has no check-in', async (generation) => {
  const { call, alice } = await startTestRelay(generation, { checkinEnabled: true })
  expect((await call('GET', PATH, { headers: alice })).status).toBe(404)
  expect((await call('POST', PATH, { headers: alice })).status).toBe(404)
})

test('an early G1a has none either; G1b without the option has it switched off', async () => {
  const early = await startTestRelay('g1a')
  expect((await early.call('GET', PATH, { headers: early.alice })).status).toBe(404)
  expect((await early.call('GET', '/api/status')).data).not.toHaveProperty('checkin_enabled')
  const later = await startTestRelay('g1b')
  expect((await later.call('GET', PATH, { headers: later.alice })).status).toBe(200)
  expect((await logIn(later.call)).status).toBe(200)
})
