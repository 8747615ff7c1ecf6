import { randomBytes } from 'node:crypto'

import type { RelayOptions, SeedKey, SeedUser } from './options'
import { enrolled } from './second-factor'
import { appendLog, randomKey, type RelayState, type RelayToken, type RelayUser } from './state'

function userFromSeed(seed: SeedUser, nowSec: number): RelayUser {
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
    accessTokenCreatedAtSec: seed.accessToken ? nowSec : 0,
    accessTokenUsedAtSec: 0,
    email: seed.email ?? '',
    affCode: '',
    secondFactor: enrolled(seed),
    language: '',
  }
}

function tokenFromSeed(seed: SeedKey, id: number, userId: number, nowSec: number): RelayToken {
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
    crossGroupRetry: false,
    autoGroups: null,
  }
}

function emptyState(options: RelayOptions, nowSec: number): RelayState {
  return {
    startedAtSec: nowSec,
    users: new Map(),
    tokens: new Map(),
    logs: [],
    checkins: [],
    codes: (options.codes ?? []).map(({ code, quota, status = 1, expiredTime = 0 }, index) => ({
      id: index + 1,
      code,
      quota,
      status,
      expiredTime,
    })),
    redeeming: new Set(),
    sessions: new Map(),
    proofs: new Map(),
    turnstileTokens: new Set(),
    secret: randomBytes(32).toString('hex'),
    checkin: {
      enabled: options.checkinEnabled ?? false,
      minQuota: 1000,
      maxQuota: 10_000,
      utcOffsetMinutes: 0,
    },
    maxTokensPerUser: 1000,
    texts: { notice: '', about: '', homePage: '', agreement: '', privacy: '' },
    models: ['gpt-4o', 'gpt-4o-mini', 'claude-sonnet-4', 'gemini-2.5-pro'],
    nextTokenId: 1,
    nextLogId: 1,
  }
}

/** Builds the state from the seeds. Log ids follow time, so "id descending" is "newest first". */
export function createState(options: RelayOptions, nowMs: number): RelayState {
  const nowSec = Math.floor(nowMs / 1000)
  const state = emptyState(options, nowSec)
  for (const seed of options.users) {
    const user = userFromSeed(seed, nowSec)
    state.users.set(user.id, user)
    for (const key of seed.keys ?? []) {
      const token = tokenFromSeed(key, state.nextTokenId++, user.id, nowSec)
      state.tokens.set(token.id, token)
    }
    const logs = [...(seed.logs ?? [])].sort((a, b) => a.createdAtSec - b.createdAtSec)
    for (const log of logs) appendLog(state, user, log)
  }
  return state
}
