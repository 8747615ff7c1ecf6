import { dayRange } from '@/src/domain/day-key'
import type { Failure, Result } from '@/src/domain/failure'
import type { Generation, SiteType } from '@/src/domain/site-type'
import type { Access, Renewal, FullAdapter, SiteContext } from '@/src/sites/adapter'
import { withLate } from '@/src/sites/late-registry'
import { allAdapters, detectSite } from '@/src/sites/registry'

import { keyCalls } from './fuzz-key-calls'
import type { Credentials } from './fuzz-secrets'

type Carried = readonly (keyof Credentials)[]

/** What a call ended with: a failure to look into, or words that are shown after a success. */
type End = Failure | { readonly shown: unknown }

/** One call of one adapter. */
export interface Call {
  readonly name: string
  readonly family: SiteType
  readonly generation: Generation
  /** Which credentials it sends, if it comes to that. */
  readonly carries: Carried
  readonly run: (ctx: SiteContext, credentials: Credentials) => Promise<End>
}

const NOTHING: End = { shown: null }

function endOf(result: Result<unknown>, shown?: unknown): End {
  return result.ok ? { shown: shown ?? null } : result.failure
}

const endOfRenewal = (renewal: Renewal): End =>
  renewal.outcome === 'renewed' ? NOTHING : renewal.failure

const isOpenRouter = ({ description }: FullAdapter) => description.type === 'open-router'

function accessOf(kind: Access['kind'], adapter: FullAdapter, given: Credentials): Access {
  switch (kind) {
    case 'token': {
      const { accessToken, managementKey } = given
      return {
        kind,
        userId: '7',
        accessToken: isOpenRouter(adapter) ? managementKey : accessToken,
      }
    }
    case 'cookie':
      return { kind, userId: '7' }
    case 'bearer':
      return { kind, userId: '7', bearer: given.bearer, expiresAtMs: Date.now() + 3_600_000 }
  }
}

const tokenOf = (adapter: FullAdapter): keyof Credentials =>
  isOpenRouter(adapter) ? 'managementKey' : 'accessToken'

type Operation = (
  adapter: FullAdapter,
  ctx: SiteContext,
  access: Access,
  generation: Generation,
) => Promise<Result<unknown>>

/** Operations that take a proof. */
const PROVEN: Readonly<Record<string, Operation>> = {
  fetchFigures: (adapter, ctx, access) => adapter.fetchFigures(ctx, access),
  fetchTodayUse: (adapter, ctx, access) => adapter.fetchTodayUse(ctx, access, dayRange(ctx.now())),
  refresh: (adapter, ctx, access) => adapter.refresh(ctx, access, dayRange(ctx.now())),
  fetchGroups: (adapter, ctx, access) => adapter.fetchGroups(ctx, access),
  listApiKeys: (adapter, ctx, access, generation) => adapter.listApiKeys(ctx, access, generation),
  createAccessToken: (adapter, ctx, access) => adapter.createAccessToken(ctx, access),
  probeGeneration: (adapter, ctx, access) => adapter.probeGeneration(ctx, access),
}

const GENERATIONS: Partial<Record<SiteType, Generation>> = {
  'one-api': 'one-api',
  'done-hub': 'done-hub',
  'one-hub': 'one-hub',
  veloera: 'veloera-v4',
  sub2api: 'sub2api-new',
  'open-router': 'hosted',
  aihubmix: 'hosted',
}

const carriedBy = (adapter: FullAdapter): Readonly<Record<Access['kind'], Carried>> => ({
  token: [tokenOf(adapter)],
  cookie: [],
  bearer: ['bearer'],
})

/** What is done with keys, and with ids that are none. */
function callsAboutKeys(adapter: FullAdapter, ids?: readonly string[]): Call[] {
  const { keys } = adapter
  if (!keys) return []
  const family = adapter.description.type
  const generation = GENERATIONS[family] ?? 'g2'
  const carried = carriedBy(adapter)
  return (['token', 'cookie', 'bearer'] as const).flatMap((kind) =>
    Object.entries(keyCalls(ids)).map(([name, operation]) => ({
      name: `${name} by ${kind}`,
      family,
      generation,
      carries: name === 'prove' ? [...carried[kind], 'code' as const] : carried[kind],
      run: async (ctx: SiteContext, given: Credentials) =>
        endOf(await operation(keys, ctx, accessOf(kind, adapter, given), generation, given)),
    })),
  )
}

function provenCalls(adapter: FullAdapter): Call[] {
  const family = adapter.description.type
  const generation = GENERATIONS[family] ?? 'g2'
  const carried = carriedBy(adapter)
  return (['token', 'cookie', 'bearer'] as const).flatMap((kind) =>
    Object.entries(PROVEN).map(([name, operation]) => ({
      name: `${name} by ${kind}`,
      family,
      generation,
      carries: carried[kind],
      run: async (ctx: SiteContext, given: Credentials) =>
        endOf(await operation(adapter, ctx, accessOf(kind, adapter, given), generation)),
    })),
  )
}

/** The storage of a page, as far as the family looks at it; old servers have no refresh token. */
const pageWith = ({ bearer, refreshToken }: Credentials, isOld: boolean) => ({
  values: {
    user: '{"id":7}',
    auth_user: '{"id":7}',
    auth_token: bearer,
    refresh_token: isOld ? null : refreshToken,
    token_expires_at: String(Date.now() + 3_600_000),
  },
})

function otherCalls(adapter: FullAdapter): Call[] {
  const family = adapter.description.type
  const generation = GENERATIONS[family] ?? 'g2'
  const call = (name: string, carries: Carried, run: Call['run']): Call => ({
    name,
    family,
    generation,
    carries,
    run,
  })
  const { sessions } = adapter
  return [
    call('detect', [], async (ctx) => {
      const found = await adapter.detect(ctx)
      return endOf(found, found.ok && found.value?.evidence)
    }),
    call('detectSite', [], async (ctx) => {
      const found = await detectSite(ctx)
      return endOf(found, found.ok && found.value.evidence)
    }),
    call('fetchStatus', [], async (ctx) => endOf(await adapter.fetchStatus(ctx))),
    call('identify', [tokenOf(adapter)], async (ctx, given) =>
      endOf(await adapter.identify(ctx, given[tokenOf(adapter)])),
    ),
    ...[false, true].map((isOld) =>
      call('readSession', sessions ? ['bearer'] : [], async (ctx, given) =>
        endOf(await adapter.readSession(ctx, pageWith(given, isOld))),
      ),
    ),
    call('openSession', [], async (ctx) => endOf(await adapter.openSession(ctx, '7', generation))),
    ...(sessions
      ? [
          call('pageRenewal', [], async (ctx) => endOf(await sessions.pageRenewal(ctx))),
          call('renew', ['bearer', 'refreshToken'], async (ctx, { bearer, refreshToken }) =>
            endOfRenewal(
              await sessions.renew(ctx, { userId: '7', bearer, refreshToken, expiresAtMs: 0 }),
            ),
          ),
          call('signIn', ['login', 'password', 'code'], async (ctx, { login, password, code }) =>
            endOf(await sessions.signIn(ctx, { login, password, code })),
          ),
        ]
      : []),
  ]
}

/** Every operation of every adapter, by every kind of proof. */
export const CALLS: readonly Call[] = allAdapters
  .map(withLate)
  .flatMap((adapter) => [
    ...provenCalls(adapter),
    ...callsAboutKeys(adapter),
    ...otherCalls(adapter),
  ])

/** What is done with keys, of ids that no site gives. */
export const callsWithIds = (ids: readonly string[]): readonly Call[] =>
  allAdapters.map(withLate).flatMap((adapter) => callsAboutKeys(adapter, ids))
