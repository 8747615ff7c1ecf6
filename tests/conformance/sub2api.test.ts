import { describe, expect, test } from 'vitest'

import { conformance, noteOf, operations, reportOf } from './command'
import { start, sub2api } from './families'
import { lie, type Lie } from './lie'

describe('sessions by bearer', () => {
  test('one of its own is renewed and ended, the page’s is left alone', async () => {
    const family = sub2api('new')
    const { args, relay } = await start(family)
    const page = relay.loginPair('alice')
    const outcome = await conformance([...args, ...family.login])
    const report = reportOf(outcome)
    expect(operations(report, 'pass')).toEqual(
      expect.arrayContaining([
        'renew own session',
        'renewed session works',
        'spent refresh token is refused',
        'invalid session is refused',
      ]),
    )
    expect(noteOf(report, 'renewal by pages')).toContain('sub2api-auth-token-refresh')
    expect([...relay.state.refreshTokens.keys()]).toEqual([page.refreshToken])
    expect(operations(report, 'skipped')).toEqual([
      'open session',
      'create access token',
      'reveal key',
    ])
    expect(outcome.stdout).not.toMatch(/rt_[0-9a-f]|eyJ/)
  })

  test('old servers have nothing to renew', async () => {
    const family = sub2api('old')
    const { args } = await start(family)
    const report = reportOf(await conformance([...args, ...family.login]))
    expect(operations(report, 'skipped')).toContain('renew own session')
    expect(noteOf(report, 'session kept by a page')).toBe('without a refresh token')
  })

  test('where a challenge guards the login, only its page signs in', async () => {
    const family = sub2api('new', true)
    const { args, relay } = await start(family)
    relay.state.turnstileTokens.add('solved-challenge')
    const solved = ['--turnstile', 'solved-challenge']
    const outcome = await conformance([...args, ...family.login, ...solved])
    const report = reportOf(outcome)
    expect(operations(report, 'fail')).toEqual([])
    expect(operations(report, 'skipped')).toEqual(
      expect.arrayContaining(['sign in', 'wrong password is refused']),
    )
    expect(outcome.stdout).not.toContain('solved-challenge')
  })
})

const ME = { path: '/api/v1/auth/me' }
const inEuro = { code: 0, message: 'success', data: { id: 7, email: 'a@b.c', balance: '12,34 €' } }

describe.each(['old', 'new'] as const)('Sub2API %s', (generation) => {
  test.each<[string, Lie, string]>([
    ['another user', [ME, { kind: 'wrong-user', userId: 8 }], 'identity/user-mismatch'],
    ['wrong units', [ME, { kind: 'status', status: 200, body: inEuro }], 'data.balance'],
    ['half an answer', [ME, { kind: 'truncate' }], 'changed-api/not-json'],
  ])('that tells %s is found in the tab', async (_name, [match, fault], note) => {
    const family = sub2api(generation)
    const { report } = await lie(family, family.login, [{ ...match, userId: 7 }, fault])
    expect(noteOf(report, 'session of a tab')).toContain(note)
    expect(operations(report, 'fail')).toContain('sign in')
    expect(operations(report, 'pass')).toContain('log out')
  })

  test.each<[string, Lie, string]>([
    [
      "another user's keys",
      [{ path: '/api/v1/keys' }, { kind: 'wrong-user', userId: 8 }],
      'API keys (session)',
    ],
    [
      'half its groups',
      [{ path: '/api/v1/groups/available' }, { kind: 'truncate' }],
      'groups (session)',
    ],
    [
      'no totals',
      [{ path: '/api/v1/usage/dashboard/stats' }, { kind: 'status', status: 500 }],
      'figures (session)',
    ],
  ])('that tells %s fails that row', async (_name, fault, operation) => {
    const family = sub2api(generation)
    const { report } = await lie(family, family.login, fault)
    expect(operations(report, 'fail')).toContain(operation)
  })
})

test('Sub2API: a renewal that is cut off is a failure, and nothing of it is shown', async () => {
  const family = sub2api('new')
  const renewal = { method: 'POST', path: '/api/v1/auth/refresh' }
  const { report, outcome } = await lie(family, family.login, [renewal, { kind: 'truncate' }])
  expect(noteOf(report, 'renew own session')).toMatch(/^uncertain: changed-api\/not-json/)
  expect(operations(report, 'pass')).toEqual(expect.arrayContaining(['end own session', 'log out']))
  expect(outcome.stdout).not.toMatch(/rt_[0-9a-f]|eyJ/)
})
