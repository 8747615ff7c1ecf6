import { randomBytes } from 'node:crypto'

import {
  DEFAULT_GROUPS,
  DEFAULT_MODEL_INFOS,
  DEFAULT_MODELS,
  DEFAULT_OWNED_BY,
  DEFAULT_PRICES,
} from './defaults'
import { appendLog } from './log-rows'
import type { DoneHubOptions, HubGroupSeed, HubSeedKey, HubSeedUser } from './options'
import {
  randomAccessToken,
  randomKey,
  randomText,
  type HubGroup,
  type HubState,
  type HubToken,
  type HubUser,
} from './state'
import { freshSetting } from './token-setting'

function userFromSeed(seed: HubSeedUser, nowSec: number): HubUser {
  return {
    id: seed.id,
    username: seed.username,
    displayName: seed.displayName ?? seed.username,
    password: seed.password,
    email: seed.email ?? '',
    quota: seed.quota,
    usedQuota: seed.usedQuota ?? 0,
    requestCount: seed.requestCount ?? 0,
    group: seed.group ?? 'default',
    role: seed.role ?? 1,
    status: seed.status ?? 1,
    accessToken: seed.accessToken ?? randomAccessToken(),
    affCode: randomText(4),
    createdTime: nowSec,
    lastLoginTime: 0,
    lastLoginIp: '',
  }
}

function tokenFromSeed(seed: HubSeedKey, id: number, userId: number, nowSec: number): HubToken {
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
    group: seed.group ?? '',
    backupGroup: seed.backupGroup ?? '',
    setting: seed.setting ?? freshSetting(seed.modelLimits ?? []),
  }
}

function groupsFromSeeds(seeds: Record<string, HubGroupSeed>): Map<string, HubGroup> {
  const groups = Object.entries(seeds).map(([symbol, seed], index): [string, HubGroup] => [
    symbol,
    {
      id: index + 1,
      symbol,
      name: seed.name ?? symbol,
      description: seed.description ?? '',
      ratio: seed.ratio,
      apiRate: seed.apiRate ?? 600,
      public: seed.public ?? true,
      enable: seed.enable ?? true,
    },
  ])
  return new Map(groups)
}

function emptyState(options: DoneHubOptions, nowSec: number): HubState {
  const codes = Object.entries(options.redemptions ?? {})
  return {
    startedAtSec: nowSec,
    users: new Map(),
    tokens: new Map(),
    logs: [],
    groups: groupsFromSeeds(options.groups ?? DEFAULT_GROUPS),
    models: new Map(Object.entries(options.models ?? DEFAULT_MODELS)),
    prices: [...(options.prices ?? DEFAULT_PRICES)],
    modelInfos: [...(options.modelInfos ?? DEFAULT_MODEL_INFOS)],
    ownedBy: new Map(DEFAULT_OWNED_BY),
    redemptions: new Map(
      codes.map(([code, quota], index) => [code, { id: index + 1, quota, status: 1 }]),
    ),
    secret: randomBytes(32).toString('hex'),
    texts: { notice: '', about: '', homePage: '', agreement: '', privacy: '' },
    nextTokenId: 1,
    nextLogId: 1,
  }
}

/** Builds the state from the seeds. Log ids follow time, so "id descending" is "newest first". */
export function createState(options: DoneHubOptions, nowMs: number): HubState {
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
