import { describe, expect, test } from 'vitest'

import type { Generation } from '@/src/domain/site-type'
import type { Access } from '@/src/sites/adapter'
import { detectSite } from '@/src/sites/registry'

import {
  ALICE,
  day,
  GENERATIONS,
  PAT,
  type RelayGeneration,
  relaySite,
  type RelaySite,
  tokenOf,
  valueOf,
} from './site-client'

const hasSessions = (generation: RelayGeneration) => generation === 'g2' || generation === 'g3'

async function accessBy(site: RelaySite, how: string, generation: Generation): Promise<Access> {
  if (how === 'token') return tokenOf(ALICE)
  await site.logIn('alice')
  return valueOf(await site.adapter.openSession(site.ctx, '7', generation))
}

describe.each(GENERATIONS)('%s', (generation) => {
  test('is recognised by its behaviour', async () => {
    const site = await relaySite(generation, { systemName: 'Not One API but New API' })
    const found = valueOf(await detectSite(site.ctx))
    expect(found.siteType).toBe(site.adapter.description.type)
    expect(found.evidence.length).toBeGreaterThan(0)
    expect(found.evidence.map(({ sign }) => sign)).not.toContain('status-shape')
    expect(found.status.quotaPerUnit).toBe(500_000)
    // A handful of questions, whatever runs there.
    expect(site.relay.counters.total()).toBeLessThanOrEqual(4)
    expect(site.relay.counters.requests()[0]).toMatchObject({
      hadCookie: false,
      hadAuthorization: false,
    })
  })

  test('tells what it says about itself', async () => {
    const site = await relaySite(generation, { quotaPerUnit: 1000, price: 2.5 })
    const status = valueOf(await site.adapter.fetchStatus(site.ctx))
    expect(status).toMatchObject({ quotaPerUnit: 1000 })
    if (generation !== 'one-api') expect(status).toMatchObject({ rechargeRate: 2.5 })
  })

  test('shows its generation', async () => {
    const site = await relaySite(generation)
    const { adapter, ctx } = site
    expect(valueOf(await adapter.probeGeneration(ctx, tokenOf(ALICE)))).toBe(generation)
    const anonymous = valueOf(await adapter.probeGeneration(ctx, null))
    expect(anonymous).toBe(generation.startsWith('g1') ? 'g1' : generation)
    expect(site.relay.counters.requests().every(({ hadCookie }) => !hadCookie)).toBe(true)
  })

  test('shows who is logged in to a page', async () => {
    const site = await relaySite(generation)
    const page = await site.logIn('alice')
    const session = valueOf(await site.adapter.readSession(site.ctx, page))
    expect(session).toMatchObject({
      access: { kind: hasSessions(generation) ? 'bearer' : 'cookie', userId: '7' },
      figures: { userId: '7', username: 'alice' },
      generation,
      existingToken: generation === 'g0' ? PAT : null,
      tokenCreation: generation === 'g3' ? 'by-hand' : 'replaces',
    })
    expect(site.relay.counters.count('GET', '/api/user/token')).toBe(0)
  })

  describe.each(['token', 'session'])('by %s', (how) => {
    test('figures, use, groups and keys are those of the user', async () => {
      const site = await relaySite(generation)
      const { adapter, ctx } = site
      const access = await accessBy(site, how, generation)
      const figures = valueOf(await adapter.fetchFigures(ctx, access))
      expect(figures).toEqual({
        userId: '7',
        username: 'alice',
        group: 'vip',
        balance: { state: 'complete', value: 1_234_567 },
        usedTotal: { state: 'complete', value: 7_654 },
        requestsTotal: { state: 'complete', value: 3 },
      })
      const today = valueOf(await adapter.fetchTodayUse(ctx, access, day))
      const unknown = { state: 'unavailable', reason: 'not-collected' }
      expect(today).toEqual({
        dayKey: day.dayKey,
        consumption: { state: 'complete', value: 120 },
        requests: unknown,
        promptTokens: unknown,
        completionTokens: unknown,
      })
      expect(valueOf(await adapter.refresh(ctx, access, day))).toEqual({ figures, today })
      await expectGroups(site, access)
      await expectKeys(site, access, generation)
    })

    test('sends no credential but the one meant', async () => {
      const site = await relaySite(generation)
      await site.logIn('bob')
      const access = how === 'token' ? tokenOf(ALICE) : await accessBy(site, how, generation)
      site.relay.counters.reset()
      valueOf(await site.adapter.refresh(site.ctx, access, day))
      for (const request of site.relay.counters.requests()) {
        expect(request).toMatchObject({
          hadCookie: access.kind === 'cookie',
          hadAuthorization: access.kind !== 'cookie',
          userIdHeader: access.kind === 'bearer' ? null : '7',
        })
      }
    })
  })
})

async function expectGroups({ adapter, ctx }: RelaySite, access: Access): Promise<void> {
  const groups = await adapter.fetchGroups(ctx, access)
  if (adapter.description.type === 'one-api') {
    expect(groups).toMatchObject({ ok: false, failure: { class: 'unsupported' } })
  } else {
    expect(valueOf(groups)).toContainEqual({ name: 'vip', ratio: 0.8, description: 'VIP group' })
  }
}

async function expectKeys(
  { adapter, ctx }: RelaySite,
  access: Access,
  generation: RelayGeneration,
): Promise<void> {
  const { keys, complete } = valueOf(await adapter.listApiKeys(ctx, access, generation))
  expect(complete).toBe(true)
  const isMasked = !['one-api', 'g0', 'g1a'].includes(generation)
  expect(keys.map(({ name, remaining, key }) => ({ name, remaining, kind: key.kind }))).toEqual([
    { name: 'second', remaining: null, kind: isMasked ? 'masked' : 'full' },
    {
      name: 'first',
      remaining: { state: 'complete', value: 10 },
      kind: isMasked ? 'masked' : 'full',
    },
  ])
}
