// @vitest-environment node
import { afterEach, describe, expect, test } from 'vitest'

import { totpCode } from '../../e2e/relays/new-api/second-factor'
import type { Generation, RelayOptions } from '../../e2e/relays/new-api/relay'
import { ALICE, BOB, logIn, pair, startTestRelay, stopTestRelays } from './relay-client'

afterEach(stopTestRelays)

/** Secret of the test values of RFC 6238: the ASCII text `12345678901234567890`. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const KEYS = { keys: [{ name: 'first' }, { name: 'second' }] }
const ENROLLED = { ...ALICE, ...KEYS, totpSecret: SECRET, backupCodes: ['ABCD-EFGH'] }
const SCOPE = 'token.key.read'

test.each([
  [59_000, '287082'],
  [1_111_111_109_000, '081804'],
  [20_000_000_000_000, '353130'],
])('codes are those of RFC 6238 at %i', (nowMs, code) => {
  expect(totpCode(SECRET, nowMs)).toBe(code)
})

async function start(generation: Generation, options: Partial<RelayOptions> = {}) {
  const relay = await startTestRelay(generation, {
    users: [ENROLLED, BOB],
    protectKeys: true,
    ...options,
  })
  const login = await logIn(relay.call)
  const bundle = login.data as { access_token?: string }
  const headers: Record<string, string> = bundle.access_token
    ? { authorization: `Bearer ${bundle.access_token}` }
    : { 'new-api-user': '7' }
  let cookie = pair(login.cookies.get('session'))
  const code = () => totpCode(SECRET, relay.clock.nowMs)
  return {
    ...relay,
    code,
    headers,
    async verify(body: object) {
      const answer = await relay.call('POST', '/api/verify', { headers, cookie, body })
      cookie = pair(answer.cookies.get('session')) || cookie
      return answer
    },
    reveal: (more: Record<string, string> = {}) =>
      relay.call('POST', '/api/token/1/key', { headers: { ...headers, ...more }, cookie }),
  }
}

const codeOf = ({ status, json }: { status: number; json: unknown }) => [
  status,
  (json as { code?: string }).code,
]

describe('G1: the mark is in the cookie session', () => {
  test('a key is shown for 300 s after a code', async () => {
    const site = await start('g1b')
    expect(codeOf(await site.reveal())).toEqual([403, 'VERIFICATION_REQUIRED'])
    const { data } = await site.verify({ method: '2fa', code: site.code() })
    const expiresAt = Math.floor(site.clock.nowMs / 1000) + 300
    expect(data).toEqual({ verified: true, expires_at: expiresAt })
    expect((await site.reveal()).data).toEqual({ key: expect.stringMatching(/^\w{48}$/) as string })
    site.clock.nowMs += 300_000
    expect(codeOf(await site.reveal())).toEqual([403, 'VERIFICATION_EXPIRED'])
  })

  test('an access token keeps no mark', async () => {
    const { call, alice, code } = await start('g1b')
    const body = { method: '2fa', code: code() }
    const answer = await call('POST', '/api/verify', { headers: alice, body })
    expect(answer.json).toMatchObject({ success: true })
    expect(answer.cookies.size).toBe(0)
    const shown = await call('POST', '/api/token/batch/keys', {
      headers: alice,
      body: { ids: [1] },
    })
    expect(codeOf(shown)).toEqual([403, 'VERIFICATION_REQUIRED'])
  })

  test('five wrong codes lock for 300 s', async () => {
    const site = await start('g1b')
    const wrong = () => site.verify({ method: '2fa', code: 'nope' })
    for (let at = 0; at < 5; at += 1) expect((await wrong()).json).toMatchObject({ success: false })
    const right = () => site.verify({ method: '2fa', code: site.code() })
    expect((await right()).json).toMatchObject({ success: false })
    site.clock.nowMs += 300_000
    expect((await right()).json).toMatchObject({ success: true })
  })

  test('an emergency code is good once and counted', async () => {
    const site = await start('g1b')
    const status = async () =>
      (await site.call('GET', '/api/user/2fa/status', { headers: site.alice })).data
    expect(await status()).toEqual({ enabled: true, locked: false, backup_codes_remaining: 1 })
    const verify = () => site.verify({ method: '2fa', code: 'ABCD-EFGH' })
    expect((await verify()).json).toMatchObject({ success: true })
    expect((await verify()).json).toMatchObject({ success: false })
    expect(await status()).toMatchObject({ backup_codes_remaining: 0 })
  })
})

describe.each(['g2', 'g3'] as const)('%s: a proof goes with the call', (generation) => {
  test('for its scope, on G3 once', async () => {
    const site = await start(generation)
    expect(codeOf(await site.reveal())).toEqual([403, 'SECURITY_PROOF_REQUIRED'])
    const other = await site.verify({ method: '2fa', code: site.code(), scope: 'passkey.register' })
    const wrong = { 'x-security-proof': (other.data as { proof_token: string }).proof_token }
    expect(codeOf(await site.reveal(wrong))).toEqual([403, 'SECURITY_PROOF_SCOPE_MISMATCH'])
    const answer = await site.verify({ method: '2fa', code: site.code(), scope: SCOPE })
    const proof = { 'x-security-proof': (answer.data as { proof_token: string }).proof_token }
    expect((await site.reveal(proof)).status).toBe(200)
    expect((await site.reveal(proof)).status).toBe(generation === 'g3' ? 403 : 200)
  })

  test('an access token proves nothing', async () => {
    const { call, alice, code } = await start(generation)
    const body = { method: '2fa', code: code(), scope: SCOPE }
    const answer = await call('POST', '/api/verify', { headers: alice, body })
    expect(codeOf(answer)).toEqual([403, 'AUTH_SESSION_REQUIRED'])
  })

  test('elsewhere no such scope is known', async () => {
    const site = await start(generation, { protectKeys: false })
    const answer = await site.verify({ method: '2fa', code: site.code(), scope: SCOPE })
    expect(answer.json).toMatchObject({ success: false })
    expect((await site.reveal()).status).toBe(200)
  })
})

test('G3 offers only the authenticator to who has one', async () => {
  const site = await start('g3')
  const path = `/api/verify/methods?scope=${SCOPE}`
  const { data } = await site.call('GET', path, { headers: site.headers })
  expect(data).toMatchObject({
    scope: SCOPE,
    methods: [
      { method: '2fa', available: true },
      { method: 'passkey', available: false },
    ],
  })
  const answer = await site.verify({ method: 'password', password: ALICE.password, scope: SCOPE })
  expect(answer.json).toMatchObject({ success: false })
})

test('a build without the call for many keys does not know its path', async () => {
  const { call, alice } = await startTestRelay('g1b', {
    users: [{ ...ALICE, ...KEYS }, BOB],
    hasBatchReveal: false,
  })
  const body = { ids: [1] }
  expect((await call('POST', '/api/token/batch/keys', { headers: alice, body })).status).toBe(404)
  expect((await call('POST', '/api/token/1/key', { headers: alice })).status).toBe(200)
})

test('groups of `auto` are replaced like every other field, and only G3 has them', async () => {
  const g3 = await startTestRelay('g3', { users: [{ ...ALICE, ...KEYS }, BOB] })
  const put = (body: object) => g3.call('PUT', '/api/token/', { headers: g3.alice, body })
  const key = { id: 1, name: 'first', unlimited_quota: true, expired_time: -1 }
  expect((await put({ ...key, auto_groups: ['vip'] })).data).toMatchObject({ auto_groups: ['vip'] })
  expect((await put(key)).data).toMatchObject({ auto_groups: null })
  expect((await put({ ...key, auto_groups: 'vip' })).json).toMatchObject({ success: false })
  const g2 = await startTestRelay('g2', { users: [{ ...ALICE, ...KEYS }, BOB] })
  const { data } = await g2.call('GET', '/api/token/1', { headers: g2.alice })
  expect(data).not.toHaveProperty('auto_groups')
})

test('chat links stand in the status as the operator wrote them', async () => {
  const chats = [{ Chat: 'https://chat.example/?k={key}' }]
  const newApi = await startTestRelay('g1b', { chats })
  expect((await newApi.call('GET', '/api/status')).data).toMatchObject({ chats })
  const oneApi = await startTestRelay('one-api', { chatLink: 'https://chat.example' })
  expect((await oneApi.call('GET', '/api/status')).data).toMatchObject({
    chat_link: 'https://chat.example',
  })
})
