import { describe, expect, onTestFinished, test } from 'vitest'

import { startRelay } from '@/e2e/relays/farm'
import type { RelayOptions } from '@/e2e/relays/new-api/relay'
import { ALICE, BOB, type RelayGeneration } from '@/tests/sites/site-client'

import { conformance, conformanceProcess, operations, reportOf } from './command'

const PASSWORD = ALICE.password
const TOKEN = ALICE.accessToken ?? ''

async function site(generation: RelayGeneration, options: Partial<RelayOptions> = {}) {
  const started = await startRelay({ generation, users: [ALICE, BOB], ...options })
  onTestFinished(() => started.close())
  const type = generation === 'one-api' ? 'one-api' : 'new-api'
  return { ...started, args: ['--type', type, '--url', started.origin, '--json'] }
}

const login = ['--username', 'alice', '--password', PASSWORD]

describe.each(['one-api', 'g0', 'g1b', 'g2', 'g3'] as const)('an honest %s', (generation) => {
  test('passes by session and by token, and is left as it was', async () => {
    const { args, relay } = await site(generation)
    const before = structuredClone([...relay.state.users.values()])
    const outcome = await conformance([...args, ...login, '--token', TOKEN, '--user-id', '7'])
    const report = reportOf(outcome)
    expect(operations(report, 'fail')).toEqual([])
    expect(outcome.code).toBe(0)
    expect(report.ok).toBe(true)
    const skipped = generation === 'one-api' ? ['groups (session)', 'groups (access token)'] : []
    // Older ones list keys in full.
    const listsKeys = ['one-api', 'g0', 'g1a'].includes(generation) ? ['reveal key'] : []
    expect(operations(report, 'skipped').sort()).toEqual(
      ['create access token', ...skipped, ...listsKeys].sort(),
    )
    expect(operations(report, 'pass')).toEqual(
      expect.arrayContaining([
        'detect',
        'session of a tab',
        'refresh (session)',
        'refresh (access token)',
        'session and access token agree',
        'log out',
      ]),
    )
    expect(outcome.stdout + outcome.stderr).not.toContain(PASSWORD)
    expect(outcome.stdout + outcome.stderr).not.toContain(TOKEN)
    for (const [at, user] of [...relay.state.users.values()].entries()) {
      expect(user.accessToken).toBe(before[at]?.accessToken)
      expect(user.quota).toBe(before[at]?.quota)
    }
    expect([...relay.state.sessions.values()].every(({ isRevoked }) => isRevoked)).toBe(true)
  })
})

describe('the access token', () => {
  test('is replaced only when told to, and never printed', async () => {
    const { args, relay } = await site('g2')
    const outcome = await conformance([...args, ...login, '--replace-token'])
    const made = relay.state.users.get(7)?.accessToken ?? ''
    expect(made).not.toBe(TOKEN)
    expect(operations(reportOf(outcome), 'pass')).toContain('create access token')
    expect(outcome.stdout).not.toContain(made)
    expect(outcome.code).toBe(0)
  })

  test('that only the console can make is no failure', async () => {
    const { args, relay } = await site('g3')
    const outcome = await conformance([...args, ...login, '--replace-token'])
    expect(operations(reportOf(outcome), 'skipped')).toEqual([
      'create access token',
      'access token',
    ])
    expect(relay.state.users.get(7)?.accessToken).toBe(TOKEN)
    expect(outcome.code).toBe(0)
  })

  test('is enough by itself', async () => {
    const { args, relay } = await site('g1b')
    const outcome = await conformance([...args, '--token', TOKEN, '--user-id', '7'])
    expect(outcome.code).toBe(0)
    expect(operations(reportOf(outcome), 'skipped')).toEqual(['session of a tab'])
    expect(relay.counters.count('POST', '/api/user/login')).toBe(0)
  })
})

test('the table is aligned and sums up; the password may come from the environment', async () => {
  const { origin } = await site('g1b')
  const args = ['--type', 'new-api', '--url', origin, '--username', 'alice']
  const { code, stdout } = await conformanceProcess(args, { RELAYDECK_PASSWORD: PASSWORD })
  const lines = stdout.trimEnd().split('\n')
  expect(code).toBe(0)
  expect(lines[0]).toMatch(/^operation\s+result\s+time\s+note$/)
  const column = lines[0]?.indexOf('result') ?? 0
  for (const line of lines.slice(1, -2)) expect(line.slice(column)).toMatch(/^(pass|skipped) /)
  expect(lines.at(-1)).toMatch(/^conformant: \d+ passed, 0 failed, 2 skipped$/)
  expect(stdout).not.toContain(PASSWORD)
})
