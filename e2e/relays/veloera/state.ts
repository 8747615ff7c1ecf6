import { randomBytes, randomInt } from 'node:crypto'

import type { RelayLog, RelayToken, RelayUser } from '../new-api/state'
import type { ModelSeed } from './options'

type ForeignUserField =
  'accessTokenCreatedAtSec' | 'accessTokenUsedAtSec' | 'language' | 'secondFactor'

type ForeignKeyField = 'crossGroupRetry' | 'autoGroups' | 'allowIps'

/** A user row; mutable, so that a test can change a balance or disable a user at any time. */
export interface VeloeraUser extends Omit<RelayUser, ForeignUserField> {
  /** Invitation reward not yet transferred. */
  affQuota: number
  /** v0.5.12 only. */
  subscriptionQuota: number
  lastCheckInMs: number | null
}

/** A key row. Quotas in units, times in Unix seconds. */
export interface VeloeraToken extends Omit<RelayToken, ForeignKeyField> {
  /** Newline-separated addresses. */
  allowIps: string | null
  /** The `rate_limit_*` fields of V4 (`contracts/veloera.md` 10). */
  rateLimitEnabled: boolean
  rateLimitPeriod: number
  rateLimitCount: number
  rateLimitSuccess: number
}

export interface VeloeraLog extends RelayLog {
  /** Empty in check-in rows up to v0.3.25 (9). */
  username: string
  tokenId: number
}

export interface VeloeraCode {
  id: number
  code: string
  quota: number
  isGift: boolean
  maxUses: number
  validFromSec: number
  /** 0 = never ends. */
  validUntilSec: number
  usedBy: number[]
}

interface VeloeraMessage {
  id: number
  userId: number
  title: string
  content: string
  createdAtSec: number
  readAtSec: number | null
}

/** Everything the server keeps. Tests may change any of it between requests. */
export interface VeloeraState {
  readonly startedAtSec: number
  readonly users: Map<number, VeloeraUser>
  readonly tokens: Map<number, VeloeraToken>
  readonly logs: VeloeraLog[]
  readonly codes: VeloeraCode[]
  readonly messages: VeloeraMessage[]
  /** Turnstile answers not used yet; each is good once. */
  readonly turnstileTokens: Set<string>
  /** Key id → times of its relay calls, for the key-level limit of V4. */
  readonly keyCalls: Map<number, number[]>
  /** Signs session cookies; replace it to invalidate every login. */
  secret: string
  checkin: { enabled: boolean; quota: number; maxQuota: number }
  /** What goes wrong with every redemption until it is set back (7). */
  redeemTrouble: 'too-frequent' | 'busy' | 'panic' | null
  texts: { notice: string; about: string; homePage: string }
  models: ModelSeed[]
  nextTokenId: number
  nextLogId: number
}

/** A fresh access token: 28 or 32 characters of standard base64 (3.1). */
export function randomAccessToken(): string {
  return randomBytes(randomInt(21, 25)).toString('base64')
}

/** The user whose name or e-mail is `name`. */
export function findUserByLogin(state: VeloeraState, name: string): VeloeraUser | undefined {
  if (name === '') return undefined
  for (const user of state.users.values()) {
    if (user.username === name || user.email === name) return user
  }
  return undefined
}

/** Blanks at the end do not count: some databases pad the column to 32 characters (3.1). */
export function findUserByAccessToken(state: VeloeraState, pat: string): VeloeraUser | undefined {
  const wanted = pat.trimEnd()
  if (wanted === '') return undefined
  for (const user of state.users.values()) if (user.accessToken?.trimEnd() === wanted) return user
  return undefined
}

/** A Turnstile answer as the widget would give it: good for one request. */
export function issueTurnstileToken(state: VeloeraState): string {
  const token = `turnstile.${randomBytes(16).toString('hex')}`
  state.turnstileTokens.add(token)
  return token
}
