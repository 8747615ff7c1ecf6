import { beforeEach, describe, expect, test } from 'vitest'

import { failed, failureOf, ok, raise } from '@/src/domain/failure'
import type { PageRenewal } from '@/src/domain/page-renewal'
import type { BondRecord } from '@/src/domain/snapshot'
import { loadBond } from '@/src/services/bonds'
import { mayRenewAfter, sessionAccess } from '@/src/services/sessions'
import type { Renewal, SessionOperations, SessionTokens, SiteContext } from '@/src/sites/adapter'

import { type FakeSite, makeFakeSite } from '../support/fake-adapter'
import { makeAccount } from '../support/make'
import { freshDisk, startWorld, type World, type WorldPorts } from '../support/world'

beforeEach(freshDisk)

const MINUTE = 60_000
const RENEWAL: PageRenewal = {
  lock: 'lock',
  path: '/refresh',
  keys: { access: 'a', refresh: 'r', expires: 'e', user: 'u' },
}

/** A page's storage as the fake family keeps it: everything in one value. */
const stored = (tokens: SessionTokens) => ({ session: JSON.stringify(tokens) })

interface Scene {
  readonly world: World
  readonly ctx: SiteContext
  readonly sent: string[]
  bond(): Promise<BondRecord>
  ask(refused?: string): Promise<string>
}

interface Given {
  readonly owner: 'self' | 'page'
  readonly lifeMs: number
  readonly rotation?: NonNullable<BondRecord['session']>['rotation']
  readonly renew?: (tokens: SessionTokens) => Renewal | Promise<Renewal>
  /** What the open page holds; absent = no tab is open. */
  readonly page?: () => SessionTokens | null
  readonly afterRenewal?: () => SessionTokens
  readonly pageRenewal?: PageRenewal | null
}

async function startScene(given: Given): Promise<Scene> {
  const site: FakeSite = makeFakeSite()
  const sent: string[] = []
  const { page } = given
  const sessions: SessionOperations = {
    readPage: ({ values }) =>
      values['session'] ? (JSON.parse(values['session']) as SessionTokens) : null,
    pageRenewal: () =>
      Promise.resolve(ok(given.pageRenewal === undefined ? RENEWAL : given.pageRenewal)),
    renew: async (_, tokens) => {
      sent.push(tokens.refreshToken ?? '')
      return (await given.renew?.(tokens)) ?? raise({ class: 'internal', reason: 'unexpected' })
    },
    signIn: () => Promise.resolve(failed({ class: 'unsupported' })),
  }
  const adapter = { ...site.adapter, sessions, pageStorageKeys: ['session'] }
  const ports: Partial<WorldPorts> = {
    adapterFor: () => adapter,
    findTab: () => Promise.resolve(page ? 5 : null),
    reach: () =>
      Promise.resolve((question) => {
        const isRenewal = (question as { ask: string }).ask === 'renew'
        const tokens = isRenewal ? given.afterRenewal?.() : page?.()
        return Promise.resolve(
          tokens
            ? { got: 'storage', values: stored(tokens) }
            : isRenewal
              ? { got: 'failure', reason: 'renewal-failed' }
              : { got: 'storage', values: { session: null } },
        )
      }),
  }
  const world = await startWorld(site, ports)
  const account = makeAccount({
    siteType: 'sub2api',
    auth: { mode: 'session', owner: given.owner },
  })
  await world.add(account)
  const { nowMs } = world.clock
  await world.vault.write([
    {
      store: 'bonds',
      put: {
        id: account.id,
        session: {
          bearer: 'old-bearer',
          expiresAtMs: nowMs + given.lifeMs,
          ...(given.owner === 'self' ? { refreshToken: 'rt-1' } : {}),
          ...(given.rotation ? { rotation: given.rotation } : {}),
        },
      },
    },
  ])
  const ctx: SiteContext = {
    origin: account.decided.origin,
    now: world.ports.now,
    transport: () => Promise.reject(new Error('nothing is sent')),
  }
  return {
    world,
    ctx,
    sent,
    bond: () => loadBond(world.vault, account.id),
    ask: async (refused) => {
      const access = await sessionAccess(world.ports, ctx, account, refused)
      return access.kind === 'bearer' ? access.bearer : access.kind
    },
  }
}

const fresh = (world: World, userId = '7'): SessionTokens => ({
  userId,
  bearer: 'new-bearer',
  expiresAtMs: world.clock.nowMs + 60 * MINUTE,
  refreshToken: 'rt-2',
})

const failureFrom = async (work: Promise<unknown>) =>
  work.then(
    () => null,
    (thrown: unknown) => failureOf(thrown),
  )

describe('a session of our own', () => {
  test('is used as it is while it lives for more than two minutes', async () => {
    const scene = await startScene({ owner: 'self', lifeMs: 3 * MINUTE })
    expect(await scene.ask()).toBe('old-bearer')
    expect(scene.sent).toEqual([])
  })

  test('is renewed before it ends, and the new pair is stored as one', async () => {
    const scene: Scene = await startScene({
      owner: 'self',
      lifeMs: MINUTE,
      renew: () => ({ outcome: 'renewed', tokens: fresh(scene.world) }),
    })
    expect(await scene.ask()).toBe('new-bearer')
    expect(await scene.ask()).toBe('new-bearer')
    expect(scene.sent).toEqual(['rt-1'])
    expect((await scene.bond()).session).toEqual({
      bearer: 'new-bearer',
      refreshToken: 'rt-2',
      expiresAtMs: scene.world.clock.nowMs + 60 * MINUTE,
    })
  })

  test('is renewed once, however many ask at the same time', async () => {
    const scene: Scene = await startScene({
      owner: 'self',
      lifeMs: MINUTE,
      renew: async () => {
        await new Promise((resolve) => setTimeout(resolve, 20))
        return { outcome: 'renewed', tokens: fresh(scene.world) }
      },
    })
    const bearers = await Promise.all(Array.from({ length: 20 }, () => scene.ask()))
    expect(new Set(bearers)).toEqual(new Set(['new-bearer']))
    expect(scene.sent).toEqual(['rt-1'])
  })

  test('lives on for a while when what became of the token is unknown; never sends it again', async () => {
    const scene = await startScene({
      owner: 'self',
      lifeMs: MINUTE,
      renew: () => ({ outcome: 'uncertain', failure: { class: 'network', reason: 'timeout' } }),
    })
    expect(await scene.ask()).toBe('old-bearer')
    expect(await scene.ask()).toBe('old-bearer')
    scene.world.clock.nowMs += 2 * MINUTE
    expect(await failureFrom(scene.ask())).toMatchObject({
      class: 'login',
      reason: 'renewal-uncertain',
    })
    expect(scene.sent).toEqual(['rt-1'])
    expect((await scene.bond()).session?.rotation?.state).toBe('uncertain')
  })

  test('found on its way after a crash, the token counts as possibly spent', async () => {
    const scene = await startScene({
      owner: 'self',
      lifeMs: -MINUTE,
      rotation: { state: 'pending', atMs: 1 },
    })
    expect(await failureFrom(scene.ask())).toMatchObject({ reason: 'renewal-uncertain' })
    expect(scene.sent).toEqual([])
    expect((await scene.bond()).session?.rotation?.state).toBe('uncertain')
  })

  test('waits where the token was certainly not spent', async () => {
    const scene = await startScene({
      owner: 'self',
      lifeMs: -1,
      renew: () => ({ outcome: 'kept', failure: { class: 'server', httpStatus: 503 } }),
    })
    expect(await failureFrom(scene.ask())).toMatchObject({ class: 'server' })
    expect((await scene.bond()).session).toMatchObject({ refreshToken: 'rt-1' })
    expect((await scene.bond()).session?.rotation).toBeUndefined()
  })

  test('that the site ended is not tried again', async () => {
    const scene = await startScene({
      owner: 'self',
      lifeMs: MINUTE,
      renew: () => ({
        outcome: 'dead',
        failure: { class: 'login', reason: 'session-binding-mismatch' },
      }),
    })
    expect(await failureFrom(scene.ask())).toMatchObject({ reason: 'session-binding-mismatch' })
    expect(await failureFrom(scene.ask())).toMatchObject({ reason: 'session-ended' })
    expect(await failureFrom(scene.ask())).toMatchObject({ class: 'login' })
    expect(scene.sent).toEqual(['rt-1'])
  })

  test('renewed into another user is stored for nobody', async () => {
    const scene: Scene = await startScene({
      owner: 'self',
      lifeMs: MINUTE,
      renew: () => ({ outcome: 'renewed', tokens: fresh(scene.world, '8') }),
    })
    expect(await failureFrom(scene.ask())).toMatchObject({ class: 'identity' })
    expect((await scene.bond()).session?.bearer).toBe('old-bearer')
    expect((await scene.bond()).session?.rotation?.state).toBe('dead')
  })
})

describe('a session that a page owns', () => {
  test('is read again from the open page; its refresh token stays there', async () => {
    const scene: Scene = await startScene({
      owner: 'page',
      lifeMs: MINUTE,
      page: () => fresh(scene.world),
    })
    expect(await scene.ask()).toBe('new-bearer')
    expect((await scene.bond()).session).toEqual({
      bearer: 'new-bearer',
      expiresAtMs: scene.world.clock.nowMs + 60 * MINUTE,
    })
    expect(scene.sent).toEqual([])
  })

  test('that is stale in the page too is renewed in the page, under its lock', async () => {
    const scene: Scene = await startScene({
      owner: 'page',
      lifeMs: MINUTE,
      page: () => ({ ...fresh(scene.world), bearer: 'stale', expiresAtMs: 1 }),
      afterRenewal: () => fresh(scene.world),
    })
    expect(await scene.ask()).toBe('new-bearer')
    expect(scene.sent).toEqual([])
  })

  test('is left to pages that take no lock', async () => {
    const scene: Scene = await startScene({
      owner: 'page',
      lifeMs: MINUTE,
      page: () => ({ ...fresh(scene.world), expiresAtMs: 1 }),
      pageRenewal: null,
    })
    expect(await failureFrom(scene.ask())).toMatchObject({ reason: 'page-session-stale' })
  })

  test('needs the page open, but not before the bearer has ended', async () => {
    const scene = await startScene({ owner: 'page', lifeMs: MINUTE })
    expect(await scene.ask()).toBe('old-bearer')
    scene.world.clock.nowMs += 2 * MINUTE
    expect(await failureFrom(scene.ask())).toMatchObject({
      class: 'needs-tab',
      reason: 'page-session',
    })
  })

  test.each([
    ['nobody', null, { class: 'login', reason: 'not-logged-in' }],
    ['somebody else', '8', { class: 'identity' }],
  ] as const)('stays as it is when %s is logged in there', async (_, userId, expected) => {
    const scene: Scene = await startScene({
      owner: 'page',
      lifeMs: MINUTE,
      page: () => (userId === null ? null : fresh(scene.world, userId)),
    })
    expect(await failureFrom(scene.ask())).toMatchObject(expected)
    expect((await scene.bond()).session?.bearer).toBe('old-bearer')
  })

  test('refused by the site is replaced by what the page has by now', async () => {
    const scene: Scene = await startScene({
      owner: 'page',
      lifeMs: 30 * MINUTE,
      page: () => fresh(scene.world),
    })
    expect(await scene.ask('old-bearer')).toBe('new-bearer')
  })

  test('that the site ended comes back with the next login in the page', async () => {
    let bearer = 'old-bearer'
    const scene: Scene = await startScene({
      owner: 'page',
      lifeMs: 30 * MINUTE,
      rotation: { state: 'dead', atMs: 1 },
      page: () => ({ ...fresh(scene.world), bearer }),
    })
    expect(await failureFrom(scene.ask())).toMatchObject({ reason: 'session-ended' })
    bearer = 'after-a-new-login'
    expect(await scene.ask()).toBe('after-a-new-login')
  })
})

test.each([
  ['token-expired', true],
  ['invalid-token', true],
  ['session-binding-mismatch', false],
  ['token-revoked', false],
  ['user-not-found', false],
])('after %s a renewal is tried: %s', (reason, expected) => {
  expect(mayRenewAfter({ class: 'login', reason })).toBe(expected)
})
