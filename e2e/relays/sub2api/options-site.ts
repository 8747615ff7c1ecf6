/** Prices of a model, USD per token or per request (`contracts/sub2api.md` 10). */
export interface ModelPricing {
  billingMode?: 'token' | 'per_request' | 'image'
  inputPrice?: number
  outputPrice?: number
  cacheWritePrice?: number
  cacheReadPrice?: number
  perRequestPrice?: number
}

/** A model of a group; `pricing: null` = no price published. */
export interface SeedModel {
  name: string
  pricing?: ModelPricing | null
}

/** A group (`contracts/sub2api.md` 9). */
export interface SeedGroup {
  id: number
  name: string
  description?: string
  platform?: string
  rateMultiplier?: number
  isExclusive?: boolean
  status?: 'active' | 'inactive'
  /** `subscription`: charged to a subscription's limits instead of the balance. */
  subscriptionType?: 'standard' | 'subscription'
  dailyLimitUsd?: number | null
  weeklyLimitUsd?: number | null
  monthlyLimitUsd?: number | null
  /** `HH:MM` in server time. */
  peak?: { start: string; end: string; multiplier: number } | null
  claudeCodeOnly?: boolean
  models?: SeedModel[]
}

/** A redeem code (`contracts/sub2api.md` 12); with `usedBy`, an entry of that user's history. */
export interface SeedRedeemCode {
  code: string
  type?: 'balance' | 'concurrency' | 'subscription' | 'invitation' | 'admin_balance'
  value?: number
  status?: 'unused' | 'used' | 'expired' | 'locked'
  groupId?: number | null
  /** 0 means 30. */
  validityDays?: number
  usedBy?: number | null
  usedAtMs?: number | null
  notes?: string
}

/** An announcement (`contracts/sub2api.md` 12). */
export interface SeedAnnouncement {
  title: string
  /** Markdown. */
  content: string
  notifyMode?: string
  startsAtMs?: number | null
  endsAtMs?: number | null
  /** Ids of the users who have read it. */
  readBy?: number[]
}
