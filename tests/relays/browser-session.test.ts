// @vitest-environment node
import { afterEach, describe, expect, test } from 'vitest'

import {
  ALICE,
  JWT_GENERATIONS,
  logIn,
  pair,
  startTestRelay,
  stopTestRelays,
  type Answer,
  type TestRelay,
} from './relay-client'

afterEach(stopTestRelays)

interface Bundle {
  access_token: string
  token_type: string
  access_expires_at: number
  session: { sid: string; current: boolean }
  user: { id: number }
}

const REFRESH = '/api/user/auth/refresh'
const bundleOf = (answer: Answer): Bundle => answer.data as Bundle
const refreshCookie = (answer: Answer): string => pair(answer.cookies.get('new_api_refresh'))
const bearer = (bundle: Bundle) => ({ authorization: `Bearer ${bundle.access_token}` })
const codeOf = ({ status, json }: Answer) => [status, json?.['code']]

describe.each(JWT_GENERATIONS)('%s: browser session', (generation) => {
  test('login answers a bundle and a refresh cookie for the auth path', async () => {
    const { call, clock } = await startTestRelay(generation)
    const answer = await logIn(call)
    const bundle = bundleOf(answer)
    expect(bundle).toMatchObject({
      token_type: 'Bearer',
      access_expires_at: clock.nowMs / 1000 + 900,
      session: { current: true, login_method: 'password' },
      user: { id: 7, username: 'alice', quota: 1_000_000 },
    })
    expect(answer.cookies.get('new_api_refresh')).toBe(
      `${refreshCookie(answer)}; Path=/api/user/auth; Max-Age=2592000; HttpOnly; SameSite=Strict`,
    )
    expect(refreshCookie(answer)).toContain(`=${bundle.session.sid}.`)
    expect(answer.cookies.has('new_api_has_session')).toBe(generation === 'g3')
  })

  test('the JWT works for 15 minutes', async () => {
    const { call, clock } = await startTestRelay(generation)
    const headers = bearer(bundleOf(await logIn(call)))
    clock.nowMs += 899_000
    expect((await call('GET', '/api/user/self', { headers })).status).toBe(200)
    clock.nowMs += 1000
    const late = await call('GET', '/api/user/self', { headers })
    expect(codeOf(late)).toEqual([401, 'AUTH_TOKEN_EXPIRED'])
  })

  test('refresh rotates; the old secret has 30 s of grace and changes nothing', async () => {
    const { call, clock } = await startTestRelay(generation)
    const first = refreshCookie(await logIn(call))
    const second = refreshCookie(await call('POST', REFRESH, { cookie: first }))
    expect(second).not.toBe(first)
    clock.nowMs += 30_000
    const graced = await call('POST', REFRESH, { cookie: first })
    expect([graced.status, refreshCookie(graced)]).toEqual([200, second])
    expect((await call('POST', REFRESH, { cookie: second })).status).toBe(200)
  })

  test('a secret used after its grace revokes the whole session', async () => {
    const { call, clock } = await startTestRelay(generation)
    const login = await logIn(call)
    const renewed = await call('POST', REFRESH, { cookie: refreshCookie(login) })
    clock.nowMs += 30_001
    const reused = await call('POST', REFRESH, { cookie: refreshCookie(login) })
    expect(codeOf(reused)).toEqual([401, 'AUTH_SESSION_REVOKED'])
    const own = await call('POST', REFRESH, { cookie: refreshCookie(renewed) })
    expect(codeOf(own)).toEqual([401, 'AUTH_SESSION_REVOKED'])
    const self = await call('GET', '/api/user/self', { headers: bearer(bundleOf(renewed)) })
    expect(codeOf(self)).toEqual([401, 'AUTH_SESSION_REVOKED'])
  })

  test('refresh takes no other credential', async () => {
    const { call, alice } = await startTestRelay(generation)
    const bundle = bundleOf(await logIn(call))
    for (const headers of [{}, alice, bearer(bundle)]) {
      expect(codeOf(await call('POST', REFRESH, { headers }))).toEqual([401, 'AUTH_UNAUTHORIZED'])
    }
    const cookie = `new_api_refresh=${bundle.session.sid}.guessed`
    expect(codeOf(await call('POST', REFRESH, { cookie }))).toEqual([401, 'AUTH_UNAUTHORIZED'])
  })

  test('X-Auth-Session must name the session of the cookie', async () => {
    const { call } = await startTestRelay(generation)
    const login = await logIn(call)
    const cookie = refreshCookie(login)
    const other = await call('POST', REFRESH, { cookie, headers: { 'x-auth-session': 'other' } })
    expect(codeOf(other)).toEqual([409, 'AUTH_SESSION_MISMATCH'])
    const headers = { 'x-auth-session': bundleOf(login).session.sid }
    expect((await call('POST', REFRESH, { cookie, headers })).status).toBe(200)
  })

  test('in secure mode refresh needs the own Origin', async () => {
    const { call, origin } = await startTestRelay(generation, { secureOriginCheck: true })
    const cookie = refreshCookie(await logIn(call))
    for (const headers of [{}, { origin: 'https://evil.example' }, { origin: 'null' }]) {
      expect((await call('POST', REFRESH, { cookie, headers })).status).toBe(403)
    }
    expect((await call('POST', REFRESH, { cookie, headers: { origin } })).status).toBe(200)
  })

  test('logout revokes the session and takes the cookies away', async () => {
    const { call } = await startTestRelay(generation)
    const login = await logIn(call)
    const out = await call('POST', '/api/user/auth/logout', { cookie: refreshCookie(login) })
    expect(out.data).toEqual({ revoked_sid: bundleOf(login).session.sid, cookie_cleared: true })
    expect(out.cookies.get('new_api_refresh')).toContain('Max-Age=0')
    const self = await call('GET', '/api/user/self', { headers: bearer(bundleOf(login)) })
    expect(codeOf(self)).toEqual([401, 'AUTH_SESSION_REVOKED'])
  })

  test('sessions are listed, ended one by one and all others at once', async () => {
    const { call, alice } = await startTestRelay(generation)
    const bundles: Bundle[] = []
    for (let i = 0; i < 3; i += 1) bundles.push(bundleOf(await logIn(call)))
    const headers = bearer(bundles[2]!)
    const list = (await call('GET', '/api/user/sessions', { headers })).data as Bundle['session'][]
    expect(list.map(({ current }) => current)).toEqual([true, false, false])
    const path = `/api/user/sessions/${bundles[0]!.session.sid}`
    expect((await call('DELETE', path, { headers })).json?.['success']).toBe(true)
    const again = await call('DELETE', path, { headers })
    expect(codeOf(again)).toEqual([404, 'AUTH_SESSION_NOT_FOUND'])
    const others = await call('POST', '/api/user/sessions/revoke-others', { headers })
    expect(others.data).toEqual({ revoked_count: 1 })
    const byPat = await call('GET', '/api/user/sessions', { headers: alice })
    expect(codeOf(byPat)).toEqual([403, 'AUTH_SESSION_REQUIRED'])
  })

  test('50 active sessions are the limit, and 100 issued in a day', async () => {
    const { relay, call, clock } = await startTestRelay(generation)
    for (let i = 0; i < 50; i += 1) relay.sessionFor('alice')
    expect(codeOf(await logIn(call))).toEqual([409, 'AUTH_SESSION_LIMIT'])
    for (const session of relay.state.sessions.values()) session.isRevoked = true
    for (let i = 0; i < 50; i += 1) relay.sessionFor('alice')
    for (const session of relay.state.sessions.values()) session.isRevoked = true
    expect(codeOf(await logIn(call))).toEqual([429, 'AUTH_SESSION_ISSUANCE_LIMIT'])
    clock.nowMs += 86_400_000
    expect((await logIn(call)).status).toBe(200)
  })

  test('sessionFor gives a refresh cookie and leaves storage empty', async () => {
    const { relay, call } = await startTestRelay(generation)
    const { cookies, localStorage } = relay.sessionFor('alice')
    const [refresh] = cookies
    const cookie = `${refresh!.name}=${refresh!.value}`
    expect(bundleOf(await call('POST', REFRESH, { cookie })).user.id).toBe(7)
    expect(localStorage).toEqual({})
    expect(cookies.length).toBe(generation === 'g3' ? 2 : 1)
  })
})

describe('the system access token', () => {
  test.each(['one-api', 'g0', 'g1a', 'g1b', 'g2'] as const)(
    '%s makes a new one at every GET, and the old one stops',
    async (generation) => {
      const { call, alice } = await startTestRelay(generation)
      const { data } = await call('GET', '/api/user/token', { headers: alice })
      const isOneApi = generation === 'one-api'
      expect(data).toMatch(isOneApi ? /^[0-9a-f]{32}$/ : /^[0-9A-Za-z+/=]{28,32}$/)
      const before = await call('GET', '/api/user/self', { headers: alice })
      expect(before.json?.['success']).toBe(false)
      const headers = { ...alice, authorization: `Bearer ${String(data)}` }
      expect((await call('GET', '/api/user/self', { headers })).data).toMatchObject({ id: 7 })
    },
  )

  async function prove(relay: TestRelay, headers: Record<string, string>, scope: string) {
    const body = { method: 'password', scope, context: {}, password: ALICE.password }
    const answer = await relay.call('POST', '/api/verify', { headers, body })
    return (answer.data as { proof_token: string }).proof_token
  }

  test('G3 makes one only with a browser session and a proof', async () => {
    const relay = await startTestRelay('g3')
    const { call, alice } = relay
    const byPat = await call('GET', '/api/user/token', { headers: alice })
    expect(codeOf(byPat)).toEqual([403, 'AUTH_SESSION_REQUIRED'])
    const session = bearer(bundleOf(await logIn(call)))
    const generate = (proof?: string) =>
      call('POST', '/api/user/token', {
        headers: proof === undefined ? session : { ...session, 'x-security-proof': proof },
      })
    expect(codeOf(await generate())).toEqual([403, 'SECURITY_PROOF_REQUIRED'])
    expect(codeOf(await generate('guess'))).toEqual([403, 'SECURITY_PROOF_INVALID'])
    const revokeProof = await prove(relay, session, 'access_token.revoke')
    expect(codeOf(await generate(revokeProof))).toEqual([403, 'SECURITY_PROOF_SCOPE_MISMATCH'])
    const proof = await prove(relay, session, 'access_token.generate')
    expect((await generate(proof)).data).toMatch(/^[0-9A-Za-z+/=]{28,32}$/)
    expect(codeOf(await generate(proof))).toEqual([403, 'SECURITY_PROOF_INVALID'])
    const late = await prove(relay, session, 'access_token.generate')
    relay.clock.nowMs += 300_000
    expect(codeOf(await generate(late))).toEqual([403, 'SECURITY_PROOF_EXPIRED'])
  })

  test('G3 tells the status without the token and revokes with a proof', async () => {
    const relay = await startTestRelay('g3')
    const session = bearer(bundleOf(await logIn(relay.call)))
    const status = await relay.call('GET', '/api/user/token/status', { headers: session })
    expect(status.data).toMatchObject({ exists: true, token_hint: 'fghi' })
    expect(status.text).not.toContain(String(ALICE.accessToken))
    const proof = await prove(relay, session, 'access_token.revoke')
    const headers = { ...session, 'x-security-proof': proof }
    expect((await relay.call('DELETE', '/api/user/token', { headers })).json?.['success']).toBe(
      true,
    )
    const gone = await relay.call('GET', '/api/user/token/status', { headers: session })
    expect(gone.data).toMatchObject({ exists: false, created_at: 0 })
  })

  test('G3 lists the ways to prove, G1 and G2 cannot prove without a second factor', async () => {
    const g3 = await startTestRelay('g3')
    const session = bearer(bundleOf(await logIn(g3.call)))
    const path = '/api/verify/methods?scope=access_token.generate'
    expect((await g3.call('GET', path, { headers: session })).data).toMatchObject({
      scope: 'access_token.generate',
      methods: expect.arrayContaining([
        { method: 'password', available: true, reason: '' },
      ]) as unknown,
    })
    const g1 = await startTestRelay('g1b')
    const body = { method: '2fa', code: '123456' }
    const answer = await g1.call('POST', '/api/verify', { headers: g1.alice, body })
    expect([answer.status, answer.json?.['success']]).toEqual([200, false])
  })

  test.each(['g0', 'g1b', 'g2'] as const)('%s has no token status', async (generation) => {
    const { call, alice } = await startTestRelay(generation)
    expect((await call('GET', '/api/user/token/status', { headers: alice })).status).toBe(404)
    expect((await call('POST', '/api/user/token', { headers: alice })).status).toBe(404)
  })
})
