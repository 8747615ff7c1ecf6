import { expect, onTestFinished, test } from 'vitest'

import { startRelay } from '@/e2e/relays/farm'
import type { NewApiRelay } from '@/e2e/relays/new-api/relay'
import { ALICE, BOB, type Fault } from '@/tests/sites/site-client'

import { conformance, operations, reportOf } from './command'

type FaultMatch = Parameters<NewApiRelay['faults']['set']>[0]

const login = ['--username', 'alice', '--password', ALICE.password]
const token = ['--token', ALICE.accessToken ?? '', '--user-id', '7']

async function lie(generation: 'g1b' | 'g2', match: FaultMatch, fault: Fault, args: string[]) {
  const { relay, origin, ...server } = await startRelay({ generation, users: [ALICE, BOB] })
  onTestFinished(() => server.close())
  relay.faults.set(match, fault)
  const outcome = await conformance(['--type', 'new-api', '--url', origin, '--json', ...args])
  return { outcome, report: reportOf(outcome) }
}

test.each<[string, FaultMatch, Fault, string]>([
  [
    'another user',
    { path: '/api/user/self' },
    { kind: 'wrong-user', userId: 8 },
    'identity/user-mismatch',
  ],
  ['wrong units', { path: '/api/user/self' }, { kind: 'wrong-units' }, 'data.quota'],
  ['half an answer', { path: '/api/user/self' }, { kind: 'truncate' }, 'changed-api/not-json'],
])('%s is found where it is told', async (_, match, fault, note) => {
  const { outcome, report } = await lie('g1b', match, fault, token)
  expect(outcome.code).toBe(1)
  expect(report.ok).toBe(false)
  expect(operations(report, 'fail')).toEqual(
    expect.arrayContaining(['figures (access token)', 'refresh (access token)']),
  )
  expect(operations(report, 'pass')).toEqual(
    expect.arrayContaining(['detect', 'status', 'API keys (access token)']),
  )
  const row = report.operations.find(({ operation }) => operation === 'figures (access token)')
  expect(row?.note).toContain(note)
})

test.each<[string, FaultMatch, Fault, string]>([
  [
    'another user',
    { path: '/api/user/self' },
    { kind: 'wrong-user', userId: 8 },
    'session of a tab',
  ],
  ['half a list of keys', { path: '/api/token/' }, { kind: 'truncate' }, 'API keys (session)'],
  ['groups as a page', { path: '/api/user/self/groups' }, { kind: 'spa' }, 'groups (session)'],
  ['a log that fails', { path: '/api/log/self/stat' }, { kind: 'reset' }, "today's use (session)"],
  ['points per USD as text', { path: '/api/status' }, { kind: 'wrong-units' }, 'status'],
])('%s fails its own row in a session of G2', async (_, match, fault, operation) => {
  const { outcome, report } = await lie('g2', match, fault, login)
  expect(outcome.code).toBe(1)
  expect(operations(report, 'fail')).toContain(operation)
  expect(operations(report, 'pass')).toContain('log out')
})

test('a wrong password is one failed row', async () => {
  const { origin, ...server } = await startRelay({ generation: 'g1b', users: [ALICE] })
  onTestFinished(() => server.close())
  const args = ['--type', 'new-api', '--url', origin, '--json', '--username', 'alice']
  const outcome = await conformance([...args, '--password', 'not-the-password'])
  expect(outcome.code).toBe(1)
  expect(operations(reportOf(outcome), 'fail')).toEqual(['log in'])
  expect(outcome.stdout).not.toContain('not-the-password')
})

test('the wrong type is not recognised', async () => {
  const { origin, ...server } = await startRelay({ generation: 'g1b', users: [ALICE] })
  onTestFinished(() => server.close())
  const outcome = await conformance(['--type', 'one-api', '--url', origin, '--json', ...token])
  expect(outcome.code).toBe(1)
  expect(operations(reportOf(outcome), 'fail')).toContain('detect')
})

test('nobody there fails every row and ends', async () => {
  const args = ['--type', 'new-api', '--url', 'http://127.0.0.1:1', '--json', ...login]
  const outcome = await conformance(args)
  expect(outcome.code).toBe(1)
  expect(operations(reportOf(outcome), 'pass')).toEqual([])
})
