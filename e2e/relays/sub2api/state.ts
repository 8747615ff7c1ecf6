import type { Sub2ApiOptions } from './options'
import type { SeedAnnouncement, SeedGroup, SeedRedeemCode } from './options-site'
import type { KeyStatus, LimitWindow, SeedSubscription, SeedUser } from './options-user'
import type { IdempotencyEntry } from './idempotency'
import type { RefreshPresentation } from './refresh-log'

/** A user row; mutable, so that a test can change a balance or disable a user at any time. */
export interface UserRow extends Required<Omit<SeedUser, 'keys' | 'usage' | 'subscriptions'>> {
  affCode: string
  createdAtMs: number
  updatedAtMs: number
}

export type GroupRow = Required<SeedGroup> & { createdAtMs: number }

export interface KeyRow {
  id: number
  userId: number
  key: string
  /** As stored: HTML-escaped on newer servers. */
  name: string
  groupId: number | null
  status: KeyStatus
  ipWhitelist: string[] | null
  ipBlacklist: string[] | null
  quota: number
  quotaUsed: number
  expiresAtMs: number | null
  limits: Record<LimitWindow, { limit: number; used: number; startedAtMs: number | null }>
  lastUsedAtMs: number | null
  createdAtMs: number
  updatedAtMs: number
}

export interface UsageRow {
  id: number
  userId: number
  keyId: number
  groupId: number | null
  model: string
  inputTokens: number
  outputTokens: number
  cacheCreationTokens: number
  cacheReadTokens: number
  totalCost: number
  actualCost: number
  rateMultiplier: number
  /** 0 balance, 1 subscription. */
  billingType: 0 | 1
  stream: boolean
  durationMs: number
  createdAtMs: number
}

export interface SubscriptionRow extends Required<SeedSubscription> {
  id: number
  userId: number
}

export type RedeemRow = Required<SeedRedeemCode> & { id: number; createdAtMs: number }

export type AnnouncementRow = Omit<Required<SeedAnnouncement>, 'readBy'> & {
  id: number
  createdAtMs: number
  /** User id → when. */
  readAtMs: Map<number, number>
}

/** A refresh token that is good for one use. */
export interface RefreshTokenRow {
  userId: number
  familyId: string
  tokenVersion: number
  /** `''` for a session made without a request: it passes every binding check (4.6). */
  bindingHash: string
  expiresAtMs: number
}

/** Settings an administrator may change while the site runs. */
export type SiteSettings = Required<
  Pick<
    Sub2ApiOptions,
    | 'siteName'
    | 'version'
    | 'apiBaseUrl'
    | 'turnstile'
    | 'backendMode'
    | 'sessionBinding'
    | 'runMode'
    | 'accessTokenSec'
    | 'refreshTokenSec'
    | 'serverTimezone'
    | 'availableChannels'
    | 'modelPlaza'
    | 'affiliate'
    | 'clearsOmittedIpLists'
  >
>

/** Everything the server keeps. Tests may change any of it between requests. */
export interface Sub2ApiState {
  readonly settings: SiteSettings
  readonly users: Map<number, UserRow>
  readonly groups: Map<number, GroupRow>
  readonly keys: Map<number, KeyRow>
  readonly usage: UsageRow[]
  readonly subscriptions: SubscriptionRow[]
  readonly redeemCodes: RedeemRow[]
  readonly announcements: AnnouncementRow[]
  /** Refresh tokens that were not used yet. */
  readonly refreshTokens: Map<string, RefreshTokenRow>
  /** How often each refresh token was presented to `POST /auth/refresh`, whatever came of it. */
  readonly refreshUses: Map<string, number>
  /** Every presentation in order, with what came of it. */
  readonly refreshLog: RefreshPresentation[]
  /** `false`: logins get the short form (4.1), refreshes 503 (4.3). */
  isRefreshStoreUp: boolean
  /** Logins that wait for their second factor, by temporary token. */
  readonly pendingLogins: Map<string, { userId: number; attempts: number; expiresAtMs: number }>
  /** Turnstile answers not used yet; each is good once. */
  readonly turnstileTokens: Set<string>
  readonly idempotency: Map<string, IdempotencyEntry>
  /** Signs access tokens; replace it to make every one of them invalid. */
  secret: string
  /** Next id of any new row. */
  nextId: number
}
