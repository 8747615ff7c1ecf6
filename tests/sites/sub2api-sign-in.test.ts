import { describe, expect, test } from 'vitest'

import type { Sub2ApiOptions } from '@/e2e/relays/sub2api/relay'
import { sendJson } from '@/tests/net/loopback'

import { failureIn, valueOf } from './site-client'
import {
  ALICE,
  BOB,
  BUILDS,
  enveloped,
  json,
  loopbackSite,
  SETTINGS,
  sub2ApiSite,
} from './sub2api-client'

const LOGIN = '/api/v1/auth/login'
const FORM = { login: ' alice@mail.example ', password: 'correct horse' }
const SECURED: Partial<Sub2ApiOptions> = { users: [{ ...ALICE, totpCode: '123456' }, BOB] }

describe.each(BUILDS)('%s', (build) => {
  test('a password makes a session of its own', async () => {
    const { sessions, ctx, relay, adapter } = await sub2ApiSite(build)
    const made = valueOf(await sessions.signIn(ctx, FORM))
    expect(made).toMatchObject({
      access: { kind: 'bearer', userId: '7', bearer: made.tokens.bearer },
      figures: { userId: '7', username: 'alice', unit: 'usd' },
      generation: `sub2api-${build}`,
      existingToken: null,
      tokenCreation: 'none',
    })
    expect(Math.abs(made.tokens.expiresAtMs - Date.now() - 86_400_000)).toBeLessThan(5_000)
    expect(made.tokens.refreshToken).toEqual(
      build === 'old' ? null : expect.stringMatching(/^rt_[0-9a-f]{64}$/),
    )
    expect(await adapter.fetchFigures(ctx, made.access)).toMatchObject({ ok: true })
    expect(relay.counters.requests().some(({ hadCookie }) => hadCookie)).toBe(false)
  })

  test.each([
    ['a wrong password', { ...FORM, password: 'wrong horse' }],
    ['an unknown user', { ...FORM, login: 'nobody@mail.example' }],
  ])('%s is not a login', async (_, form) => {
    const { sessions, ctx } = await sub2ApiSite(build)
    expect(failureIn(await sessions.signIn(ctx, form))).toEqual({
      class: 'login',
      reason: 'invalid-credentials',
      httpStatus: 401,
      path: LOGIN,
    })
  })

  test('a captcha is asked for before the password is sent', async () => {
    const { sessions, ctx, relay } = await sub2ApiSite(build, { turnstile: true })
    expect(failureIn(await sessions.signIn(ctx, FORM))).toMatchObject({
      class: 'proof',
      reason: 'captcha',
    })
    expect(relay.counters.count('POST', LOGIN)).toBe(0)
  })

  test('a captcha that the settings hide is asked for too', async () => {
    const { sessions, ctx } = await sub2ApiSite(build, {
      turnstile: true,
      publicSettings: { turnstile_enabled: false },
    })
    expect(failureIn(await sessions.signIn(ctx, FORM))).toMatchObject({
      class: 'proof',
      reason: 'captcha',
    })
  })
})

test.each(['tencent_captcha_enabled', 'aliyun_captcha_enabled'])(
  'other captchas are captchas: %s',
  async (name) => {
    const { sessions, ctx } = await sub2ApiSite('new', { publicSettings: { [name]: true } })
    expect(failureIn(await sessions.signIn(ctx, FORM)).reason).toBe('captcha')
  },
)

describe('a second factor', () => {
  test('is asked for, and finishes the login', async () => {
    const { sessions, ctx } = await sub2ApiSite('new', SECURED)
    expect(failureIn(await sessions.signIn(ctx, FORM))).toMatchObject({
      class: 'proof',
      reason: 'second-factor',
    })
    const made = valueOf(await sessions.signIn(ctx, { ...FORM, code: '123 456' }))
    expect(made.tokens).toMatchObject({ userId: '7' })
  })

  test('that is wrong is told', async () => {
    const { sessions, ctx } = await sub2ApiSite('new', SECURED)
    const failure = failureIn(await sessions.signIn(ctx, { ...FORM, code: '654321' }))
    expect(failure).toMatchObject({ class: 'proof', reason: 'totp-invalid-code' })
  })

  test('is left out where nobody asks for it', async () => {
    const { sessions, ctx, relay } = await sub2ApiSite('new')
    expect(await sessions.signIn(ctx, { ...FORM, code: '123456' })).toMatchObject({ ok: true })
    expect(relay.counters.count('POST', `${LOGIN}/2fa`)).toBe(0)
  })
})

describe('a login is refused', () => {
  test('to a disabled user', async () => {
    const users = [{ ...ALICE, status: 'disabled' as const }]
    const { sessions, ctx } = await sub2ApiSite('new', { users })
    expect(failureIn(await sessions.signIn(ctx, FORM))).toMatchObject({
      class: 'refused',
      reason: 'user-disabled',
    })
  })

  test('to all but administrators in backend mode', async () => {
    const { sessions, ctx } = await sub2ApiSite('new', { backendMode: true })
    expect(failureIn(await sessions.signIn(ctx, FORM))).toMatchObject({
      class: 'refused',
      reason: 'backend-mode',
    })
  })

  test('when the site answers as somebody else', async () => {
    const { sessions, ctx, relay } = await sub2ApiSite('new')
    relay.faults.set({ path: '/api/v1/auth/me' }, { kind: 'wrong-user', userId: 8 })
    expect(failureIn(await sessions.signIn(ctx, FORM)).class).toBe('identity')
  })
})

test('the short form is enough, with the refresh store down', async () => {
  const { sessions, ctx, relay } = await sub2ApiSite('new')
  relay.state.isRefreshStoreUp = false
  const made = valueOf(await sessions.signIn(ctx, FORM))
  expect(made).toMatchObject({ generation: 'sub2api-new', tokens: { refreshToken: null } })
})

describe('what was typed is in no failure', () => {
  const form = { login: 'alice@mail.example', password: 'PASS_word_1', code: '424242' }

  test.each([400, 401, 403, 500])('whatever a %i says', async (status) => {
    const quotes = `${form.password} ${form.code} ${[...form.password].reverse().join('')}`
    const site = await loopbackSite(
      json({ code: status, reason: form.password, message: quotes }, status),
    )
    const failure = JSON.stringify(failureIn(await site.sessions.signIn(site.ctx, form)))
    for (const secret of [
      'pass_word',
      'ssap',
      '424242',
      'mail.example',
      'PASS-word',
      'pass-word',
    ]) {
      expect(failure.toLowerCase()).not.toContain(secret.toLowerCase())
    }
  })

  test('and an answer without tokens is no login', async () => {
    const site = await loopbackSite(json(enveloped({ token: 'x' })))
    expect(failureIn(await site.sessions.signIn(site.ctx, form))).toEqual({
      class: 'changed-api',
      reason: 'unexpected-shape',
      field: 'data.access_token',
      path: LOGIN,
    })
  })

  test.each([
    ['an end', { user: { id: 7 } }, 'data.expires_in'],
    ['a user', { expires_in: 60 }, 'data.user'],
  ])('nor is one without %s', async (_, part, field) => {
    const site = await loopbackSite((__, response) =>
      sendJson(response, enveloped({ access_token: 'opaque', ...part })),
    )
    expect(failureIn(await site.sessions.signIn(site.ctx, form)).field).toBe(field)
  })
})

test('nothing is sent to a site that hides its settings', async () => {
  const site = await loopbackSite(json({}), { ...SETTINGS, registration_enabled: 'yes' })
  expect(failureIn(await site.sessions.signIn(site.ctx, FORM)).class).toBe('changed-api')
  expect(site.seen).toHaveLength(1)
})
