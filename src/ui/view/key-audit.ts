import type { KeyField, KeyRow } from '@/src/domain/api-key'
import type { CredentialView } from '@/src/domain/credential'
import type { LedgerEntry } from '@/src/domain/export-record'
import type { KeyListView } from '@/src/domain/key-list'

/** What is looked for, the gravest first. */
export const FINDING_KINDS = [
  'stale-export',
  'dead-group',
  'expired',
  'exhausted',
  'unlimited',
  'unused',
  'duplicated',
  'many-places',
  'never-expires',
  'any-address',
] as const

export type FindingKind = (typeof FINDING_KINDS)[number]

/**
 * `bad`: something does not work. `attention`: it costs or may soon. `unknown`: fine where it is
 * wanted so.
 */
export type Severity = 'bad' | 'attention' | 'unknown'

/** What mends it; only what the key's site can do. */
export type Fix =
  | { readonly act: 'edit'; readonly field: KeyField }
  | {
      readonly act:
        'disable' | 'delete' | 'duplicate' | 'rotate' | 'details' | 'exports' | 'forget-export'
    }

export interface AuditItem {
  readonly id: string
  /** Absent for an export of a key that is not there any more. */
  readonly row?: KeyRow
  /** The export that is outdated. */
  readonly entry?: LedgerEntry
  /** Programs the key is in. */
  readonly places?: number
  /** Other keys and credentials of the same text. */
  readonly twins?: number
  readonly fixes: readonly Fix[]
}

export interface Finding {
  readonly kind: FindingKind
  readonly severity: Severity
  readonly items: readonly AuditItem[]
  /** What mends all at once; absent = each wants a look. */
  readonly all?: 'disable' | 'delete'
}

export interface AuditParts {
  readonly lists: readonly KeyListView[]
  readonly ledger: readonly LedgerEntry[]
  readonly credentials: readonly Pick<CredentialView, 'fingerprint' | 'decided'>[]
  readonly nowMs: number
}

const DAY_MS = 86_400_000
const UNUSED_MS = 30 * DAY_MS
/** A key that was never used may be meant for later, for so long. */
const YOUNG_MS = 7 * DAY_MS
const MANY_PLACES = 3

const SEVERITIES: Readonly<Record<FindingKind, Severity>> = {
  'stale-export': 'bad',
  'dead-group': 'bad',
  expired: 'attention',
  exhausted: 'attention',
  unlimited: 'attention',
  unused: 'attention',
  duplicated: 'attention',
  'many-places': 'unknown',
  'never-expires': 'unknown',
  'any-address': 'unknown',
}

const ALL: Partial<Record<FindingKind, 'disable' | 'delete'>> = {
  expired: 'delete',
  unused: 'disable',
}

/** What is worth mending about all keys; nothing that is not known counts as a fault. */
export function auditKeys(parts: AuditParts): Finding[] {
  const found = new Map<FindingKind, AuditItem[]>(FINDING_KINDS.map((kind) => [kind, []]))
  const exported = exportsOf(parts.ledger)
  const twins = twinsOf(parts)
  for (const list of parts.lists) {
    for (const row of list.rows) {
      const add: Add = (kind, fixes, rest = {}) => {
        found.get(kind)?.push({ id: `${row.accountId}/${row.id}`, row, fixes, ...rest })
      }
      auditLimits(list, row, parts.nowMs, add)
      auditPlaces(list, { places: exported.of(row), twins: twins(row) }, add)
    }
  }
  found.get('stale-export')?.push(...staleItems(parts))
  return FINDING_KINDS.flatMap((kind) => {
    const items = found.get(kind) ?? []
    const all = ALL[kind]
    const able = all && items.some(({ fixes }) => fixes.some(({ act }) => act === all))
    const finding = { kind, severity: SEVERITIES[kind], items }
    return items.length === 0 ? [] : [able ? { ...finding, all } : finding]
  })
}

type Add = (
  kind: FindingKind,
  fixes: readonly Fix[],
  rest?: Pick<AuditItem, 'places' | 'twins'>,
) => void

function auditLimits(list: KeyListView, row: KeyRow, nowMs: number, add: Add): void {
  const fixes = fixesFor(list)
  const { status, remaining, expiresAtMs } = row
  const isExpired = status === 'expired' || (expiresAtMs !== null && expiresAtMs <= nowMs)
  const isExhausted =
    status === 'exhausted' || (remaining?.state === 'complete' && remaining.value <= 0)
  if (isExpired) add('expired', [...fixes.remove, ...fixes.edit('expiresAtMs')])
  else if (isExhausted) add('exhausted', [...fixes.edit('remaining'), ...fixes.remove])
  if (isUnused(row, nowMs)) add('unused', [...fixes.disable(row), ...fixes.remove])
  // What cannot be used is no risk.
  if (isExpired || isExhausted || status === 'disabled') return
  if (remaining === null) add('unlimited', fixes.edit('remaining'))
  if (expiresAtMs === null) add('never-expires', fixes.edit('expiresAtMs'))
  if (list.features.ipForm !== 'none' && row.ipLimits.length === 0) {
    add('any-address', fixes.edit('ipLimits'))
  }
  if (isDeadGroup(list, row)) add('dead-group', fixes.edit('group'))
}

function auditPlaces(
  { features }: KeyListView,
  { places, twins }: { readonly places: number; readonly twins: number },
  add: Add,
): void {
  const { create, canDisable, canRemove } = features
  const canRotate = create.length > 0 && (canDisable || canRemove)
  const rotate: Fix[] = canRotate ? [{ act: 'rotate' }] : []
  if (places >= MANY_PLACES) add('many-places', [{ act: 'exports' }, ...rotate], { places })
  if (twins > 0) add('duplicated', [{ act: 'details' }], { twins })
}

/** What the site of these keys can do. A field that never changes takes a new key. */
function fixesFor({ features }: KeyListView) {
  const { edit, create, canDisable, canRemove } = features
  const remove: Fix[] = canRemove ? [{ act: 'delete' }] : []
  return {
    remove,
    edit: (field: KeyField): Fix[] => {
      if (edit.includes(field)) return [{ act: 'edit', field }]
      return create.includes(field) ? [{ act: 'duplicate' }] : []
    },
    disable: ({ status }: KeyRow): Fix[] =>
      canDisable && status !== 'disabled' ? [{ act: 'disable' }] : [],
  }
}

/** Not used for a month, or never since it was made; a use that is not told is no lack of use. */
function isUnused({ lastUsedAtMs, createdAtMs, used }: KeyRow, nowMs: number): boolean {
  if (lastUsedAtMs !== null && nowMs - lastUsedAtMs > UNUSED_MS) return true
  // Some sites call the making of a key its last use.
  const wasUsed = lastUsedAtMs !== null && lastUsedAtMs > (createdAtMs ?? 0) + 1000
  const isSpent = used.state !== 'complete' || used.value > 0
  if (wasUsed || isSpent || createdAtMs === null) return false
  return nowMs - createdAtMs > YOUNG_MS
}

function isDeadGroup({ groups }: KeyListView, { group, backupGroup = '' }: KeyRow): boolean {
  const isGone = (name: string) => name !== '' && !groups?.some((one) => one.name === name)
  return groups !== undefined && groups.length > 0 && (isGone(group) || isGone(backupGroup))
}

/** How many programs have a key, by its text or its place. */
function exportsOf(ledger: readonly LedgerEntry[]) {
  const byName = new Map<string, Set<string>>()
  for (const { fingerprint, source, destination, gatewayId = '', stale } of ledger) {
    if (stale !== undefined) continue
    const names = [fingerprint, ...(source.kind === 'key' ? [nameOf(source)] : [])]
    for (const name of names) {
      byName.set(name, (byName.get(name) ?? new Set()).add(`${destination} ${gatewayId}`))
    }
  }
  return {
    of: ({ fingerprint = '', accountId, id }: KeyRow): number => {
      const places = [fingerprint, nameOf({ accountId, keyId: id })].flatMap((name) => [
        ...(byName.get(name) ?? []),
      ])
      return new Set(places).size
    },
  }
}

const nameOf = ({ accountId, keyId }: { accountId: string; keyId: string }) =>
  `${accountId}/${keyId}`

/** How many others have the text of a key; a credential that was saved from it is no other. */
function twinsOf({ lists, credentials }: AuditParts): (row: KeyRow) => number {
  const holders = new Map<string, (string | undefined)[]>()
  const add = (fingerprint: string | undefined, holder: string | undefined) => {
    if (!fingerprint) return
    holders.set(fingerprint, [...(holders.get(fingerprint) ?? []), holder])
  }
  for (const { rows } of lists) {
    for (const { fingerprint, accountId, id } of rows) {
      add(fingerprint, nameOf({ accountId, keyId: id }))
    }
  }
  for (const { fingerprint, decided } of credentials) {
    add(fingerprint, decided.link && nameOf(decided.link))
  }
  return ({ fingerprint = '', accountId, id }) => {
    const own = nameOf({ accountId, keyId: id })
    return (holders.get(fingerprint) ?? []).filter((holder) => holder !== own).length
  }
}

function staleItems({ lists, ledger }: AuditParts): AuditItem[] {
  const rows = new Map(
    lists.flatMap((list) =>
      list.rows.map((row) => [nameOf({ accountId: row.accountId, keyId: row.id }), row] as const),
    ),
  )
  return ledger.flatMap((entry) => {
    if (entry.stale === undefined) return []
    const row = entry.source.kind === 'key' ? rows.get(nameOf(entry.source)) : undefined
    const show: Fix[] = row ? [{ act: 'exports' }] : []
    return [
      { id: entry.id, ...(row ? { row } : {}), entry, fixes: [...show, { act: 'forget-export' }] },
    ]
  })
}
