import { describe, expect, test } from 'vitest'

import { failureIn, valueOf } from './site-client'
import { ALICE, sub2ApiSite } from './sub2api-client'

const RATES = '/api/v1/groups/rates'

describe('groups', () => {
  test('have personal multipliers where there are any', async () => {
    const users = [{ ...ALICE, rates: { 4: 0.8, 5: 0 } }]
    const { adapter, ctx, alice } = await sub2ApiSite('new', { users })
    expect(valueOf(await adapter.fetchGroups(ctx, alice))).toEqual([
      { name: 'claude', ratio: 0.8, description: '' },
      { name: 'gpt', ratio: 0, description: '' },
    ])
  })

  test('have none where the server leaves them out', async () => {
    const { adapter, ctx, alice, relay } = await sub2ApiSite('new')
    relay.faults.set({ path: RATES }, { kind: 'status', status: 200, body: { code: 0 } })
    expect(valueOf(await adapter.fetchGroups(ctx, alice))[0]?.ratio).toBe(1.2)
  })

  test('are not shown with multipliers that may be wrong', async () => {
    const { adapter, ctx, alice, relay } = await sub2ApiSite('new')
    relay.faults.set({ path: RATES }, { kind: 'status', status: 500 })
    expect(failureIn(await adapter.fetchGroups(ctx, alice))).toMatchObject({
      class: 'server',
      path: RATES,
    })
  })
})
