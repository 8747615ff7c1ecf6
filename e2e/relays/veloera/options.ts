import type { GroupSeed, SeedUser } from '../new-api/options'

/** Builds that differ on the wire: v0.3.x and v0.4.x – v0.5.12 (`contracts/veloera.md`, top). */
export type VeloeraGeneration = 'v3' | 'v4'

/** A model that some channel offers (8). */
export interface ModelSeed {
  /** Base name, which the price belongs to. */
  name: string
  /** `model_prefix` of the channel: the model is offered as prefix + name. */
  prefix?: string
  /** With a prefix: a channel without one offers the base name, too. */
  isAlsoPlain?: boolean
  /** Groups of the channel, `['default']` if absent. */
  groups?: string[]
  /** 0 by tokens (default), 1 per call. */
  quotaType?: 0 | 1
  ratio?: number
  completionRatio?: number
  /** USD per call. */
  price?: number
  ownedBy?: string
}

/** A redemption or gift code (7). */
export interface CodeSeed {
  code: string
  quota: number
  /** Gift code: once per user. */
  isGift?: boolean
  /** Gift codes only; -1 (default) = unlimited. */
  maxUses?: number
  validFromSec?: number
  validUntilSec?: number
}

/** A message of the operator, V4 (5.2). */
export interface MessageSeed {
  title: string
  content: string
  createdAtSec: number
  /** User names; absent = everybody. */
  to?: string[]
}

/** How one Veloera site is set up; everything a real operator would choose. */
export interface VeloeraOptions {
  generation: VeloeraGeneration
  /** Set as the page's title by its script; the title as sent is always `Veloera` (2). */
  systemName?: string
  /** Quota units of one US dollar, 500000 if absent. */
  quotaPerUnit?: number
  /** `false`: texts and billing figures are in quota units. */
  displayInCurrency?: boolean
  /** Local currency per USD, 7.3 if absent. */
  price?: number
  /** Turnstile is asked for at login; V4 also at check-in and redemption (6, 7). */
  turnstile?: boolean
  /** Off if absent. */
  checkinEnabled?: boolean
  /** Fixed reward, or its minimum; 1500 if absent, 0 = misconfigured site (6). */
  checkinQuota?: number
  /** Greater than `checkinQuota`: the reward is random between the two. */
  checkinMaxQuota?: number
  /** `contract` (default): the limits of 4. `off`: none. */
  rateLimits?: 'contract' | 'off'
  users: SeedUser[]
  /** Clock in milliseconds; `Date.now` if absent. */
  now?: () => number
  /** Groups everybody may use; `default` and `vip` if absent. */
  groups?: Record<string, GroupSeed>
  /** Name → ratio of groups that only users who are in them may use (8). */
  privateGroups?: Record<string, number>
  models?: ModelSeed[]
  codes?: CodeSeed[]
  messages?: MessageSeed[]
  enableDataExport?: boolean
  /** V4: whether the site invites; on if absent. */
  affEnabled?: boolean
  /** Check-in rows do not appear in the log (9). */
  hasSeparateLogDatabase?: boolean
  /** Chat completions refuse requests of browser extensions (8). */
  blocksBrowserExtensions?: boolean
  /** `false`: billing by key returns the account's figures (10). */
  tokenStatistics?: boolean
  /** V4 from v0.5.12 on: what every user starts with; absent = the field does not exist (5.1). */
  subscriptionQuota?: number
}
