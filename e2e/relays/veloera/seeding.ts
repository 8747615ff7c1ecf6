import { randomBytes } from 'node:crypto'

import type { SeedKey, SeedUser } from '../new-api/options'
import { randomKey } from '../new-api/state'
import { appendLog } from './logbook'
import type { CodeSeed, ModelSeed, VeloeraOptions } from './options'
import type { VeloeraCode, VeloeraState, VeloeraToken, VeloeraUser } from './state'

const DEFAULT_MODELS: ModelSeed[] = [
  { name: 'gpt-4o', ratio: 1.25, completionRatio: 4, groups: ['default', 'vip'] },
  { name: 'gpt-4o-mini', ratio: 0.075, completionRatio: 4 },
  { name: 'claude-sonnet-4', ratio: 1.5, completionRatio: 5, prefix: 'fast/' },
]

/** Defaults of the key-level limit (`contracts/veloera.md` 10). */
export const KEY_LIMIT_DEFAULTS = {
  rateLimitPeriod: 60,
  rateLimitCount: 1000,
  rateLimitSuccess: 10,
} as const

function userFromSeed(options: VeloeraOptions, seed: SeedUser): VeloeraUser {
  return {
    id: seed.id,
    username: seed.username,
    displayName: seed.displayName ?? seed.username,
    password: seed.password,
    quota: seed.quota,
    usedQuota: seed.usedQuota ?? 0,
    requestCount: seed.requestCount ?? 0,
    group: seed.group ?? 'default',
    role: seed.role ?? 1,
    status: seed.status ?? 1,
    accessToken: seed.accessToken ?? null,
    email: seed.email ?? '',
    affCode: '',
    affQuota: 0,
    subscriptionQuota: options.subscriptionQuota ?? 0,
    lastCheckInMs: null,
  }
}

function tokenFromSeed(seed: SeedKey, id: number, userId: number, nowSec: number): VeloeraToken {
  const modelLimits = seed.modelLimits ?? []
  return {
    id,
    userId,
    key: seed.key ?? randomKey(),
    name: seed.name,
    status: seed.status ?? 1,
    createdTime: nowSec,
    accessedTime: nowSec,
    expiredTime: seed.expiredTime ?? -1,
    remainQuota: seed.remainQuota ?? 0,
    usedQuota: seed.usedQuota ?? 0,
    unlimitedQuota: seed.unlimited ?? false,
    modelLimitsEnabled: modelLimits.length > 0,
    modelLimits: modelLimits.join(','),
    allowIps: '',
    group: seed.group ?? '',
    rateLimitEnabled: false,
    ...KEY_LIMIT_DEFAULTS,
  }
}

function codeFromSeed(seed: CodeSeed, index: number): VeloeraCode {
  const { code, quota, isGift = false, maxUses = -1, validFromSec = 0, validUntilSec = 0 } = seed
  return { id: index + 1, code, quota, isGift, maxUses, validFromSec, validUntilSec, usedBy: [] }
}

function emptyState(options: VeloeraOptions, nowSec: number): VeloeraState {
  const quota = options.checkinQuota ?? 1500
  return {
    startedAtSec: nowSec,
    users: new Map(),
    tokens: new Map(),
    logs: [],
    codes: (options.codes ?? []).map(codeFromSeed),
    messages: [],
    turnstileTokens: new Set(),
    keyCalls: new Map(),
    secret: randomBytes(32).toString('hex'),
    checkin: {
      enabled: options.checkinEnabled ?? false,
      quota,
      maxQuota: options.checkinMaxQuota ?? quota,
    },
    redeemTrouble: null,
    texts: { notice: '', about: '', homePage: '' },
    models: options.models ?? DEFAULT_MODELS,
    nextTokenId: 1,
    nextLogId: 1,
  }
}

/** Builds the state from the seeds. Log ids follow time, so "id descending" is "newest first". */
export function createState(options: VeloeraOptions, nowMs: number): VeloeraState {
  const nowSec = Math.floor(nowMs / 1000)
  const state = emptyState(options, nowSec)
  for (const seed of options.users) {
    const user = userFromSeed(options, seed)
    state.users.set(user.id, user)
    for (const key of seed.keys ?? []) {
      const token = tokenFromSeed(key, state.nextTokenId++, user.id, nowSec)
      state.tokens.set(token.id, token)
    }
    const logs = [...(seed.logs ?? [])].sort((a, b) => a.createdAtSec - b.createdAtSec)
    for (const log of logs) appendLog(options, state, user, log)
    for (const { title, content, createdAtSec, to } of options.messages ?? []) {
      if (to !== undefined && !to.includes(user.username)) continue
      const id = state.messages.length + 1
      state.messages.push({ id, userId: user.id, title, content, createdAtSec, readAtSec: null })
    }
  }
  return state
}
