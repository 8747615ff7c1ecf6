import fc from 'fast-check'

import type { AccountRecord } from '@/src/domain/account'
import { DEFAULT_AUTOMATION } from '@/src/domain/automation-settings'
import type { DraftRecord } from '@/src/domain/draft'
import { glanceRow } from '@/src/domain/glance'
import { newId } from '@/src/domain/ids'
import { complete, unavailable } from '@/src/domain/metric'
import { DEFAULT_SETTINGS } from '@/src/domain/settings'
import { emptySnapshot, type SnapshotRecord } from '@/src/domain/snapshot'
import type { StoreTypes } from '@/src/storage/stores'

import { makeAccount, makeFigures, makeKey, makeToday } from '../support/make'

const epochMs = fc.integer({ min: 0, max: 4_000_000_000_000 })
const words = (maxLength: number, minLength = 0) =>
  fc.string({ unit: 'binary', minLength, maxLength })

const auth = fc.oneof(
  fc.record({ mode: fc.constant('token' as const), accessToken: words(200, 8) }),
  fc.constant({ mode: 'cookie' as const }),
)

/** Accounts with any text people and sites may come up with, emoji and control characters too. */
export const anyAccount: fc.Arbitrary<AccountRecord> = fc
  .record({
    auth,
    name: words(60, 1),
    notes: words(500),
    username: words(100),
    tagIds: fc.array(words(20), { maxLength: 4 }),
    disabled: fc.boolean(),
    exchangeRate: fc.double({ min: 0.01, max: 100_000, noNaN: true }),
    atMs: epochMs,
  })
  .map(({ atMs, ...decided }) =>
    makeAccount(decided, { createdAtMs: atMs, decidedAtMs: { name: atMs, notes: atMs } }),
  )

/** A record of every store, each carrying its `canary` in every free text. */
export function oneOfEach(canary: string): StoreTypes {
  const accountId = newId('acc')
  const draftId = newId('draft')
  const account = makeAccount(
    {
      origin: `https://${canary}.example`,
      userId: canary,
      auth: { mode: 'token', accessToken: canary },
      name: canary,
      username: canary,
      notes: canary,
      tagIds: [canary],
    },
    { id: accountId },
  )
  const snapshot: SnapshotRecord = {
    ...emptySnapshot(accountId),
    status: { systemName: canary },
    figures: makeFigures({ userId: canary, username: canary, balance: complete(987_654_321) }),
    today: makeToday(),
    lastAttempt: { atMs: 1, failure: { class: 'server', detail: canary } },
  }
  return {
    accounts: account,
    snapshots: snapshot,
    bonds: {
      id: accountId,
      session: { bearer: canary, expiresAtMs: 1, sessionId: canary, refreshToken: canary },
      cookies: { header: canary, atMs: 1 },
    },
    drafts: makeDraft(draftId, canary),
    jobs: {
      id: newId('job'),
      kind: 'refresh',
      startedAtMs: 1,
      accountIds: [canary],
      state: 'running',
    },
    sites: { id: newId('site'), origin: `https://${canary}.example`, autoHelp: false },
    settings: { id: 'settings', decided: DEFAULT_SETTINGS, decidedAtMs: { [canary]: 1 } },
    derived: { id: 'glance', rows: [glanceRow(account, snapshot)] },
    ...keyRecords(accountId, canary),
    ...automationRecords(accountId, canary),
  }
}

type KeyStores = Omit<
  StoreTypes,
  | 'accounts'
  | 'snapshots'
  | 'bonds'
  | 'drafts'
  | 'jobs'
  | 'sites'
  | 'settings'
  | 'derived'
  | keyof ReturnType<typeof automationRecords>
>

/** What is stored about keys, credentials and where they went. */
function keyRecords(accountId: string, canary: string): KeyStores {
  const credentialId = newId('cred')
  const source = { kind: 'credential' as const, credentialId }
  const key = makeKey({ id: canary, name: canary, key: { kind: 'masked', text: canary } })
  const unknown = unavailable('never-fetched')
  return {
    keyLists: { id: accountId, atMs: 1, complete: true, keys: [key] },
    keySecrets: {
      id: accountId,
      secrets: { [canary]: { text: canary, shown: canary, fingerprint: canary, atMs: 1 } },
    },
    totp: { id: accountId, secret: canary },
    credentials: {
      id: credentialId,
      createdAtMs: 1,
      updatedAtMs: 1,
      decided: {
        name: canary,
        baseUrl: `https://${canary}.example`,
        apiKey: canary,
        apiType: 'openai-compatible',
        tagIds: [],
        notes: canary,
        query: { mode: 'auto' },
      },
      decidedAtMs: {},
    },
    credentialStates: {
      id: credentialId,
      attemptAtMs: 1,
      health: 'warning',
      unlimited: false,
      balanceUsd: complete(987_654_321),
      todayCostUsd: unknown,
      todayRequests: unknown,
      todayTokens: unknown,
      totalUsedUsd: unknown,
      totalGrantedUsd: unknown,
      models: { count: 1, first: [canary] },
      attempts: [],
    },
    tags: { id: newId('tag'), name: canary, createdAtMs: 1 },
    checkRuns: {
      id: newId('run'),
      source,
      label: canary,
      apiType: 'anthropic',
      startedAtMs: 1,
      state: 'done',
      results: [],
    },
    gateways: {
      id: newId('gate'),
      kind: 'cli-proxy-api',
      name: canary,
      address: `http://${canary}.example`,
      secret: canary,
      createdAtMs: 1,
    },
    exports: {
      id: newId('exp'),
      destination: canary,
      options: { app: canary },
      source,
      keyName: canary,
      siteName: canary,
      fingerprint: canary,
      firstAtMs: 1,
      lastAtMs: 1,
    },
    chores: {
      id: newId('job'),
      kind: 'repair',
      state: 'running',
      startedAtMs: 1,
      accounts: [],
      keys: [{ accountId, keyId: canary, name: canary, state: 'waiting' }],
    },
  }
}

/** What is stored about what runs by itself. */
function automationRecords(accountId: string, canary: string) {
  return {
    agenda: { id: 'agenda', plannedAtMs: 1, zoneMin: 0, nextAtMs: null, watches: false },
    automation: {
      id: 'automation',
      decided: DEFAULT_AUTOMATION,
      decidedAtMs: { [canary]: 1 },
    },
    checkIns: {
      id: accountId,
      sinceMs: 1,
      clock: [{ fromMs: 0, toMs: 0 }],
      sent: { runId: canary, atMs: 1 },
      tries: { count: 1, lastAtMs: 1 },
      days: [],
    },
    journal: {
      id: newId('run'),
      kind: 'check-in',
      why: 'you',
      slot: '2026-11-26',
      state: 'failed',
      startedAtMs: 1,
      lines: [{ id: canary, state: 'failed', failure: { class: 'server', detail: canary } }],
    },
    batches: {
      id: newId('run'),
      startedAtMs: 1,
      state: 'running',
      accountIds: [accountId],
      codes: [{ code: canary, state: 'waiting' }],
    },
    sentCodes: {
      id: `code_${'0'.repeat(32)}`,
      accountId,
      state: 'redeemed',
      atMs: 1,
      kind: canary,
    },
    channels: {
      id: newId('chan'),
      enabled: true,
      origin: `https://${canary}.example`,
      config: { kind: 'telegram', address: canary, token: canary, chatId: canary },
      decidedAtMs: 1,
    },
    quiet: { id: 'notices', until: { [canary]: 1 } },
  } satisfies Partial<StoreTypes>
}

function makeDraft(id: string, canary: string): DraftRecord {
  return {
    id,
    createdAtMs: 1,
    recognition: {
      draftId: id,
      origin: `https://${canary}.example`,
      siteType: 'new-api',
      generation: 'g1b',
      evidence: [{ sign: 'host', detail: canary }],
      siteName: canary,
      userId: canary,
      username: canary,
      balance: complete(1),
      quotaPerUnit: 500_000,
      exchangeRate: 7,
      ways: ['found-token'],
      unit: 'points',
      existing: [],
    },
    access: { kind: 'token', userId: canary, accessToken: canary },
    existingToken: canary,
    refreshToken: canary,
  }
}
