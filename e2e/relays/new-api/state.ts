import { randomBytes, randomInt } from 'node:crypto'

import type { AuthSession } from './auth-sessions'
import type { RelayOptions, SeedLog } from './options'
import type { SecondFactor } from './second-factor'

/** A user row; mutable, so that a test can change a balance or disable a user at any time. */
export interface RelayUser {
  id: number
  username: string
  displayName: string
  password: string
  quota: number
  usedQuota: number
  requestCount: number
  group: string
  role: number
  status: number
  accessToken: string | null
  accessTokenCreatedAtSec: number
  accessTokenUsedAtSec: number
  email: string
  affCode: string
  /** The enrolled authenticator; `null` = none (10.1). */
  secondFactor: SecondFactor | null
  /** The user's own language setting; `''` = follow `Accept-Language` (1.3). */
  language: '' | 'zh' | 'en'
}

/** A key row. Quotas in units, times in Unix seconds. */
export interface RelayToken {
  id: number
  userId: number
  key: string
  name: string
  status: number
  createdTime: number
  accessedTime: number
  expiredTime: number
  remainQuota: number
  usedQuota: number
  unlimitedQuota: boolean
  modelLimitsEnabled: boolean
  modelLimits: string
  allowIps: string
  group: string
  crossGroupRetry: boolean
  /** Groups that `auto` may use; G3 only (6.3). */
  autoGroups: string[] | null
}

export interface RelayLog {
  id: number
  userId: number
  createdAtSec: number
  type: number
  quota: number
  content: string
  modelName: string
  tokenName: string
  group: string
  promptTokens: number
  completionTokens: number
}

export interface CheckinRecord {
  userId: number
  /** `YYYY-MM-DD` in the server's local time. */
  date: string
  quotaAwarded: number
  atSec: number
}

/** A redemption code. Status 1 unused, 2 disabled, 3 used (4.3). */
export interface RelayCode {
  readonly id: number
  readonly code: string
  quota: number
  status: number
  /** Unix seconds, 0 = never. */
  expiredTime: number
}

/** A security proof of G2+ (10.3): single use on G3, bound to user, session and scope. */
interface SecurityProof {
  userId: number
  sid: string
  scope: string
  method: string
  expiresAtSec: number
  consumed: boolean
}

/** Everything the server keeps. Tests may change any of it between requests. */
export interface RelayState {
  readonly startedAtSec: number
  readonly users: Map<number, RelayUser>
  readonly tokens: Map<number, RelayToken>
  readonly logs: RelayLog[]
  readonly checkins: CheckinRecord[]
  readonly codes: RelayCode[]
  /** Users with a redemption that is being worked on. */
  readonly redeeming: Set<number>
  /** G2+ browser sessions by sid. */
  readonly sessions: Map<string, AuthSession>
  readonly proofs: Map<string, SecurityProof>
  /** Turnstile answers not used yet; each is good once. */
  readonly turnstileTokens: Set<string>
  /** Signs session cookies and JWTs; replace it to invalidate every login. */
  secret: string
  checkin: { enabled: boolean; minQuota: number; maxQuota: number; utcOffsetMinutes: number }
  maxTokensPerUser: number
  texts: { notice: string; about: string; homePage: string; agreement: string; privacy: string }
  models: string[]
  nextTokenId: number
  nextLogId: number
}

const KEY_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** A fresh API key: 48 characters `[0-9A-Za-z]`, without `sk-` (6.3). */
export function randomKey(): string {
  return Array.from({ length: 48 }, () => KEY_ALPHABET[randomInt(KEY_ALPHABET.length)]).join('')
}

/** A fresh PAT: 32 base64 characters, or 32 hex digits on One API (2.5). */
export function randomAccessToken(generation: RelayOptions['generation']): string {
  return generation === 'one-api'
    ? randomBytes(16).toString('hex')
    : randomBytes(24).toString('base64')
}

/** Appends a log row for a user and returns it. */
export function appendLog(state: RelayState, user: RelayUser, seed: SeedLog): RelayLog {
  const row: RelayLog = {
    id: state.nextLogId++,
    userId: user.id,
    createdAtSec: seed.createdAtSec,
    type: seed.type,
    quota: seed.quota,
    content: seed.content ?? '',
    modelName: seed.modelName ?? '',
    tokenName: seed.tokenName ?? '',
    group: user.group,
    promptTokens: seed.promptTokens ?? 0,
    completionTokens: seed.completionTokens ?? 0,
  }
  state.logs.push(row)
  return row
}

/** The user whose name or e-mail is `name` (2.7). */
export function findUserByLogin(state: RelayState, name: string): RelayUser | undefined {
  if (name === '') return undefined
  for (const user of state.users.values()) {
    if (user.username === name || user.email === name) return user
  }
  return undefined
}

export function findUserByAccessToken(state: RelayState, pat: string): RelayUser | undefined {
  if (pat === '') return undefined
  for (const user of state.users.values()) if (user.accessToken === pat) return user
  return undefined
}

/** A Turnstile answer as the widget would give it: good for one request. */
export function issueTurnstileToken(state: RelayState): string {
  const token = `turnstile.${randomBytes(16).toString('hex')}`
  state.turnstileTokens.add(token)
  return token
}
