import { expect, test } from 'vitest'

import { editAccount } from '@/src/domain/account'
import { glanceRow } from '@/src/domain/glance'
import { todayOf } from '@/src/domain/today'
import { healthOf } from '@/src/domain/health'
import { FAILURE_CLASSES } from '@/src/domain/failure'
import { complete, unavailable } from '@/src/domain/metric'
import { dayKey, dayRange } from '@/src/domain/day-key'
import { emptySnapshot } from '@/src/domain/snapshot'
import { accessPattern, parseOrigin } from '@/src/domain/origin'

import { makeAccount, makeFigures, makeToday } from '../support/make'

test('an edit stamps exactly what it changed', () => {
  const account = makeAccount({ name: 'Old', notes: 'same' }, { decidedAtMs: { notes: 1 } })
  const edited = editAccount(account, { name: 'New', notes: 'same' }, 99)
  expect(edited.decided).toMatchObject({ name: 'New', notes: 'same' })
  expect(edited.decidedAtMs).toEqual({ notes: 1, name: 99 })
  expect(account.decided.name).toBe('Old')
})

test('an edit that changes nothing keeps the credential object as it is', () => {
  const account = makeAccount()
  const same = editAccount(account, { auth: { ...account.decided.auth } }, 99)
  expect(same.decided.auth).toBe(account.decided.auth)
})

test('the list form of an account carries no secret', () => {
  const account = makeAccount({ auth: { mode: 'token', accessToken: 'do-not-leak-me' } })
  const row = glanceRow(account, { ...emptySnapshot(account.id), figures: makeFigures() })
  expect(JSON.stringify(row)).not.toContain('do-not-leak-me')
})

test('what was never fetched is unavailable, not 0', () => {
  const row = glanceRow(makeAccount(), undefined)
  expect(row.balance).toEqual(unavailable('never-fetched'))
  expect(row.today).toEqual(unavailable('never-fetched'))
  expect(row.health).toBe('unknown')
})

test('use of yesterday is not use of today', () => {
  const noon = new Date(2026, 10, 21, 12).getTime()
  const account = makeAccount()
  const today = makeToday({ dayKey: dayKey(noon), consumption: complete(5) })
  const row = glanceRow(account, { ...emptySnapshot(account.id), today })
  expect(todayOf(row, noon)).toEqual(complete(5))
  expect(todayOf(row, noon + 86_400_000)).toEqual(unavailable('wrong-period'))
})

test('every failure class has a health, and only silence or success looks good', () => {
  for (const failureClass of FAILURE_CLASSES) {
    const lastAttempt = { atMs: 1, failure: { class: failureClass } }
    expect(healthOf({ ...emptySnapshot('acc_1'), lastAttempt })).not.toBe('good')
  }
  expect(healthOf({ ...emptySnapshot('acc_1'), lastAttempt: { atMs: 1 } })).toBe('good')
  expect(healthOf(emptySnapshot('acc_1'))).toBe('unknown')
})

test('a day runs from local midnight to the second before the next', () => {
  const range = dayRange(new Date(2026, 10, 21, 23, 59, 59).getTime())
  expect(range).toEqual({
    dayKey: '2026-11-21',
    fromSec: new Date(2026, 10, 21).getTime() / 1000,
    toSec: new Date(2026, 10, 22).getTime() / 1000 - 1,
  })
})

test.each([
  ['HTTPS://API.Example.COM/console?x=1', 'https://api.example.com'],
  ['  relay.example ', 'https://relay.example'],
  ['relay.example:8443/path', 'https://relay.example:8443'],
  ['localhost:3000', 'http://localhost:3000'],
  ['http://127.0.0.1:3000/', 'http://127.0.0.1:3000'],
])('%s is the origin %s', (typed, origin) => {
  expect(parseOrigin(typed)).toBe(origin)
})

test.each([
  '',
  '   ',
  'ftp://relay.example',
  'javascript:alert(1)',
  'https://',
  'https://a:b@c.example',
  'chrome://settings',
])('"%s" is refused, naming the field', (typed) => {
  expect(() => parseOrigin(typed)).toThrow(
    expect.objectContaining({
      failure: expect.objectContaining({ class: 'input', field: 'origin' }) as unknown,
    }) as Error,
  )
})

test('access is asked for one host, not for its neighbours', () => {
  expect(accessPattern('https://api.relay.example:8443')).toBe('https://api.relay.example/*')
})
