import { describe, expect, test } from 'vitest'

import type { Access } from '@/src/sites/adapter'

import {
  ALICE,
  BOB,
  failureIn,
  GENERATIONS,
  PAT,
  relaySite,
  tokenOf,
  valueOf,
  type Fault,
} from './site-client'

const PATH = '/api/user/token'

describe.each(['one-api', 'g0', 'g1a', 'g1b', 'g2'] as const)('a new token on %s', (generation) => {
  test('works, is asked for once, and stops the old one', async () => {
    const site = await relaySite(generation)
    const { adapter, ctx, relay } = site
    await site.logIn('alice')
    const session = valueOf(await adapter.openSession(ctx, '7', generation))
    const accessToken = valueOf(await adapter.createAccessToken(ctx, session))
    expect(relay.counters.count('GET', PATH)).toBe(1)
    const access: Access = { kind: 'token', userId: '7', accessToken }
    expect(valueOf(await adapter.fetchFigures(ctx, access)).userId).toBe('7')
    expect(failureIn(await adapter.fetchFigures(ctx, tokenOf(ALICE))).class).toBe('login')
  })

  test('is never made for whoever is logged in instead', async () => {
    const site = await relaySite(generation)
    await site.logIn('bob')
    const opened = await site.adapter.openSession(site.ctx, '7', generation)
    if (opened.ok) {
      const made = await site.adapter.createAccessToken(site.ctx, opened.value)
      expect(failureIn(made)).toMatchObject({ class: 'identity' })
    }
    expect(site.relay.state.users.get(8)?.accessToken).toBe(BOB.accessToken)
  })

  test.each<[string, Fault]>([
    ['a lost connection', { kind: 'reset' }],
    ['half an answer', { kind: 'truncate' }],
    ['a gateway that gave up', { kind: 'status', status: 504 }],
    ['a page', { kind: 'spa' }],
  ])('%s leaves open what happened, and is not repeated', async (_, fault) => {
    const { adapter, ctx, relay } = await relaySite(generation)
    relay.faults.set({ path: PATH }, fault)
    const made = await adapter.createAccessToken(ctx, tokenOf(ALICE))
    expect(failureIn(made)).toMatchObject({ class: 'interrupted', path: PATH })
    expect(relay.counters.count('GET', PATH)).toBe(1)
  })
})

test('G3 wants a second factor', async () => {
  const site = await relaySite('g3')
  await site.logIn('alice')
  const session = valueOf(await site.adapter.openSession(site.ctx, '7', 'g3'))
  const made = await site.adapter.createAccessToken(site.ctx, session)
  expect(failureIn(made)).toMatchObject({ class: 'proof', reason: 'security-proof-required' })
  expect(site.relay.state.users.get(7)?.accessToken).toBe(PAT)
})

test.each([404, 405])('a build without the route (%i) says so', async (status) => {
  const { adapter, ctx, relay } = await relaySite('g1b')
  relay.faults.set({ path: PATH }, { kind: 'status', status })
  const made = await adapter.createAccessToken(ctx, tokenOf(ALICE))
  expect(failureIn(made)).toMatchObject({ class: 'unsupported' })
})

test.each(['abc', 'has a space in it', 12_345_678, null])('%j is not a token', async (data) => {
  const { adapter, ctx, relay } = await relaySite('g1b')
  const body = { success: true, message: '', data }
  relay.faults.set({ path: PATH }, { kind: 'status', status: 200, body })
  const made = await adapter.createAccessToken(ctx, tokenOf(ALICE))
  expect(failureIn(made)).toMatchObject({ class: 'interrupted', reason: 'unexpected-shape' })
})

test('stopped before it was sent, nothing happened', async () => {
  const { adapter, ctx, relay } = await relaySite('g1b')
  const made = await adapter.createAccessToken(
    { ...ctx, signal: AbortSignal.abort() },
    tokenOf(ALICE),
  )
  expect(failureIn(made)).toMatchObject({ class: 'cancelled' })
  expect(relay.counters.total()).toBe(0)
})

test.each(GENERATIONS)('no other operation of %s makes one', async (generation) => {
  const site = await relaySite(generation)
  const page = await site.logIn('alice')
  const session = valueOf(await site.adapter.readSession(site.ctx, page))
  await site.adapter.listApiKeys(site.ctx, session.access, generation)
  await site.adapter.fetchGroups(site.ctx, session.access)
  await site.adapter.probeGeneration(site.ctx, session.access)
  expect(site.relay.counters.count('GET', PATH)).toBe(0)
  expect(site.relay.counters.count('POST', PATH)).toBe(0)
})
