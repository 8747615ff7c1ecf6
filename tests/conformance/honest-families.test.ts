import { describe, expect, test } from 'vitest'

import { RELATIVES } from '@/e2e/relays/new-api/relay'
import { adapterFor } from '@/src/sites/registry'

import { conformance, noteOf, operations, reportOf } from './command'
import { doneHub, SELF_HOSTED, start, veloera } from './families'
import { HOSTED } from './hosted-families'

describe.each(Object.entries(SELF_HOSTED))('an honest %s', (_, family) => {
  const isSub2Api = family.type === 'sub2api'

  test('passes by everything there is, and shows no secret', async () => {
    const { args } = await start(family)
    const outcome = await conformance([...args, ...family.login, ...family.token])
    const report = reportOf(outcome)
    expect(operations(report, 'fail')).toEqual([])
    expect(outcome.code).toBe(0)
    expect(operations(report, 'pass')).toEqual(
      expect.arrayContaining([
        'detect (session)',
        'session of a tab',
        'refresh (session)',
        'groups (session)',
        'API keys (session)',
        'wrong user id is refused (session)',
        'log out',
        ...(isSub2Api
          ? ['session kept by a page', 'sign in', 'wrong password is refused', 'end own session']
          : [
              'user of the access token',
              'refresh (access token)',
              'invalid token is refused',
              'token travels without the login',
              'session and access token agree',
            ]),
      ]),
    )
    for (const secret of family.secrets) {
      expect(outcome.stdout + outcome.stderr).not.toContain(secret)
    }
  })

  test('is recognised', async () => {
    const { at } = await start(family)
    const outcome = await conformance([...at('auto'), ...family.login, ...family.token])
    const report = reportOf(outcome)
    expect(operations(report, 'fail')).toEqual([])
    expect(outcome.code).toBe(0)
    const { label } = adapterFor(family.type).description
    expect(noteOf(report, 'detect (session)')?.startsWith(`${label}: `)).toBe(true)
    expect(noteOf(report, 'detect')).toMatch(
      family.type in RELATIVES ? /^New API: \S/ : new RegExp(`^${label}: \\S`),
    )
    expect(operations(report, 'pass')).toContain('refresh (session)')
  })
})

test.each(Object.entries(HOSTED))('an honest %s passes by its token', async (_, family) => {
  const { args, relay } = await start(family)
  const outcome = await conformance([...args, ...family.token])
  const report = reportOf(outcome)
  expect(operations(report, 'fail')).toEqual([])
  expect(outcome.code).toBe(0)
  expect(operations(report, 'skipped')).toEqual([
    'detect',
    'session of a tab',
    "today's use (access token)",
    'groups (access token)',
    'create access token',
    'reveal key',
    ...(family.type === 'aihubmix' ? ['disable key', 'enable key'] : []),
  ])
  expect(relay.counters.requests().some(({ hadCookie }) => hadCookie)).toBe(false)
  for (const secret of family.secrets) expect(outcome.stdout).not.toContain(secret)
})

const WITH_TOKENS = Object.entries(SELF_HOSTED).filter(([, { token }]) => token.length > 0)

test.each(WITH_TOKENS)("%s: another user's token beside the login stays his", async (_, family) => {
  const { args, relay } = await start(family)
  const outcome = await conformance([...args, ...family.login, ...family.bobsToken])
  const report = reportOf(outcome)
  expect(operations(report, 'fail')).toEqual([])
  expect(noteOf(report, 'figures (access token)')).toBe('balance 99 points')
  expect(noteOf(report, 'token travels without the login')).toContain('identity/user-mismatch')
  expect(operations(report, 'skipped')).toContain('session and access token agree')
  const mixed = relay.counters.requests().filter((one) => one.hadCookie && one.hadAuthorization)
  expect(mixed).toEqual([])
})

test('a token that tells its user is not taken for another one’s', async () => {
  const family = doneHub('done-hub')
  const { args } = await start(family)
  const outcome = await conformance([...args, ...family.token, '--user-id', '8'])
  expect(outcome.code).toBe(1)
  expect(noteOf(reportOf(outcome), 'user of the access token')).toBe('the token is of another user')
})

test('a new access token is made only when told to, and never printed', async () => {
  for (const family of [doneHub('done-hub'), veloera('v4')]) {
    const { args, relay } = await start<ReturnType<typeof family.make>>(family)
    const before = relay.state.users.get(7)?.accessToken
    const outcome = await conformance([...args, ...family.login, '--replace-token'])
    const made = relay.state.users.get(7)?.accessToken ?? ''
    expect(operations(reportOf(outcome), 'fail')).toEqual([])
    expect(made).not.toBe(before)
    expect(outcome.stdout).not.toContain(made)
    expect(relay.counters.count('GET', '/api/user/token')).toBe(1)
  }
})
