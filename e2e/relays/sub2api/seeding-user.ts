import { randomBytes } from 'node:crypto'

import { randomKey, storedName } from './key-text'
import type { Sub2ApiGeneration } from './options'
import type { LimitWindow, SeedKey, SeedUsage, SeedUser } from './options-user'
import { keysOf } from './lookups'
import type { KeyRow, Sub2ApiState, UsageRow, UserRow } from './state'

function userFromSeed(seed: SeedUser, nowMs: number): UserRow {
  return {
    id: seed.id,
    email: seed.email,
    username: seed.username ?? '',
    password: seed.password,
    balance: seed.balance,
    frozenBalance: seed.frozenBalance ?? 0,
    totalRecharged: seed.totalRecharged ?? 0,
    role: seed.role ?? 'user',
    status: seed.status ?? 'active',
    concurrency: seed.concurrency ?? 5,
    allowedGroups: seed.allowedGroups ?? null,
    rates: seed.rates ?? {},
    totpCode: seed.totpCode ?? null,
    affCode: randomBytes(4).toString('hex').toUpperCase(),
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
  }
}

function limitsFromSeed(seed: SeedKey): KeyRow['limits'] {
  const limitOf = (window: LimitWindow): KeyRow['limits'][LimitWindow] => {
    const given = seed.limits?.[window]
    return {
      limit: given?.limit ?? 0,
      used: given?.used ?? 0,
      startedAtMs: given?.startedAtMs ?? null,
    }
  }
  return { '5h': limitOf('5h'), '1d': limitOf('1d'), '7d': limitOf('7d') }
}

/** What a key row is made of besides its owner. */
interface KeyOrigin {
  id: number
  userId: number
  generation: Sub2ApiGeneration
  nowMs: number
}

/** A key row, from a seed or from the body of `POST /keys`. */
export function keyRow(seed: SeedKey, { id, userId, generation, nowMs }: KeyOrigin): KeyRow {
  return {
    id,
    userId,
    key: seed.key ?? randomKey(),
    name: storedName(seed.name, generation),
    groupId: seed.groupId ?? null,
    status: seed.status ?? 'active',
    ipWhitelist: seed.ipWhitelist ?? null,
    ipBlacklist: seed.ipBlacklist ?? null,
    quota: seed.quota ?? 0,
    quotaUsed: seed.quotaUsed ?? 0,
    expiresAtMs: seed.expiresAtMs ?? null,
    limits: limitsFromSeed(seed),
    lastUsedAtMs: null,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
  }
}

/** Appends a usage row of a user. */
function appendUsage(state: Sub2ApiState, userId: number, seed: SeedUsage): void {
  const keys = keysOf(state, userId).sort((a, b) => a.id - b.id)
  const names = seed.keyName === undefined ? [] : [seed.keyName, storedName(seed.keyName, 'new')]
  const key = keys.find(({ name }) => names.includes(name)) ?? keys[0]
  const group = state.groups.get(key?.groupId ?? 0)
  const rateMultiplier = group?.rateMultiplier ?? 1
  const row: UsageRow = {
    id: state.nextId++,
    userId,
    keyId: key?.id ?? 0,
    groupId: group?.id ?? null,
    model: seed.model ?? 'claude-sonnet-4',
    inputTokens: seed.inputTokens ?? 0,
    outputTokens: seed.outputTokens ?? 0,
    cacheCreationTokens: seed.cacheCreationTokens ?? 0,
    cacheReadTokens: seed.cacheReadTokens ?? 0,
    totalCost: seed.totalCost,
    actualCost: seed.actualCost ?? seed.totalCost * rateMultiplier,
    rateMultiplier,
    billingType: group?.subscriptionType === 'subscription' ? 1 : 0,
    stream: seed.stream ?? true,
    durationMs: seed.durationMs ?? 800,
    createdAtMs: seed.createdAtMs,
  }
  state.usage.push(row)
}

/** Adds a user with everything the seed gives them. */
export function seedUser(
  state: Sub2ApiState,
  seed: SeedUser,
  generation: Sub2ApiGeneration,
  nowMs: number,
): void {
  const userId = seed.id
  state.users.set(userId, userFromSeed(seed, nowMs))
  const [firstGroupId = null] = state.groups.keys()
  for (const key of seed.keys ?? []) {
    const groupId = key.groupId === undefined ? firstGroupId : key.groupId
    const row = keyRow({ ...key, groupId }, { id: state.nextId++, userId, generation, nowMs })
    state.keys.set(row.id, row)
  }
  for (const row of seed.usage ?? []) appendUsage(state, userId, row)
  for (const row of seed.subscriptions ?? []) {
    state.subscriptions.push({
      status: 'active',
      dailyUsageUsd: 0,
      weeklyUsageUsd: 0,
      monthlyUsageUsd: 0,
      ...row,
      id: state.nextId++,
      userId,
    })
  }
}
