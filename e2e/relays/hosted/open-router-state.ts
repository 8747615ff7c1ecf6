import { createHash, randomBytes } from 'node:crypto'

import { OPEN_ROUTER_MODELS, type OpenRouterModel } from './open-router-models'

/** An inference key as the account API shows it (`contracts/other-sites.md` 4). USD throughout. */
export interface OpenRouterKey {
  hash: string
  name: string
  label: string
  disabled: boolean
  limit: number | null
  limit_remaining: number | null
  limit_reset: 'daily' | 'weekly' | 'monthly' | null
  include_byok_in_limit: boolean
  usage: number
  usage_daily: number
  usage_weekly: number
  usage_monthly: number
  byok_usage: number
  byok_usage_daily: number
  byok_usage_weekly: number
  byok_usage_monthly: number
  created_at: string
  updated_at: string | null
  expires_at: string | null
  workspace_id: string
  creator_user_id: string | null
}

export interface OpenRouterUser {
  readonly id: number
  /** The account's identity towards clients; `null` = the service does not tell it. */
  creatorUserId: string | null
  managementKey: string
  totalCredits: number
  totalUsage: number
  /** Oldest first. */
  keys: OpenRouterKey[]
  /** Plain texts by hash; no answer but the one of the creation shows them. */
  readonly secrets: Map<string, string>
}

export interface SeedOpenRouterUser {
  id: number
  /** `user_<id>` if absent. */
  creatorUserId?: string | null
  /** `sk-or-mgmt-…` */
  managementKey: string
  totalCredits: number
  totalUsage?: number
  keys?: (Partial<OpenRouterKey> & { name: string; secret?: string })[]
}

export interface OpenRouterState {
  readonly users: Map<number, OpenRouterUser>
  models: OpenRouterModel[]
  workspaces: { id: string; name: string; slug: string }[]
}

const DEFAULT_WORKSPACE = 'ws_1'

/** A new plain key. */
export function newSecret(): string {
  return `sk-or-v1-${randomBytes(32).toString('hex')}`
}

/** What is left of a limit: it counts what was spent since its last reset. */
export function limitRemaining(key: OpenRouterKey): number | null {
  if (key.limit === null) return null
  const [own, byok] =
    key.limit_reset === null
      ? [key.usage, key.byok_usage]
      : [key[`usage_${key.limit_reset}`], key[`byok_usage_${key.limit_reset}`]]
  return key.limit - own - (key.include_byok_in_limit ? byok : 0)
}

/** A key row without a limit; `more` wins. */
export function keyRow(
  user: OpenRouterUser,
  secret: string,
  nowMs: number,
  more: Partial<OpenRouterKey> & { name: string },
): OpenRouterKey {
  const usage = more.usage ?? 0
  const row: OpenRouterKey = {
    hash: createHash('sha256').update(secret).digest('hex'),
    label: `${secret.slice(0, 12)}...${secret.slice(-3)}`,
    disabled: false,
    limit: null,
    limit_remaining: null,
    limit_reset: null,
    include_byok_in_limit: false,
    usage,
    usage_daily: 0,
    usage_weekly: 0,
    usage_monthly: usage,
    byok_usage: 0,
    byok_usage_daily: 0,
    byok_usage_weekly: 0,
    byok_usage_monthly: 0,
    created_at: new Date(nowMs).toISOString(),
    updated_at: null,
    expires_at: null,
    workspace_id: DEFAULT_WORKSPACE,
    creator_user_id: user.creatorUserId,
    ...more,
  }
  return { ...row, limit_remaining: limitRemaining(row), ...more }
}

function userFromSeed(seed: SeedOpenRouterUser, nowMs: number): OpenRouterUser {
  const user: OpenRouterUser = {
    id: seed.id,
    creatorUserId: seed.creatorUserId === undefined ? `user_${seed.id}` : seed.creatorUserId,
    managementKey: seed.managementKey,
    totalCredits: seed.totalCredits,
    totalUsage: seed.totalUsage ?? 0,
    keys: [],
    secrets: new Map(),
  }
  for (const { secret = newSecret(), ...more } of seed.keys ?? []) {
    const row = keyRow(user, secret, nowMs, more)
    user.keys.push(row)
    user.secrets.set(row.hash, secret)
  }
  return user
}

export function createOpenRouterState(
  users: readonly SeedOpenRouterUser[],
  nowMs: number,
): OpenRouterState {
  return {
    users: new Map(users.map((seed) => [seed.id, userFromSeed(seed, nowMs)])),
    models: [...OPEN_ROUTER_MODELS],
    workspaces: [{ id: DEFAULT_WORKSPACE, name: 'Default', slug: 'default' }],
  }
}
