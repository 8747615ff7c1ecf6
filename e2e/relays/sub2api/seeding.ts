import { randomBytes } from 'node:crypto'

import type { Sub2ApiOptions } from './options'
import type { SeedAnnouncement, SeedGroup, SeedRedeemCode } from './options-site'
import { seedUser } from './seeding-user'
import type { AnnouncementRow, GroupRow, RedeemRow, SiteSettings, Sub2ApiState } from './state'

const DEFAULT_GROUPS: SeedGroup[] = [
  {
    id: 4,
    name: 'claude',
    platform: 'anthropic',
    rateMultiplier: 1.2,
    models: [
      {
        name: 'claude-sonnet-4',
        pricing: {
          inputPrice: 0.000003,
          outputPrice: 0.000015,
          cacheWritePrice: 0.00000375,
          cacheReadPrice: 3e-7,
        },
      },
      { name: 'claude-opus-4', pricing: null },
    ],
  },
  {
    id: 5,
    name: 'gpt',
    platform: 'openai',
    models: [{ name: 'gpt-4o', pricing: { inputPrice: 0.0000025, outputPrice: 0.00001 } }],
  },
]

const DAY_SEC = 86_400

function settingsOf(options: Sub2ApiOptions): SiteSettings {
  return {
    siteName: options.siteName ?? 'Sub2API',
    version: options.version ?? (options.generation === 'new' ? '0.1.177' : '0.1.1'),
    apiBaseUrl: options.apiBaseUrl ?? '',
    turnstile: options.turnstile ?? false,
    backendMode: options.backendMode ?? false,
    sessionBinding: options.sessionBinding ?? false,
    runMode: options.runMode ?? 'standard',
    accessTokenSec: options.accessTokenSec ?? DAY_SEC,
    refreshTokenSec: options.refreshTokenSec ?? 30 * DAY_SEC,
    serverTimezone: options.serverTimezone ?? 'Asia/Shanghai',
    availableChannels: options.availableChannels ?? true,
    modelPlaza: options.modelPlaza ?? false,
    affiliate: options.affiliate ?? false,
    clearsOmittedIpLists: options.clearsOmittedIpLists ?? false,
  }
}

function groupFromSeed(seed: SeedGroup, nowMs: number): GroupRow {
  return {
    description: '',
    platform: 'anthropic',
    rateMultiplier: 1,
    isExclusive: false,
    status: 'active',
    subscriptionType: 'standard',
    dailyLimitUsd: null,
    weeklyLimitUsd: null,
    monthlyLimitUsd: null,
    peak: null,
    claudeCodeOnly: false,
    models: [],
    createdAtMs: nowMs,
    ...seed,
  }
}

function redeemFromSeed(seed: SeedRedeemCode, id: number, nowMs: number): RedeemRow {
  const usedBy = seed.usedBy ?? null
  return {
    type: 'balance',
    value: 0,
    status: usedBy === null ? 'unused' : 'used',
    groupId: null,
    validityDays: 0,
    usedAtMs: usedBy === null ? null : nowMs,
    notes: '',
    ...seed,
    usedBy,
    id,
    createdAtMs: nowMs,
  }
}

function announcementFromSeed(seed: SeedAnnouncement, id: number, nowMs: number): AnnouncementRow {
  const { readBy = [], notifyMode = 'silent', startsAtMs = null, endsAtMs = null } = seed
  return {
    id,
    title: seed.title,
    content: seed.content,
    notifyMode,
    startsAtMs,
    endsAtMs,
    createdAtMs: nowMs,
    readAtMs: new Map(readBy.map((userId) => [userId, nowMs])),
  }
}

function emptyState(options: Sub2ApiOptions): Sub2ApiState {
  return {
    settings: settingsOf(options),
    users: new Map(),
    groups: new Map(),
    keys: new Map(),
    usage: [],
    subscriptions: [],
    redeemCodes: [],
    announcements: [],
    refreshTokens: new Map(),
    refreshUses: new Map(),
    refreshLog: [],
    isRefreshStoreUp: true,
    pendingLogins: new Map(),
    turnstileTokens: new Set(),
    idempotency: new Map(),
    secret: randomBytes(32).toString('hex'),
    nextId: 1,
  }
}

/** Builds the state from the seeds; ids of rows follow the order of the seeds. */
export function createState(options: Sub2ApiOptions, nowMs: number): Sub2ApiState {
  const state = emptyState(options)
  for (const seed of options.groups ?? DEFAULT_GROUPS) {
    state.groups.set(seed.id, groupFromSeed(seed, nowMs))
  }
  for (const seed of options.users) seedUser(state, seed, options.generation, nowMs)
  for (const seed of options.redeemCodes ?? []) {
    state.redeemCodes.push(redeemFromSeed(seed, state.nextId++, nowMs))
  }
  for (const seed of options.announcements ?? []) {
    state.announcements.push(announcementFromSeed(seed, state.nextId++, nowMs))
  }
  return state
}
