// @vitest-environment node
import { beforeEach, describe, expect, test } from 'vitest'

import { complete, unavailable } from '@/src/domain/metric'

import { sendHtml, startLoopback } from '../../net/loopback'
import { freshDisk } from '../../support/world'
import { answering, ask, MODELS, tokenUsage } from './answers'
import { askOnce, makeForm, startCredentials, viewOf } from './credential-world'

beforeEach(freshDisk)

describe('what is known', () => {
  test('outlives a later failure, and its day stays that of the figures', async () => {
    let isDown = false
    const site = await startLoopback((request, response) => {
      if (isDown) sendHtml(response, '<html>Bad gateway</html>', 502)
      else answering({ ...MODELS, ...tokenUsage({ total_available: 500_000 }) })(request, response)
    })
    const { credentials, world } = await startCredentials()
    const { id } = await credentials.save(makeForm({ baseUrl: site.origin }))
    await credentials.refresh([id])
    const good = (await viewOf(credentials, id)).state!
    isDown = true
    world.clock.nowMs += 86_400_000
    await credentials.refresh([id])
    const later = (await viewOf(credentials, id)).state!
    expect(later).toMatchObject({
      attemptAtMs: world.clock.nowMs,
      successAtMs: good.successAtMs,
      health: 'warning',
      failure: { class: 'server' },
      balanceUsd: complete(1),
      source: 'new-api-token',
      dayKey: good.dayKey,
      models: good.models,
    })
  })

  test('is models alone where nothing else is to be asked', async () => {
    const { state, seen } = await ask(MODELS, { query: { mode: 'disabled' } })
    expect(seen.map(({ path }) => path)).toEqual(['/v1/models'])
    expect(state).toMatchObject({ health: 'healthy', balanceUsd: unavailable('not-collected') })
  })

  test('is nothing where the browser does not grant the site, and nothing is sent', async () => {
    const site = await startLoopback(answering(MODELS))
    const { credentials, denied } = await startCredentials()
    denied.add(site.origin)
    const state = await askOnce(credentials, { baseUrl: site.origin })
    expect(state).toMatchObject({
      health: 'warning',
      failure: { class: 'access', reason: 'no-permission' },
      attempts: [],
    })
    expect((await credentials.views())[0]?.granted).toBe(false)
    await expect(credentials.models(state.id)).rejects.toMatchObject({
      failure: { class: 'access' },
    })
    expect(site.seen).toEqual([])
  })
})

describe('a refresh', () => {
  test('asks each credential once at a time, and shows which are being asked', async () => {
    const waiting: (() => void)[] = []
    const site = await startLoopback((request, response) => {
      waiting.push(() => {
        answering(MODELS)(request, response)
      })
    })
    const { credentials, events, holds } = await startCredentials()
    const form = makeForm({ baseUrl: site.origin, query: { mode: 'disabled' } })
    const { id } = await credentials.save(form)
    const both = Promise.all([credentials.refresh([id, id]), credentials.refresh([id])])
    await expect.poll(() => waiting.length).toBe(1)
    expect((await viewOf(credentials, id)).refreshing).toBe(true)
    expect(holds()).toBe(2)
    waiting[0]?.()
    await both
    expect(site.seen).toHaveLength(1)
    expect((await viewOf(credentials, id)).refreshing).toBe(false)
    expect(holds()).toBe(0)
    expect(events.length).toBeGreaterThan(2)
  })

  test('does not write what belongs to a key that was changed meanwhile', async () => {
    let answer = () => {}
    const site = await startLoopback((request, response) => {
      answer = () => {
        answering(MODELS)(request, response)
      }
    })
    const { credentials } = await startCredentials()
    const form = makeForm({ baseUrl: site.origin, query: { mode: 'disabled' } })
    const { id } = await credentials.save(form)
    const running = credentials.refresh([id])
    await expect.poll(() => site.seen.length).toBe(1)
    await credentials.save({ ...form, apiKey: 'sk-another-key' }, id)
    answer()
    await running
    expect((await viewOf(credentials, id)).state).toBeUndefined()
  })

  test('of what was removed does nothing', async () => {
    const { credentials } = await startCredentials()
    const { id } = await credentials.save(makeForm())
    await credentials.remove([id])
    await credentials.refresh([id])
    expect(await credentials.views()).toEqual([])
  })
})
