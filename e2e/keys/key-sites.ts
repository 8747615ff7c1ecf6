import {
  type FamilySite,
  type FamilyUser,
  MARA,
  NOEL,
  POINTS,
  pointSite,
  sub2ApiSite,
  USERS,
} from '../families/family-site'
import { createDoneHubRelay } from '../relays/done-hub/relay'
import type { DoneHubOptions } from '../relays/done-hub/options'
import { createAihubmix } from '../relays/hosted/aihubmix'
import { createOpenRouter } from '../relays/hosted/open-router'
import type { SiteDouble } from '../relays/kit/site-double'
import { createNewApiRelay, type RelayOptions } from '../relays/new-api/relay'
import { createSub2ApiRelay, type Sub2ApiOptions } from '../relays/sub2api/relay'
import { createVeloeraRelay, type VeloeraOptions } from '../relays/veloera/relay'

/** A key as its site has it, in terms that every family has. */
export interface SiteKey {
  readonly name: string
  /** Exactly what clients send. */
  readonly secret: string
  readonly isEnabled: boolean
  /** US dollars left to spend; `null` = unlimited. */
  readonly left: number | null
  readonly expiresAtMs: number | null
  readonly models: readonly string[]
  readonly addresses: readonly string[]
  /** `''` = the user's own. */
  readonly group: string
  readonly backupGroup: string
  readonly crossGroupRetry: boolean
  /** Everything the site keeps of it but its name and what changes with every write. */
  readonly rest: Readonly<Record<string, unknown>>
}

/** A site of any family whose users have keys. */
export interface KeySite<Relay extends SiteDouble = SiteDouble> {
  readonly relay: Relay
  readonly keysOf: (user: FamilyUser) => SiteKey[]
}

/** A site whose users log in at a console. */
export interface ConsoleKeySite extends KeySite {
  readonly site: FamilySite
}

/** What Mara has at the start; her second key is switched off where the family can do that. */
export const SEEDED = ['Workshop', 'Old laptop'] as const

const [WORKSHOP, LAPTOP] = SEEDED
const SITE_NAME = 'Harbour'
const TOKENS = new Map([
  [MARA.id, '0123456789abcdef0123456789abcdef'],
  [NOEL.id, '89abcdef0123456789abcdef01234567'],
])

function pointUsers(hasTokens: boolean) {
  return USERS.map(({ id, username, password, dollars }) => ({
    id,
    username,
    password,
    quota: Math.round(dollars * POINTS),
    accessToken: hasTokens ? TOKENS.get(id)! : null,
    keys:
      id === MARA.id
        ? [
            { name: WORKSHOP, unlimited: true },
            { name: LAPTOP, status: 2 as const, remainQuota: POINTS },
          ]
        : [{ name: 'not ours', unlimited: true }],
  }))
}

/** What point families have in common. */
interface PointKey {
  readonly name: string
  readonly userId: number
  readonly status: number
  readonly expiredTime: number
  readonly remainQuota: number
  readonly unlimitedQuota: boolean
}

type Facts = Pick<SiteKey, 'secret' | 'models' | 'addresses'> &
  Partial<Pick<SiteKey, 'group' | 'backupGroup' | 'crossGroupRetry' | 'rest'>>

/** The last change counts as use at some sites. */
const VOLATILE = new Set(['name', 'accessedTime', 'updatedAtMs', 'updated_at'])

const restOf = (row: object) =>
  structuredClone(Object.fromEntries(Object.entries(row).filter(([name]) => !VOLATILE.has(name))))

const NONE = { group: '', backupGroup: '', crossGroupRetry: false }

function pointKey(row: PointKey, facts: Facts): SiteKey {
  const { name, status, expiredTime, remainQuota, unlimitedQuota } = row
  return {
    ...NONE,
    name,
    isEnabled: status === 1,
    left: unlimitedQuota ? null : remainQuota / POINTS,
    expiresAtMs: expiredTime === -1 ? null : expiredTime * 1000,
    rest: restOf(row),
    ...facts,
  }
}

function pointKeys<Row extends PointKey>(
  rows: ReadonlyMap<number, Row>,
  factsOf: (row: Row) => Facts,
): KeySite['keysOf'] {
  return ({ id }) =>
    [...rows.values()]
      .filter(({ userId }) => userId === id)
      .map((row) => pointKey(row, factsOf(row)))
}

const withoutRateLimit = (row: object) =>
  Object.fromEntries(Object.entries(restOf(row)).filter(([name]) => !name.startsWith('rateLimit')))

const split = (text: string | null, separator: RegExp) =>
  (text ?? '').split(separator).filter((part) => part !== '')

export function hubKeys(variant: DoneHubOptions['variant']): ConsoleKeySite {
  const groups = { default: { ratio: 1 }, vip: { ratio: 0.8, description: 'Fast lane' } }
  const users = pointUsers(true)
  const relay = createDoneHubRelay({ variant, systemName: SITE_NAME, users, groups })
  const keysOf = pointKeys(relay.state.tokens, ({ key, group, backupGroup, setting }) => {
    const { limit_model_setting: models, limits_ip_setting: ips } = setting.limits ?? {}
    return {
      secret: `sk-${key}`,
      group,
      backupGroup,
      models: models?.enabled ? (models.models ?? []) : [],
      addresses: ips?.enabled ? (ips.whitelist ?? []) : [],
    }
  })
  return { relay, keysOf, site: pointSite(relay, 'token') }
}

export function veloeraKeys(
  generation: VeloeraOptions['generation'],
  hasTokens: boolean,
): ConsoleKeySite {
  const users = pointUsers(hasTokens)
  const relay = createVeloeraRelay({ generation, systemName: SITE_NAME, users })
  const keysOf = pointKeys(relay.state.tokens, (row) => ({
    secret: `sk-${row.key}`,
    group: row.group,
    models: row.modelLimitsEnabled ? split(row.modelLimits, /,/) : [],
    addresses: split(row.allowIps, /\n/),
    // Servers before 0.4 have no limit of calls; the double keeps its columns all the same.
    ...(generation === 'v3' ? { rest: withoutRateLimit(row) } : {}),
  }))
  return { relay, keysOf, site: pointSite(relay, hasTokens ? 'token' : 'cookie') }
}

export function newApiKeys(options: Pick<RelayOptions, 'generation' | 'relative'>): ConsoleKeySite {
  const isOneApi = options.generation === 'one-api'
  const groups = {
    default: { ratio: 1, desc: 'Default group' },
    vip: { ratio: 0.8, desc: 'Fast lane' },
    auto: { ratio: '自动', desc: 'Whichever works' },
  }
  const users = pointUsers(true)
  const relay = createNewApiRelay({ ...options, systemName: SITE_NAME, users, groups })
  const keysOf = pointKeys(relay.state.tokens, (row) => ({
    secret: `sk-${row.key}`,
    group: row.group,
    crossGroupRetry: row.crossGroupRetry,
    models: row.modelLimitsEnabled || isOneApi ? split(row.modelLimits, /,/) : [],
    addresses: split(row.allowIps, isOneApi ? /,/ : /\n/),
  }))
  return { relay, keysOf, site: pointSite(relay, 'cookie') }
}

export function sub2ApiKeys(generation: Sub2ApiOptions['generation']): ConsoleKeySite {
  const isOld = generation === 'old'
  const users = USERS.map(({ id, username, password, dollars }) => ({
    id,
    username,
    email: `${username}@mail.example`,
    password,
    balance: dollars,
    keys:
      id === MARA.id
        ? [{ name: WORKSHOP }, { name: LAPTOP, status: 'inactive' as const, quota: isOld ? 0 : 1 }]
        : [{ name: 'not ours' }],
  }))
  const relay = createSub2ApiRelay({ generation, siteName: SITE_NAME, users })
  const { keys, groups } = relay.state
  const keysOf = ({ id }: FamilyUser) =>
    [...keys.values()]
      .filter(({ userId }) => userId === id)
      .map((row) => ({
        ...NONE,
        name: row.name,
        secret: row.key,
        isEnabled: row.status === 'active',
        left: row.quota === 0 ? null : row.quota - row.quotaUsed,
        expiresAtMs: row.expiresAtMs,
        models: [],
        addresses: row.ipWhitelist ?? [],
        group: groups.get(row.groupId ?? 0)?.name ?? '',
        rest: restOf(row),
      }))
  return { relay, keysOf, site: sub2ApiSite(relay, isOld ? 'secret' : 'password') }
}

/** OpenRouter, whose accounts live by a management key. */
export function openRouterKeys(managementKey: string): KeySite {
  const relay = createOpenRouter({
    users: [
      {
        id: MARA.id,
        managementKey,
        totalCredits: MARA.dollars,
        keys: [{ name: WORKSHOP }, { name: LAPTOP, disabled: true, limit: 1 }],
      },
    ],
  })
  const keysOf = ({ id }: FamilyUser) => {
    const { keys, secrets } = relay.state.users.get(id)!
    return keys.map((row) => ({
      ...NONE,
      name: row.name,
      secret: secrets.get(row.hash)!,
      isEnabled: !row.disabled,
      left: row.limit_remaining,
      expiresAtMs: row.expires_at === null ? null : Date.parse(row.expires_at),
      models: [],
      addresses: [],
      rest: restOf(row),
    }))
  }
  return { relay, keysOf }
}

/** AIHubMix, whose users are known by their names. */
export function aihubmixKeys(accessToken: string): KeySite {
  const relay = createAihubmix({
    users: [
      {
        id: MARA.id,
        username: MARA.username,
        accessToken,
        quota: Math.round(MARA.dollars * POINTS),
        keys: [{ name: WORKSHOP }, { name: LAPTOP, remainQuota: POINTS }],
      },
    ],
  })
  const keysOf = pointKeys(relay.state.keys, ({ secret, models, subnet }) => ({
    secret,
    models: split(models, /,/),
    addresses: split(subnet, /,/),
  }))
  return { relay, keysOf }
}
