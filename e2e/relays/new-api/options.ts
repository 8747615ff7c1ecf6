import type { Generation } from './generation'
import type { RelativeOptions } from './relative-options'

/** A user of the site. Quotas are quota units. */
export interface SeedUser {
  id: number
  username: string
  displayName?: string
  password: string
  /** Remaining quota units. */
  quota: number
  usedQuota?: number
  requestCount?: number
  group?: string
  /** 1 common, 10 admin, 100 root (`contracts/new-api.md` 2.1). */
  role?: number
  /** 1 enabled, 2 disabled. */
  status?: number
  /** System access token (PAT); absent = none was made yet. */
  accessToken?: string | null
  keys?: SeedKey[]
  logs?: SeedLog[]
  email?: string
  /**
   * Base32 secret of an enrolled authenticator (10.1); only New API G1 and newer look at it, and only
   * where a step is verified: login asks for no code.
   */
  totpSecret?: string
  /** Emergency codes `XXXX-XXXX` that go with it, each good once. */
  backupCodes?: string[]
}

/** An API key of a user (6.3). */
export interface SeedKey {
  name: string
  /** 48 characters without `sk-`; random if absent. */
  key?: string
  status?: 1 | 2 | 3 | 4
  remainQuota?: number
  unlimited?: boolean
  usedQuota?: number
  /** Unix seconds, -1 = never. */
  expiredTime?: number
  group?: string
  modelLimits?: string[]
}

/** A log row of a user (8.1). */
export interface SeedLog {
  createdAtSec: number
  /** 1 top-up, 2 consumption, 3 management, 4 system, 5 error. */
  type: number
  quota: number
  content?: string
  modelName?: string
  tokenName?: string
  promptTokens?: number
  completionTokens?: number
}

/** A redemption code (4.3). */
export interface SeedCode {
  /** 32 hex digits where the site made it; anything else is taken, too. */
  code: string
  /** Quota units. */
  quota: number
  /** 1 unused (default), 2 disabled, 3 used. */
  status?: 1 | 2 | 3
  /** Unix seconds; 0 (default) = never. One API has none. */
  expiredTime?: number
}

export interface GroupSeed {
  ratio: number | string
  desc: string
}

/** How one relay is set up; everything a real operator would choose. */
export interface RelayOptions {
  generation: Generation
  systemName?: string
  /** Quota units of one US dollar, 500000 if absent. */
  quotaPerUnit?: number
  /** CNY per USD for display. */
  usdExchangeRate?: number
  /** Unit of shown amounts and of the billing routes, USD if absent; builds before 2025 know two. */
  quotaDisplayType?: 'USD' | 'CNY' | 'TOKENS' | 'CUSTOM'
  /** `false`: the billing routes tell the figures of the whole user (7.2). */
  tokenStatistics?: boolean
  /** CNY charged per USD of quota. */
  price?: number
  /** Cloudflare Turnstile is asked for at login (not One API) and at check-in. */
  turnstile?: boolean
  /**
   * Daily check-in. `g1a` without this option is an early build that has no check-in at all;
   * `g1b` and newer always have the endpoints.
   */
  checkinEnabled?: boolean
  /** `contract` (default): the limits of 1.5. `off`: none. */
  rateLimits?: 'contract' | 'off'
  users: SeedUser[]
  codes?: SeedCode[]
  /**
   * What is said of a code that is not taken: why not (`older`), or only that it was not (`newer`).
   * Which build changed is not in the contract: from G1b on if absent.
   */
  redeemTexts?: 'older' | 'newer'
  /** How long a redemption takes, real milliseconds; meanwhile the user's others are refused. */
  redeemMs?: number
  /** Clock in milliseconds; `Date.now` if absent. */
  now?: () => number
  /** G2+: `POST /api/user/auth/refresh` needs the site's own `Origin` (2.6). */
  secureOriginCheck?: boolean
  groups?: Record<string, GroupSeed>
  enableDataExport?: boolean
  /** `false`: `GET /api/log/self/stat` is not there (404). */
  logStat?: boolean
  /** Chat links of the status (`contracts/exports.md` 7.1), name to template; One API: one page. */
  chats?: Record<string, string>[]
  chatLink?: string
  /**
   * A fork that asks for a second factor before it shows a user's own key, as all do for the key of
   * a channel (10.2, 10.3). Its scope is `token.key.read`, which no contract names.
   */
  protectKeys?: boolean
  /** `false`: a build that has no `POST /api/token/batch/keys` (404). */
  hasBatchReveal?: boolean
  /** Makes the relay a relative of New API; G0 and G1 only. */
  relative?: RelativeOptions
}
