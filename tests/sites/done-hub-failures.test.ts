import { describe, expect, test } from 'vitest'

import { sessionCookie } from '@/e2e/relays/done-hub/session-cookie'
import type { HubUser } from '@/e2e/relays/done-hub/state'

import { BY_COOKIE, BY_TOKEN, hubSite, type HubSite, NO_STORAGE, VARIANTS } from './done-hub-client'
import { day, failureIn, valueOf } from './site-client'

const SELF = '/api/user/self'

function alice({ relay }: HubSite): HubUser {
  const user = relay.state.users.get(7)
  if (!user) throw new Error('no alice')
  return user
}

describe.each(VARIANTS)('%s', (variant) => {
  test('a token that no longer works needs a new one, although the answer is 200', async () => {
    const site = await hubSite(variant)
    alice(site).accessToken = '1'.repeat(32)
    const { adapter, ctx, relay } = site
    for (const result of [
      await adapter.fetchFigures(ctx, BY_TOKEN),
      await adapter.fetchTodayUse(ctx, BY_TOKEN, day),
      await adapter.refresh(ctx, BY_TOKEN, day),
      await adapter.fetchGroups(ctx, BY_TOKEN),
      await adapter.listApiKeys(ctx, BY_TOKEN, variant),
      await adapter.createAccessToken(ctx, BY_TOKEN),
    ]) {
      expect(failureIn(result)).toMatchObject({ class: 'login', reason: 'invalid-token' })
    }
    expect(relay.counters.requests().every(({ status }) => status === 200)).toBe(true)
  })

  test('a login that ended needs a new one', async () => {
    const site = await hubSite(variant)
    await site.logIn('alice')
    site.relay.state.secret = 'another one'
    const { adapter, ctx } = site
    for (const result of [
      await adapter.readSession(ctx, NO_STORAGE),
      await adapter.refresh(ctx, BY_COOKIE, day),
      await adapter.listApiKeys(ctx, BY_COOKIE, variant),
      await adapter.fetchGroups(ctx, BY_COOKIE),
    ]) {
      expect(failureIn(result)).toMatchObject({ class: 'login', reason: 'not-logged-in' })
    }
  })

  test('a login that ends amid a refresh gives nothing', async () => {
    const site = await hubSite(variant)
    await site.logIn('alice')
    const { ctx, adapter } = site
    const transport: typeof ctx.transport = async (request, options) => {
      if (request.path === '/api/log/self/stat') await site.jar.removeAllCookies()
      return ctx.transport(request, options)
    }
    const refreshed = await adapter.refresh({ ...ctx, transport }, BY_COOKIE, day)
    expect(failureIn(refreshed)).toMatchObject({ class: 'login' })
  })

  test('a disabled user is told so', async () => {
    const site = await hubSite(variant)
    alice(site).status = 2
    expect(failureIn(await site.adapter.fetchFigures(site.ctx, BY_TOKEN))).toMatchObject({
      class: 'refused',
      reason: 'user-disabled',
      path: SELF,
    })
  })

  test('words that only mention it are not taken for a disabled user', async () => {
    const { adapter, ctx, relay } = await hubSite(variant)
    const body = { success: false, message: '用户名或密码错误，或用户已被封禁' }
    relay.faults.set({ path: SELF }, { kind: 'status', status: 200, body })
    expect(failureIn(await adapter.fetchFigures(ctx, BY_TOKEN))).toMatchObject({
      class: 'refused',
      reason: 'business',
    })
  })

  test('a protection page is no answer', async () => {
    const { adapter, ctx, relay } = await hubSite(variant)
    relay.faults.set({ path: SELF }, { kind: 'challenge' })
    expect(failureIn(await adapter.refresh(ctx, BY_TOKEN, day))).toMatchObject({
      class: 'challenge',
    })
  })

  test('balances as text or with a fraction are no balances', async () => {
    const { adapter, ctx, relay } = await hubSite(variant)
    relay.faults.set({ path: SELF }, { kind: 'wrong-units' })
    expect(failureIn(await adapter.fetchFigures(ctx, BY_TOKEN))).toMatchObject({
      class: 'changed-api',
    })
  })

  test('no failure holds the token, which the site itself shows', async () => {
    const site = await hubSite(variant)
    const { adapter, ctx, relay } = site
    const body = { success: false, message: `no: ${alice(site).accessToken}` }
    relay.faults.set({ path: SELF }, { kind: 'status', status: 200, body })
    const failure = failureIn(await adapter.fetchFigures(ctx, BY_TOKEN))
    expect(JSON.stringify(failure)).not.toContain(alice(site).accessToken)
  })

  test.each([null, '', 'tooshort', '********************************'])(
    'a session whose answer shows %j has no token to offer',
    async (shown) => {
      const site = await hubSite(variant)
      await site.logIn('alice')
      const { id, username, quota } = alice(site)
      const data = { id, username, quota, used_quota: 0, request_count: 0, access_token: shown }
      const body = { success: true, message: '', data }
      site.relay.faults.set({ path: SELF }, { kind: 'status', status: 200, body })
      const session = valueOf(await site.adapter.readSession(site.ctx, NO_STORAGE))
      expect(session).toMatchObject({ access: BY_COOKIE, existingToken: null })
      const who = valueOf(await site.adapter.identify(site.ctx, 'typed by hand'))
      expect(who.userId).toBe('7')
    },
  )
})

describe("DoneHub's own words for a cookie that is no login any more", () => {
  async function refreshWith(user: Partial<HubUser>, isDeleted = false) {
    const site = await hubSite('done-hub')
    const cookie = sessionCookie(site.relay.state.secret, { ...alice(site), ...user })
    await site.jar.setCookie(cookie.replace('; SameSite=Strict', ''), site.origin)
    if (isDeleted) site.relay.state.users.delete(7)
    return failureIn(await site.adapter.refresh(site.ctx, BY_COOKIE, day))
  }

  test('without a user id', async () => {
    expect(await refreshWith({ id: 0 })).toMatchObject({
      class: 'login',
      reason: 'invalid-session',
      detail: '无权进行此操作，会话无效',
    })
  })

  test('of a user who is gone', async () => {
    expect(await refreshWith({}, true)).toMatchObject({
      class: 'login',
      reason: 'invalid-session',
      detail: '无权进行此操作，用户校验失败',
    })
  })
})
