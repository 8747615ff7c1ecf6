import { randomBytes, randomInt } from 'node:crypto'

import type { HubModelInfo, HubPrice, HubSeedLog, StoredSetting } from './options'

/** A user row; mutable, so that a test can change a balance or disable a user at any time. */
export interface HubUser {
  readonly id: number
  username: string
  displayName: string
  password: string
  email: string
  quota: number
  usedQuota: number
  requestCount: number
  group: string
  /** 1 user, 3 trusted staff, 10 administrator, 100 root (`contracts/donehub.md` 3.3). */
  role: number
  status: number
  accessToken: string
  affCode: string
  createdTime: number
  lastLoginTime: number
  lastLoginIp: string
}

/** A key row. Quotas in units, times in Unix seconds. */
export interface HubToken {
  readonly id: number
  readonly userId: number
  key: string
  name: string
  status: number
  createdTime: number
  accessedTime: number
  expiredTime: number
  remainQuota: number
  usedQuota: number
  unlimitedQuota: boolean
  group: string
  backupGroup: string
  setting: StoredSetting
}

export interface HubLog extends Required<Omit<HubSeedLog, 'metadata'>> {
  readonly id: number
  readonly userId: number
  metadata: Record<string, unknown> | null
}

export interface HubGroup {
  readonly id: number
  readonly symbol: string
  name: string
  description: string
  ratio: number
  apiRate: number
  public: boolean
  enable: boolean
}

/** Status 1 unused, 2 disabled, 3 used (8). */
interface HubRedemption {
  readonly id: number
  quota: number
  status: number
}

/** Everything the server keeps. Tests may change any of it between requests. */
export interface HubState {
  readonly startedAtSec: number
  readonly users: Map<number, HubUser>
  readonly tokens: Map<number, HubToken>
  readonly logs: HubLog[]
  readonly groups: Map<string, HubGroup>
  /** Model → groups with an enabled channel for it. */
  readonly models: Map<string, string[]>
  readonly prices: HubPrice[]
  readonly modelInfos: HubModelInfo[]
  /** Channel type → name of the provider, the table of `GET /api/ownedby` (6.3). */
  readonly ownedBy: Map<number, string>
  readonly redemptions: Map<string, HubRedemption>
  /** Seals session cookies; replace it to invalidate every login. */
  secret: string
  texts: { notice: string; about: string; homePage: string; agreement: string; privacy: string }
  nextTokenId: number
  nextLogId: number
}

export const USER_ENABLED = 1
export const USER_DISABLED = 2
export const ROLE_STAFF = 3
export const ROLE_ADMIN = 10
export const CONSUMPTION = 2

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

export function randomText(length: number): string {
  return Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
}

/** A fresh access token: a UUID without dashes (3.1). */
export function randomAccessToken(): string {
  return randomBytes(16).toString('hex')
}

/** A fresh API key: 15 id characters, `_`, 43 base64url characters (9.1). */
export function randomKey(): string {
  return `${randomText(15)}_${randomBytes(32).toString('base64url')}`
}

export function findUserByAccessToken(state: HubState, token: string): HubUser | undefined {
  if (token === '') return undefined
  return [...state.users.values()].find((user) => user.accessToken === token)
}

/** The key row of `sk-…`, without the prefix and what follows a `#` (9.3). */
export function findToken(state: HubState, key: string): HubToken | undefined {
  return [...state.tokens.values()].find((token) => token.key === key)
}
