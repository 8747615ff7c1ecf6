import { expect, test } from 'vitest'

import { SITE_TYPES } from '@/src/domain/site-type'

import { conformance, operations, reportOf } from './command'
import { doneHub, start, sub2api, veloera } from './families'

const LOGIN = ['--username', 'a', '--password', 'b']
const AT = ['--url', 'http://127.0.0.1:1']

test.each([
  [[], '--type must be auto or one of'],
  [['--type', 'shared-chat'], '--type must be auto or one of'],
  [['--type', 'new-api', ...AT], 'give --username and --password'],
  [['--type', 'new-api', ...LOGIN], '--url is missing'],
  [['--type', 'auto', ...LOGIN], '--url is missing'],
  [['--type', 'new-api', '--url', 'x', '--token', 'abc'], '--token needs --user-id'],
  [['--type', 'rix-api', ...AT, '--token', 'abc', '--user-id', 'me'], '--token needs --user-id'],
  [['--type', 'open-router', ...LOGIN], 'no login by password'],
  [['--type', 'sub2api', ...AT, '--token', 'abc'], 'no access tokens'],
  [['--type', 'sub2api', ...AT, ...LOGIN, '--replace-token'], 'no access tokens to replace'],
  [['--nonsense'], 'nonsense'],
])('%j is wrong use', async (args, message) => {
  const { code, stderr } = await conformance(args)
  expect(code).toBe(2)
  expect(stderr).toContain(message)
  expect(stderr).toContain('usage:')
})

test('the usage text names every type, in lines that fit', async () => {
  const { stderr } = await conformance([])
  for (const type of SITE_TYPES) expect(stderr).toMatch(new RegExp(`[ ,]${type}(?:,|\\n)`))
  const usage = stderr.slice(stderr.indexOf('usage:'))
  for (const line of usage.split('\n')) expect(line.length).toBeLessThanOrEqual(100)
})

test('what a recognised family needs is asked for once it is known', async () => {
  const { at } = await start(veloera('v4'))
  const outcome = await conformance([...at('auto'), '--token', 'abcdefgh'])
  expect(outcome.code).toBe(2)
  expect(outcome.stderr).toContain('veloera: --token needs --user-id')
})

test('a recognised family that has no tokens says so', async () => {
  const { at } = await start(sub2api('new'))
  const outcome = await conformance([...at('auto'), '--token', 'abcdefgh'])
  expect(outcome.code).toBe(2)
  expect(outcome.stderr).toContain('sub2api has no access tokens')
})

test('a token alone is enough where it tells its user', async () => {
  const family = doneHub('done-hub')
  const { at, relay } = await start(family)
  const outcome = await conformance([...at('auto'), ...family.token])
  expect(outcome.code).toBe(0)
  expect(operations(reportOf(outcome), 'skipped')).toEqual(['session of a tab', 'reveal key'])
  expect(relay.counters.count('POST', '/api/user/login')).toBe(0)
})
