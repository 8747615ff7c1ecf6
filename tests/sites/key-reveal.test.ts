import { describe, expect, test } from 'vitest'

import { RELATIVES, type RelayOptions } from '@/e2e/relays/new-api/relay'
import { totpCode } from '@/e2e/relays/new-api/second-factor'
import type { Access, KeyOperations, SecurityProof } from '@/src/sites/adapter'
import { withLate } from '@/src/sites/late-registry'
import { adapterFor } from '@/src/sites/registry'
import { sendJson, startLoopback, success } from '@/tests/net/loopback'

import {
  ALICE,
  BOB,
  failureIn,
  type RelayGeneration,
  relaySite,
  siteAt,
  tokenOf,
  valueOf,
} from './site-client'

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
const MASKED = ['g1b', 'g2', 'g3'] as const
const ONE = '/api/token/:id/key'
const MANY = '/api/token/batch/keys'

type Reveal = NonNullable<KeyOperations['reveal']>

async function keySite(generation: RelayGeneration, options: Partial<RelayOptions> = {}) {
  const site = await relaySite(generation, options)
  const { adapter, ctx, relay } = site
  const { reveal, prove, revealAtOnce } = adapter.keys ?? {}
  if (!reveal || !prove) throw new Error('no operations of keys')
  const session = async (): Promise<Access> => {
    await site.logIn('alice')
    return valueOf(await adapter.openSession(ctx, '7', generation))
  }
  const texts = (...ids: string[]) =>
    new Map(ids.map((id) => [id, `sk-${relay.state.tokens.get(Number(id))?.key ?? ''}`]))
  return {
    ...site,
    session,
    texts,
    revealAtOnce,
    asked: () => [relay.counters.count('POST', ONE), relay.counters.count('POST', MANY)],
    show: (access: Access, ids: string[], atOnce = 100, proof?: SecurityProof) =>
      reveal(ctx, access, ids, { generation, atOnce, proof }),
    prove: (access: Access, code = totpCode(SECRET, Date.now())) =>
      prove(ctx, access, code, generation),
  }
}

describe.each(MASKED)('%s', (generation) => {
  test.each(['token', 'session'])('shows many keys in one call by %s', async (how) => {
    const site = await keySite(generation)
    const access = how === 'token' ? tokenOf(ALICE) : await site.session()
    expect(valueOf(await site.show(access, ['1', '2']))).toEqual(site.texts('1', '2'))
    expect(site.asked()).toEqual([0, 1])
    expect(site.revealAtOnce).toBe(100)
  })

  test('asks for one key by itself, and for no more than may be asked for', async () => {
    const site = await keySite(generation)
    expect(valueOf(await site.show(tokenOf(ALICE), ['2']))).toEqual(site.texts('2'))
    expect(valueOf(await site.show(tokenOf(ALICE), ['2', '1'], 1))).toEqual(site.texts('2'))
    expect(site.asked()).toEqual([2, 0])
    expect(valueOf(await site.show(tokenOf(ALICE), []))).toEqual(new Map())
  })

  test('shows the first key where there is no call for many', async () => {
    const site = await keySite(generation, { hasBatchReveal: false })
    expect(valueOf(await site.show(tokenOf(ALICE), ['2', '1']))).toEqual(site.texts('2'))
    expect(site.asked()).toEqual([1, 1])
  })

  test('leaves out a key that is not there and one of others', async () => {
    const users = [ALICE, { ...BOB, keys: [{ name: 'of bob' }] }]
    const site = await keySite(generation, { users })
    expect(valueOf(await site.show(tokenOf(ALICE), ['1', '3', '99']))).toEqual(site.texts('1'))
    expect(failureIn(await site.show(tokenOf(ALICE), ['3']))).toMatchObject({ class: 'refused' })
  })

  test('counts against the budget that logins share', async () => {
    const site = await keySite(generation)
    for (let at = 0; at < 15; at += 1) valueOf(await site.show(tokenOf(ALICE), ['1']))
    const failure = failureIn(await site.show(tokenOf(ALICE), ['1']))
    expect(failure).toMatchObject({ class: 'limit', reason: 'budget' })
    expect(site.asked()).toEqual([15, 0])
  })

  describe('a fork that protects keys', () => {
    const users = [{ ...ALICE, totpSecret: SECRET, backupCodes: ['ABCD-EFGH'] }, BOB]
    const protectKeys = { protectKeys: true, users, rateLimits: 'off' } as const

    test('shows them after a second factor', async () => {
      const site = await keySite(generation, protectKeys)
      const access = await site.session()
      const asking = { class: 'proof', reason: 'verification-required' }
      expect(failureIn(await site.show(access, ['1', '2']))).toMatchObject(asking)
      expect(failureIn(await site.show(access, ['1']))).toMatchObject(asking)
      const proof = valueOf(await site.prove(access))
      expect(proof.token).toEqual(generation === 'g1b' ? null : expect.any(String))
      expect(Math.abs(proof.expiresAtMs - Date.now() - 300_000)).toBeLessThan(5_000)
      const shown = await site.show(access, ['1', '2'], 100, proof)
      expect(valueOf(shown)).toEqual(site.texts('1', '2'))
      const again = await site.show(access, ['1', '2'], 100, proof)
      // G3 takes a proof once.
      if (generation === 'g3') expect(failureIn(again)).toMatchObject(asking)
      else expect(valueOf(again)).toEqual(site.texts('1', '2'))
    })

    test('keeps a proof that met no call for many', async () => {
      const site = await keySite(generation, { ...protectKeys, hasBatchReveal: false })
      const access = await site.session()
      const proof = valueOf(await site.prove(access))
      const shown = await site.show(access, ['1', '2'], 100, proof)
      expect(valueOf(shown)).toEqual(site.texts('1'))
    })

    test('asks again when the proof has run out', async () => {
      let nowMs = Date.now()
      const site = await keySite(generation, { ...protectKeys, now: () => nowMs })
      const access = await site.session()
      const proof = valueOf(await site.prove(access))
      nowMs += 301_000
      const failure = failureIn(await site.show(access, ['1'], 1, proof))
      expect(failure).toMatchObject({ class: 'proof', reason: 'verification-required' })
    })

    test('takes an emergency code, and a wrong code is refused without being told on', async () => {
      const site = await keySite(generation, protectKeys)
      const access = await site.session()
      valueOf(await site.prove(access, 'ABCD-EFGH'))
      const failure = failureIn(await site.prove(access, 'ABCD-EFGH'))
      expect(failure).toMatchObject({ class: 'refused', path: '/api/verify' })
      expect(JSON.stringify(failure)).not.toContain('ABCD')
    })

    test('wants a login of the browser, which an access token is not', async () => {
      const site = await keySite(generation, protectKeys)
      const needed = { class: 'proof', reason: 'browser-login-needed' }
      expect(failureIn(await site.prove(tokenOf(ALICE)))).toMatchObject(needed)
      expect(site.relay.counters.requests()).toEqual([])
      const failure = failureIn(await site.show(tokenOf(ALICE), ['1']))
      expect(failure).toMatchObject(
        generation === 'g1b' ? { class: 'proof', reason: 'verification-required' } : needed,
      )
    })

    test('cannot be satisfied by who has no second factor', async () => {
      const site = await keySite(generation, { protectKeys: true })
      const failure = failureIn(await site.prove(await site.session(), '123456'))
      expect(failure).toMatchObject(
        generation === 'g3' ? { class: 'proof', reason: 'no-second-factor' } : { class: 'refused' },
      )
      expect(site.relay.counters.count('POST', '/api/verify')).toBe(generation === 'g3' ? 0 : 1)
    })
  })
})

describe('WONG', () => {
  const wong = withLate(adapterFor('wong')).keys as KeyOperations & { reveal: Reveal }

  test('shows one key at a time, by its own call', async () => {
    const site = await keySite('g1b', { relative: RELATIVES.wong })
    const options = { generation: 'g1b', atOnce: 100 } as const
    const shown = await wong.reveal(site.ctx, tokenOf(ALICE), ['2', '1'], options)
    expect(valueOf(shown)).toEqual(site.texts('2'))
    expect(wong.revealAtOnce).toBeUndefined()
    expect(site.relay.counters.requests().map(({ method }) => method)).toEqual(['GET'])
  })

  test('is also understood where a site was taken for New API', async () => {
    const site = await keySite('g1b', { relative: RELATIVES.wong })
    expect(valueOf(await site.show(tokenOf(ALICE), ['1'], 1))).toEqual(site.texts('1'))
  })
})

describe('odd answers', () => {
  async function odd(answer: (path: string) => unknown, status = 200) {
    const server = await startLoopback(({ path }, response) => {
      sendJson(response, answer(path), status)
    })
    const { adapter, ctx } = siteAt(server.origin, 'new-api')
    const show = (ids: string[]) =>
      (adapter.keys as { reveal: Reveal }).reveal(ctx, tokenOf(ALICE), ids, {
        generation: 'g1b',
        atOnce: 100,
      })
    return { ...server, show }
  }

  test.each(['abcd**********wxyz', 'ab••••yz', 'sk-ab…yz', ''])(
    '"%s" is not a key, wherever it comes from',
    async (key) => {
      const one = await odd(() => success({ key }))
      expect(valueOf(await one.show(['1']))).toEqual(new Map())
      const many = await odd(() => success({ keys: { '1': key, '2': 'k'.repeat(48) } }))
      const shown = valueOf(await many.show(['1', '2']))
      expect(shown).toEqual(new Map([['2', `sk-${'k'.repeat(48)}`]]))
    },
  )

  test('a prefix that is there already is not doubled', async () => {
    const site = await odd(() => success({ key: 'sk-abcdef' }))
    expect(valueOf(await site.show(['1']))).toEqual(new Map([['1', 'sk-abcdef']]))
  })

  test('keys nobody asked for are left out', async () => {
    const site = await odd(() => success({ keys: { '1': 'a1', '2': 'a2', '3': 'a3' } }))
    expect([...valueOf(await site.show(['1', '2'])).keys()]).toEqual(['1', '2'])
  })

  test.each([404, 405])('a site without any call (%i) says so', async (status) => {
    const site = await odd(() => ({ error: { message: 'Invalid URL' } }), status)
    const failure = failureIn(await site.show(['1', '2']))
    expect(failure).toMatchObject({ class: 'unsupported', reason: 'no-reveal' })
    expect(site.seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /api/token/batch/keys',
      'POST /api/token/1/key',
      'GET /api/token/1/key',
    ])
  })

  test('another shape is another API', async () => {
    const site = await odd(() => success({ token: 'x' }))
    expect(failureIn(await site.show(['1']))).toMatchObject({ class: 'changed-api' })
  })
})
