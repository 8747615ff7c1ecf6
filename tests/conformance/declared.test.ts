import { expect, test } from 'vitest'

import type { SiteDouble } from '@/e2e/relays/kit/site-double'
import { checkAccess } from '@/scripts/conformance/checks/access'
import { checkTokenOnly } from '@/scripts/conformance/checks/tokens'
import { createLedger } from '@/scripts/conformance/ledger'
import { placeAt, type Subject } from '@/scripts/conformance/subject'
import type { Capability } from '@/src/domain/site-description'
import type { SiteAdapter } from '@/src/sites/adapter'
import { adapterFor } from '@/src/sites/registry'
import { ALICE_TOKEN } from '@/tests/sites/done-hub-client'

import { doneHub, start } from './families'

const TOKEN = { userId: '7', accessToken: ALICE_TOKEN }
const hub = adapterFor('done-hub')

/** A DoneHub and an adapter that declares these capabilities, whatever it can. */
async function claiming(capabilities: readonly Capability[], adapter: SiteAdapter = hub) {
  const { relay, args } = await start(doneHub('done-hub'))
  const ledger = createLedger(() => performance.now())
  const description = { ...adapter.description, capabilities: [...capabilities] }
  const subject: Subject = {
    ...placeAt(args[3] ?? '', ledger),
    adapter: { ...adapter, description },
  }
  return { subject, relay: relay as SiteDouble, rows: ledger.rows }
}

const without = (...left: readonly Capability[]) =>
  hub.description.capabilities.filter((one) => !left.includes(one))

test.each<[Capability, string]>([
  ['groups', 'groups (access token)'],
  ['today-use', "today's use (access token)"],
  ['api-keys', 'API keys (access token)'],
])('%s that works and is not declared is a failure', async (capability, operation) => {
  const { subject, rows } = await claiming(without(capability))
  await checkAccess(subject, { kind: 'token', ...TOKEN }, 'done-hub')
  expect(rows.find((row) => row.operation === operation)).toMatchObject({
    result: 'fail',
    note: 'works, but is not declared',
  })
})

test.each<[Capability, string]>([
  ['groups', 'groups (access token)'],
  ['today-use', "today's use (access token)"],
])('%s that is declared and refused is a failure', async (capability, operation) => {
  const other = adapterFor('open-router')
  const { subject, rows } = await claiming(without(), {
    ...hub,
    fetchGroups: (ctx, access) => other.fetchGroups(ctx, access),
    fetchTodayUse: (ctx, access, day) => other.fetchTodayUse(ctx, access, day),
  })
  expect(subject.adapter.description.capabilities).toContain(capability)
  await checkAccess(subject, { kind: 'token', ...TOKEN }, 'done-hub')
  expect(rows.find((row) => row.operation === operation)).toMatchObject({
    result: 'fail',
    note: 'declared, but the adapter refuses it',
  })
})

test('a token that may not be made is not made to find out', async () => {
  const { subject, relay, rows } = await claiming(without('access-token'))
  await checkTokenOnly(subject, TOKEN)
  const row = rows.find(({ operation }) => operation === 'create access token')
  expect(row?.result).toBe('fail')
  expect(row?.note).toMatch(/^not declared, but \/api\/\S+ would be asked$/)
  expect(relay.counters.count('GET', '/api/user/token')).toBe(0)
})
