import { describe, expect, test } from 'vitest'

import { conformance, noteOf, operations, reportOf } from './command'
import { doneHub, type Family, SELF_HOSTED, start, veloera } from './families'
import { HOSTED } from './hosted-families'
import { lie, type Lie } from './lie'

const SELF = { path: '/api/user/self' }

const LINEAGE: [string, Family][] = [
  ['DoneHub', doneHub('done-hub')],
  ['One Hub', doneHub('one-hub')],
  ['Veloera V3', veloera('v3')],
  ['Veloera V4', veloera('v4')],
]

describe.each(LINEAGE)('%s', (_, family) => {
  test.each<[string, Lie, string]>([
    ['another user', [SELF, { kind: 'wrong-user', userId: 8 }], 'identity/user-mismatch'],
    ['wrong units', [SELF, { kind: 'wrong-units' }], 'data.quota'],
    ['half an answer', [SELF, { kind: 'truncate' }], 'changed-api/not-json'],
  ])('that tells %s is found by its token', async (_name, fault, note) => {
    const { report } = await lie(family, [...family.token, '--user-id', '7'], fault)
    const failed = operations(report, 'fail')
    expect(failed).toEqual(
      expect.arrayContaining(['figures (access token)', 'refresh (access token)']),
    )
    expect(noteOf(report, 'figures (access token)')).toContain(note)
    expect(operations(report, 'pass')).toEqual(expect.arrayContaining(['detect', 'status']))
  })

  test.each<[string, Lie, string]>([
    ['half a list of keys', [{ path: '/api/token/' }, { kind: 'truncate' }], 'API keys (session)'],
    ['a log that fails', [{ path: '/api/log/self' }, { kind: 'reset' }], 'refresh (session)'],
    ['points per USD as text', [{ path: '/api/status' }, { kind: 'wrong-units' }], 'status'],
  ])('that tells %s fails that row of its session', async (_name, fault, operation) => {
    const { report } = await lie(family, family.login, fault, [
      { path: '/api/log/self/stat' },
      { kind: 'reset' },
    ])
    expect(operations(report, 'fail')).toContain(operation)
    expect(operations(report, 'pass')).toContain('log out')
  })
})

test('DoneHub: a login that is another user’s from the start is found in the tab', async () => {
  const family = doneHub('done-hub')
  const { report } = await lie(family, family.login, [SELF, { kind: 'wrong-user', userId: 8 }])
  expect(noteOf(report, 'session of a tab')).toBe('another user than the one logged in')
})

test.each(Object.entries(HOSTED))('%s: half an answer is found', async (name, family) => {
  const isRouter = name === 'OpenRouter'
  const path = isRouter ? '/api/v1/credits' : '/api/user/self'
  const args = [...family.token, '--user-id', isRouter ? 'user_1' : 'alice']
  const { report } = await lie(family, args, [{ path }, { kind: 'truncate' }])
  expect(operations(report, 'fail')).toEqual(
    expect.arrayContaining(['figures (access token)', 'refresh (access token)']),
  )
})

test.each(['rix-api', 'new-api', 'veloera', 'one-hub'])(
  'a DoneHub is no %s, whoever is logged in',
  async (type) => {
    const family = doneHub('done-hub')
    const { at } = await start(family)
    const outcome = await conformance([...at(type), ...family.login])
    expect(operations(reportOf(outcome), 'fail')).toEqual(
      expect.arrayContaining(['detect', 'detect (session)']),
    )
  },
)

test('a relative is not taken for another one', async () => {
  const family = SELF_HOSTED['Rix-API']
  if (!family) throw new Error('no such family')
  const { at } = await start(family)
  const outcome = await conformance([...at('v-api'), ...family.login])
  expect(outcome.code).toBe(1)
  const report = reportOf(outcome)
  expect(operations(report, 'fail')).toEqual(['detect (session)'])
})

test('an unknown site is one failed row', async () => {
  const { at, relay } = await start(doneHub('done-hub'))
  relay.faults.set({}, { kind: 'spa' })
  const outcome = await conformance([...at('auto'), '--username', 'a', '--password', 'b'])
  expect(outcome.code).toBe(1)
  const { operations: rows } = reportOf(outcome)
  expect(rows).toMatchObject([{ operation: 'detect', result: 'fail' }])
})
