import type { SeedKey, SeedLog, SeedUser } from '../new-api/options'

/** DoneHub is a fork of One Hub; the two share one contract (`contracts/donehub.md`). */
export type Variant = 'done-hub' | 'one-hub'

/** `setting` of a key as stored; old keys lack members or have `null` lists (9.1). */
export interface StoredSetting {
  heartbeat?: { enabled: boolean; timeout_seconds: number }
  limits?: {
    limit_model_setting?: { enabled: boolean; models: string[] | null }
    limits_ip_setting?: { enabled: boolean; whitelist: string[] | null }
  }
  /** Only role 3 and above sees and sets it. */
  billing_tag?: string
}

/** An API key. `modelLimits` becomes `setting.limits.limit_model_setting` unless `setting` is given. */
export interface HubSeedKey extends SeedKey {
  backupGroup?: string
  setting?: StoredSetting
}

/** A log row. `type` is 1 to 4, `quota` of type 1 the credited amount (7.1). */
export interface HubSeedLog extends SeedLog {
  requestTimeMs?: number
  isStream?: boolean
  channelId?: number
  sourceIp?: string
  /** DoneHub's `request_id`; made up if absent. */
  requestId?: string
  /** Joined with the default metadata of a consumption; other types have none. */
  metadata?: Record<string, unknown>
}

/** A user. The access token always exists: a random one if absent (1). */
export interface HubSeedUser extends Omit<SeedUser, 'keys' | 'logs'> {
  keys?: HubSeedKey[]
  logs?: HubSeedLog[]
}

/** A user group by its symbol (6.1). */
export interface HubGroupSeed {
  name?: string
  description?: string
  ratio: number
  /** Model requests per minute, 600 if absent. */
  apiRate?: number
  /** Selectable by everybody, `true` if absent. */
  public?: boolean
  /** `true` if absent. */
  enable?: boolean
}

/** A configured price in the form of the wire; a `model` ending in `*` is a wildcard (6.2). */
export interface HubPrice {
  model: string
  type: 'tokens' | 'times'
  channel_type: number
  input: number
  output: number
  locked?: boolean
  extra_ratios?: Record<string, number>
  /** DoneHub only. */
  long_context?: { threshold: number; input_ratio: number; output_ratio: number }
}

/** What a site tells about one model (6.3). */
export interface HubModelInfo {
  model: string
  name: string
  description?: string
  contextLength?: number
  maxTokens?: number
}

/** How one site is set up; everything a real operator would choose. */
export interface DoneHubOptions {
  variant: Variant
  systemName?: string
  /** Quota units of one US dollar, 500000 if absent. */
  quotaPerUnit?: number
  /** `false`: the site shows and bills in quota units. */
  displayInCurrency?: boolean
  /** Local-currency price of one US dollar of quota, 7.3 if absent. */
  paymentUsdRate?: number
  /** Status says so; login does not ask for it (3.4). */
  turnstile?: boolean
  serverAddress?: string
  /** Chat links of the status (`contracts/exports.md` 7.1). */
  chatLinks?: { name: string; url: string; show?: boolean; sort?: number }[]
  chatLink?: string
  /** `contract` (default): the limits of 4. `off`: none. */
  rateLimits?: 'contract' | 'off'
  users: HubSeedUser[]
  groups?: Record<string, HubGroupSeed>
  /** Model → groups with an enabled channel for it. */
  models?: Record<string, string[]>
  prices?: HubPrice[]
  modelInfos?: HubModelInfo[]
  /** Redemption code → quota units. */
  redemptions?: Record<string, number>
  /** DoneHub only: a node that relays and has no account functions (2, item 4). */
  relayOnly?: boolean
  /** Unknown paths go there with 301 (2, item 5). */
  frontendBaseUrl?: string
  /** DoneHub only, `true` if absent: the billing endpoints show figures of the key (9.3). */
  displayTokenStat?: boolean
  /** DoneHub only, `true` if absent: relay protocols besides OpenAI's (6.4). */
  claudeApi?: boolean
  geminiApi?: boolean
  /** Server time zone of the dashboard days (7.3), 0 if absent. */
  utcOffsetMinutes?: number
  /** Clock in milliseconds; `Date.now` if absent. */
  now?: () => number
}
