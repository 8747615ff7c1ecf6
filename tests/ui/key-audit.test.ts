import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { KeyRow } from '@/src/domain/api-key'
import type { LedgerEntry } from '@/src/domain/export-record'
import { complete, unavailable } from '@/src/domain/metric'
import { auditKeys, type AuditParts, type FindingKind } from '@/src/ui/view/key-audit'

import { BARE, FULL, makeKey, makeList } from './support/make-key'
import { makeRow } from './support/make-row'

const DAY_MS = 86_400_000
const NOW = Date.UTC(2026, 10, 26)
const account = makeRow(1)
const other = makeRow(2)

/** A key nothing is to be said about. */
const plain = (index: number, given: Partial<KeyRow> = {}): KeyRow =>
  makeKey(account.id, index, {
    remaining: complete(10),
    expiresAtMs: NOW + DAY_MS,
    ipLimits: ['10.0.0.1'],
    lastUsedAtMs: NOW - DAY_MS,
    ...given,
  })

const audit = (parts: Partial<AuditParts>) =>
  auditKeys({ lists: [], ledger: [], credentials: [], nowMs: NOW, ...parts })

const kindsOf = (row: KeyRow, given: Parameters<typeof makeList>[2] = {}): FindingKind[] =>
  audit({ lists: [makeList(account, [row], given)] }).map(({ kind }) => kind)

function exported(given: Partial<LedgerEntry> = {}): LedgerEntry {
  return {
    id: `exp_${'0'.repeat(32)}`,
    destination: 'codex',
    options: {},
    source: { kind: 'key', accountId: account.id, keyId: '1' },
    keyName: 'key 1',
    siteName: 'Nova',
    fingerprint: 'f1',
    firstAtMs: NOW,
    lastAtMs: NOW,
    ...given,
  }
}

describe('the key audit', () => {
  it('has nothing to say about a limited key in use', () => {
    expect(kindsOf(plain(1))).toEqual([])
  })

  it.each<[FindingKind, Partial<KeyRow>]>([
    ['unlimited', { remaining: null }],
    ['never-expires', { expiresAtMs: null }],
    ['any-address', { ipLimits: [] }],
    ['dead-group', { group: 'gone' }],
    ['dead-group', { backupGroup: 'gone' }],
    ['expired', { expiresAtMs: NOW }],
    ['expired', { status: 'expired' }],
    ['exhausted', { status: 'exhausted' }],
    ['exhausted', { remaining: complete(0) }],
    ['unused', { lastUsedAtMs: NOW - 31 * DAY_MS }],
    ['unused', { lastUsedAtMs: null, used: complete(0) }],
  ])('finds %s: %o', (kind, given) => {
    expect(kindsOf(plain(1, given))).toEqual([kind])
  })

  it.each<[string, Partial<KeyRow>]>([
    ['a use that is not told', { lastUsedAtMs: null }],
    ['an unknown amount', { lastUsedAtMs: null, used: unavailable('unsupported') }],
    ['a young key', { lastUsedAtMs: null, used: complete(0), createdAtMs: NOW - 6 * DAY_MS }],
    ['an unknown rest', { remaining: unavailable('unsupported') }],
  ])('takes %s for no fault', (_, given) => {
    expect(kindsOf(plain(1, given))).toEqual([])
  })

  it('calls a key that was last used when it was made never used', () => {
    const createdAtMs = NOW - 8 * DAY_MS
    const row = plain(1, { createdAtMs, lastUsedAtMs: createdAtMs, used: complete(0) })
    expect(kindsOf(row)).toEqual(['unused'])
  })

  it('knows no dead group where the groups are not known, and no addresses where a site has none', () => {
    const row = plain(1, { group: 'gone', ipLimits: [] })
    const features = { ...FULL, ipForm: 'none' as const }
    const { groups: _, ...list } = makeList(account, [row], { features })
    expect(audit({ lists: [list] })).toEqual([])
  })

  it('finds the same text at another key and at a credential that was not saved from it', () => {
    const rows = [plain(1, { fingerprint: 'f1' })]
    const twin = makeKey(other.id, 9, { ...plain(9), accountId: other.id, fingerprint: 'f1' })
    const credential = (link?: { accountId: string; keyId: string }) =>
      ({ fingerprint: 'f1', decided: link ? { link } : {} }) as AuditParts['credentials'][number]
    const [finding] = audit({
      lists: [makeList(account, rows), makeList(other, [twin])],
      credentials: [credential(), credential({ accountId: account.id, keyId: '1' })],
    })
    expect(finding?.kind).toBe('duplicated')
    expect(finding?.items.map(({ twins }) => twins)).toEqual([2, 3])
    const saved = [credential({ accountId: account.id, keyId: '1' })]
    expect(audit({ lists: [makeList(account, rows)], credentials: saved })).toEqual([])
  })

  it('counts programs, not exports, and none that is outdated', () => {
    const ledger = [
      exported(),
      exported({ options: { shell: 'posix' } }),
      exported({ destination: 'curl' }),
      exported({ destination: 'cli-proxy-api', gatewayId: `gate_${'1'.repeat(32)}` }),
    ]
    const lists = [makeList(account, [plain(1, { fingerprint: 'f1' })])]
    expect(audit({ lists, ledger })).toMatchObject([
      {
        kind: 'many-places',
        items: [{ places: 3, fixes: [{ act: 'exports' }, { act: 'rotate' }] }],
      },
    ])
    expect(audit({ lists, ledger: ledger.slice(0, 3) })).toEqual([])
  })

  it('finds what is outdated where it was exported, also of a key that is gone', () => {
    const gone = exported({
      id: `exp_${'1'.repeat(32)}`,
      source: { kind: 'key', accountId: account.id, keyId: '7' },
      stale: 'deleted',
    })
    const lists = [makeList(account, [plain(1)])]
    const [finding] = audit({ lists, ledger: [exported({ stale: 'disabled' }), gone] })
    expect(finding).toMatchObject({ kind: 'stale-export', severity: 'bad' })
    expect(finding?.items.map(({ fixes }) => fixes.map(({ act }) => act))).toEqual([
      ['exports', 'forget-export'],
      ['forget-export'],
    ])
  })

  it('offers no fix a site cannot do', () => {
    const row = plain(1, { remaining: null, lastUsedAtMs: NOW - 40 * DAY_MS })
    const findings = audit({ lists: [makeList(account, [row], { features: BARE })] })
    expect(findings.flatMap(({ items }) => items.flatMap(({ fixes }) => fixes))).toEqual([])
    expect(findings.every(({ all }) => all === undefined)).toBe(true)
  })

  it('says at most once the same of a key, and nothing is risky about one that is off', () => {
    const time = fc.option(fc.integer({ min: NOW - 90 * DAY_MS, max: NOW + 90 * DAY_MS }))
    const rows = fc.record({
      status: fc.constantFrom<KeyRow['status']>('enabled', 'disabled', 'expired', 'exhausted'),
      remaining: fc.constantFrom(null, complete(0), complete(5), unavailable('unsupported')),
      used: fc.constantFrom(complete(0), complete(5), unavailable('unsupported')),
      lastUsedAtMs: time,
      createdAtMs: time,
      expiresAtMs: time,
      group: fc.constantFrom('', 'default', 'gone'),
      ipLimits: fc.constantFrom<string[]>([], ['10.0.0.1']),
      fingerprint: fc.constantFrom('f1', 'f2'),
    })
    fc.assert(
      fc.property(fc.array(rows, { maxLength: 8 }), (given) => {
        const keys = given.map((one, index) => makeKey(account.id, index, one))
        const findings = audit({ lists: [makeList(account, keys)], ledger: [exported()] })
        for (const { kind, items } of findings) {
          expect(items.length).toBeGreaterThan(0)
          expect(new Set(items.map(({ id }) => id)).size).toBe(items.length)
          if (!['unlimited', 'never-expires', 'any-address', 'dead-group'].includes(kind)) continue
          for (const { row } of items) expect(row?.status).toBe('enabled')
        }
      }),
    )
  })
})
