import { RELATIVES } from '@/e2e/relays/new-api/relay'
import type { FaultPlan } from '@/e2e/relays/kit/faults'
import type { KeyDraft } from '@/src/domain/api-key'
import type { Generation } from '@/src/domain/site-type'
import type { Access, KeyOperations, SiteContext } from '@/src/sites/adapter'
import { withLate } from '@/src/sites/late-registry'
import { adapterFor } from '@/src/sites/registry'
import { relativeAdapters } from '@/src/sites/relatives'

import { BY_TOKEN, hubSite } from './done-hub-client'
import { ALICE, relaySite, type Site, tokenOf, valueOf } from './site-client'
import { veloeraSite } from './veloera-client'

/** What a relay stores of a key, in the product's words. */
export interface StoredKey extends Omit<KeyDraft, 'backupGroup' | 'crossGroupRetry'> {
  readonly text: string
  readonly status: number
  readonly backupGroup?: string
  readonly crossGroupRetry?: boolean
}

interface Counters {
  count(method: string, path: string): number
  requests(): { method: string; path: string }[]
  reset(): void
}

/** A site with keys of alice's, and what its relay has stored of them. */
export interface KeySite extends Site {
  readonly generation: Generation
  readonly access: Access
  readonly keys: KeyOperations
  readonly counters: Counters
  readonly faults: FaultPlan
  /** `undefined` = there is no such key. */
  stored(id: string): StoredKey | undefined
  /** Makes the site forget nothing of a key but what is told. */
  set(id: string, part: { status?: number; expiredTime?: number; remainQuota?: number }): void
  ids(): string[]
  logIn(username: string): Promise<unknown>
}

interface Row {
  key: string
  name: string
  status: number
  expiredTime: number
  remainQuota: number
  unlimitedQuota: boolean
  group: string
}

const parts = (text: string | null): string[] => (text ? text.split(/[\n,]/) : [])

const common = (row: Row) => ({
  text: row.key,
  status: row.status,
  name: row.name,
  remaining: row.unlimitedQuota ? null : row.remainQuota,
  expiresAtMs: row.expiredTime === -1 ? null : row.expiredTime * 1000,
  group: row.group,
})

function siteOf<T extends Row>(
  site: Site & {
    relay: { state: { tokens: Map<number, T> }; counters: Counters; faults: FaultPlan }
    logIn(username: string): Promise<unknown>
  },
  generation: Generation,
  access: Access,
  limits: (row: T) => Pick<StoredKey, 'modelLimits' | 'ipLimits'> & Partial<StoredKey>,
): KeySite {
  const { tokens } = site.relay.state
  const keys = site.adapter.keys
  if (!keys) throw new Error('no operations of keys')
  return {
    ...site,
    generation,
    access,
    keys,
    counters: site.relay.counters,
    faults: site.relay.faults,
    stored: (id) => {
      const row = tokens.get(Number(id))
      return row && { ...common(row), ...limits(row) }
    },
    set: (id, part) => Object.assign(tokens.get(Number(id)) ?? {}, part),
    ids: () => [...tokens.keys()].map(String),
  }
}

type Open = () => Promise<KeySite>

function newApi(generation: Parameters<typeof relaySite>[0], options = {}): Open {
  return async () =>
    siteOf(await relaySite(generation, options), generation, tokenOf(ALICE), (row) => ({
      modelLimits: row.modelLimitsEnabled ? parts(row.modelLimits) : [],
      ipLimits: parts(row.allowIps),
      ...(/^g[1-4]/.test(generation) ? { crossGroupRetry: row.crossGroupRetry } : {}),
    }))
}

function relative(type: keyof typeof relativeAdapters, generation: 'g0' | 'g1b'): Open {
  return async () => {
    const site = await newApi(generation, { relative: RELATIVES[type] })()
    const adapter = withLate(adapterFor(type))
    return { ...site, adapter, keys: adapter.keys ?? site.keys }
  }
}

function veloera(build: 'v3' | 'v4'): Open {
  return async () =>
    siteOf(await veloeraSite(build), `veloera-${build}`, tokenOf(ALICE), (row) => ({
      modelLimits: row.modelLimitsEnabled ? parts(row.modelLimits) : [],
      ipLimits: parts(row.allowIps),
    }))
}

function hub(variant: 'done-hub' | 'one-hub'): Open {
  return async () =>
    siteOf(await hubSite(variant), variant, BY_TOKEN, ({ setting, backupGroup }) => {
      const { limit_model_setting: models, limits_ip_setting: ips } = setting.limits ?? {}
      return {
        modelLimits: models?.enabled ? (models.models ?? []) : [],
        ipLimits: ips?.enabled ? (ips.whitelist ?? []) : [],
        backupGroup,
      }
    })
}

const RELATIVE_TYPES = Object.keys(relativeAdapters) as (keyof typeof relativeAdapters)[]

/** Every family in every generation. */
export const KEY_SITES: readonly (readonly [string, Open])[] = [
  ...(['one-api', 'g0', 'g1a', 'g1b', 'g2', 'g3'] as const).map(
    (generation) => [generation, newApi(generation)] as const,
  ),
  ...RELATIVE_TYPES.flatMap((type) =>
    (['g0', 'g1b'] as const).map(
      (generation) => [`${type} on ${generation}`, relative(type, generation)] as const,
    ),
  ),
  ['veloera v3', veloera('v3')],
  ['veloera v4', veloera('v4')],
  ['done-hub', hub('done-hub')],
  ['one-hub', hub('one-hub')],
]

/** One of each kind of server. */
export const SOME_KEY_SITES = KEY_SITES.filter(([name]) => !name.includes(' on '))

/** A key with every field the site takes. */
export function fullDraft({ keys, generation }: KeySite, name = 'büro “1”'): KeyDraft {
  const { create, ipForm } = keys.features(generation)
  return {
    name,
    remaining: 750_000,
    expiresAtMs: 1_900_000_000_000,
    modelLimits: ['gpt-4o', 'claude-sonnet-4'],
    ipLimits: ['203.0.113.7', ipForm === 'range' ? '198.51.100.0/24' : '198.51.100.1'],
    group: create.includes('group') ? 'vip' : '',
    ...(create.includes('backupGroup') ? { backupGroup: 'default' } : {}),
    ...(create.includes('crossGroupRetry') ? { crossGroupRetry: true } : {}),
  }
}

export async function listed({ adapter, ctx, access, generation }: KeySite) {
  return valueOf(await adapter.listApiKeys(ctx, access, generation)).keys
}

/** Creates a key the way the product does: knowing what there was before. */
export async function create(site: KeySite, draft: KeyDraft, ctx: SiteContext = site.ctx) {
  const knownIds = new Set((await listed(site)).map(({ id }) => id))
  return site.keys.create(ctx, site.access, draft, {
    generation: site.generation,
    knownIds,
    requestId: 'r',
  })
}

/** As {@link create}, of a key that must be known afterwards. */
export async function made(site: KeySite, draft: KeyDraft = fullDraft(site)) {
  const created = valueOf(await create(site, draft))
  if (created.outcome !== 'identified') throw new Error('the new key is not known')
  return created.key
}
