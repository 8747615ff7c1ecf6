/** Windows of a key's own spending limits (`contracts/sub2api.md` 8). */
export type LimitWindow = '5h' | '1d' | '7d'

export type KeyStatus = 'active' | 'inactive' | 'disabled' | 'quota_exhausted' | 'expired'

/** A user. Amounts are USD. */
export interface SeedUser {
  id: number
  email: string
  /** `''` if absent: clients then show the part of the e-mail before `@` (7). */
  username?: string
  password: string
  /** May be negative. */
  balance: number
  frozenBalance?: number
  totalRecharged?: number
  role?: 'admin' | 'user'
  status?: 'active' | 'disabled'
  concurrency?: number
  /** Exclusive groups the user may use. */
  allowedGroups?: number[] | null
  /** Personal multipliers by group id (9). */
  rates?: Record<number, number>
  /** New: the account has TOTP, and this is the code that is right (4.1). */
  totpCode?: string | null
  keys?: SeedKey[]
  usage?: SeedUsage[]
  subscriptions?: SeedSubscription[]
}

/** An API key of a user (`contracts/sub2api.md` 8). */
export interface SeedKey {
  /** As typed; newer servers store it HTML-escaped. */
  name: string
  /** `sk-` and 64 hex digits if absent. */
  key?: string
  /** The first group of the site if absent, `null` = none. */
  groupId?: number | null
  status?: KeyStatus
  /** USD in total, 0 = unlimited. */
  quota?: number
  quotaUsed?: number
  expiresAtMs?: number | null
  ipWhitelist?: string[] | null
  ipBlacklist?: string[] | null
  /** USD per window. */
  limits?: Partial<Record<LimitWindow, { limit: number; used?: number; startedAtMs?: number }>>
}

/** A usage row of a user (`contracts/sub2api.md` 11). */
export interface SeedUsage {
  createdAtMs: number
  /** List price and charged amount in USD; charged = list × the group's multiplier if absent. */
  totalCost: number
  actualCost?: number
  model?: string
  /** Name of one of the user's keys; the first one if absent. */
  keyName?: string
  inputTokens?: number
  outputTokens?: number
  cacheCreationTokens?: number
  cacheReadTokens?: number
  stream?: boolean
  durationMs?: number
}

/** A subscription of a user (`contracts/sub2api.md` 12). */
export interface SeedSubscription {
  groupId: number
  startsAtMs: number
  expiresAtMs: number
  status?: 'active' | 'expired' | 'suspended'
  dailyUsageUsd?: number
  weeklyUsageUsd?: number
  monthlyUsageUsd?: number
}
