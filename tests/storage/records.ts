import fc from 'fast-check'

import type { AccountRecord } from '@/src/domain/account'
import type { DraftRecord } from '@/src/domain/draft'
import { glanceRow } from '@/src/domain/glance'
import { newId } from '@/src/domain/ids'
import { complete } from '@/src/domain/metric'
import { DEFAULT_SETTINGS } from '@/src/domain/settings'
import { emptySnapshot, type SnapshotRecord } from '@/src/domain/snapshot'
import type { StoreTypes } from '@/src/storage/stores'

import { makeAccount, makeFigures, makeToday } from '../support/make'

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
  }
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
