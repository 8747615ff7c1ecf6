import type { KeyRef } from '@/src/domain/api-key'
import type { KeySource } from '@/src/domain/credential'
import type { ExportRecord, LedgerEntry } from '@/src/domain/export-record'
import { newId } from '@/src/domain/ids'
import { hideSecrets } from '@/src/net/redact'
import type { Vault } from '@/src/storage/vault'

export interface LedgerPorts {
  readonly vault: Pick<Vault, 'load' | 'loadAll' | 'write' | 'exclusive'>
  /** Something in it changed. */
  readonly announce: () => void
  readonly now: () => number
}

/** Where keys went. */
export interface Destination {
  /** Id of the exporter, or the kind of the gateway. */
  readonly destination: string
  readonly gatewayId?: string
  readonly options: Readonly<Record<string, string>>
}

/** Points at everything that was exported of one key. */
export type ExportedKey = { readonly fingerprint: string } | KeyRef

export type StaleReason = NonNullable<LedgerEntry['stale']>

/** Remembers which key went where, by its fingerprint. */
export interface Ledger {
  /** The same key, place and options is one entry, whose time moves. */
  note(records: readonly ExportRecord[], place: Destination): Promise<void>
  /** The newest first; what an account's list shows to be gone counts as deleted. */
  list(): Promise<LedgerEntry[]>
  forget(ids: readonly string[]): Promise<void>
  /**
   * What was exported of these keys is of no use any more, or is again (`null`). Not from inside a
   * section of the vault.
   */
  markStale(keys: readonly ExportedKey[], why: StaleReason | null): Promise<void>
}

export function createLedger({ vault, announce, now }: LedgerPorts): Ledger {
  const all = async () => (await vault.loadAll('exports')).records

  /** Lets `change` decide over all entries, with nothing in between. */
  async function edit(change: (entries: LedgerEntry[]) => LedgerEntry[]): Promise<void> {
    const changed = await vault.exclusive(async () => {
      const entries = change(await all())
      await vault.write(entries.map((put) => ({ store: 'exports', put })))
      return entries.length > 0
    })
    if (changed) announce()
  }

  return {
    note: (records, place) =>
      edit((entries) => {
        const known = new Map(entries.map((entry) => [identityOf(entry), entry]))
        const noted = new Map<string, LedgerEntry>()
        for (const record of records) {
          const entry = entryOf(record, place, now())
          const identity = identityOf(entry)
          const before = noted.get(identity) ?? known.get(identity)
          noted.set(identity, before ? { ...entry, ...sameSince(before) } : entry)
        }
        return [...noted.values()]
      }),
    async list() {
      const entries = await all()
      const gone = await goneKeys(vault, entries)
      return entries
        .map((entry): LedgerEntry => (gone(entry) ? { ...entry, stale: 'deleted' } : entry))
        .sort((a, b) => b.lastAtMs - a.lastAtMs)
    },
    async forget(ids) {
      await vault.write(ids.map((remove) => ({ store: 'exports', remove })))
      announce()
    },
    markStale: (keys, why) =>
      edit((entries) =>
        entries
          .filter((entry) => keys.some((key) => isOf(entry, key)) && (entry.stale ?? null) !== why)
          .map(({ stale: _, ...entry }) => (why ? { ...entry, stale: why } : entry)),
      ),
  }
}

const sameSince = ({ id, firstAtMs }: LedgerEntry) => ({ id, firstAtMs })

function entryOf(record: ExportRecord, place: Destination, nowMs: number): LedgerEntry {
  const { destination, gatewayId } = place
  const options = Object.entries(place.options).map(([name, value]) => [
    name,
    hideSecrets(value, [record.key]),
  ])
  return {
    id: newId('exp'),
    destination,
    ...(gatewayId === undefined ? {} : { gatewayId }),
    options: Object.fromEntries(options) as Record<string, string>,
    source: record.source,
    keyName: record.keyName,
    siteName: record.siteName,
    fingerprint: record.fingerprint,
    firstAtMs: nowMs,
    lastAtMs: nowMs,
  }
}

function identityOf({ fingerprint, destination, gatewayId, options }: LedgerEntry): string {
  const sorted = Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify([fingerprint, destination, gatewayId ?? null, sorted])
}

function isOf(entry: LedgerEntry, key: ExportedKey): boolean {
  if ('fingerprint' in key) return entry.fingerprint === key.fingerprint
  const { source } = entry
  return source.kind === 'key' && source.accountId === key.accountId && source.keyId === key.keyId
}

/**
 * Tells entries whose key is not in its account's list any more. Only a complete list that was read
 * after the export says so.
 */
async function goneKeys(
  vault: LedgerPorts['vault'],
  entries: readonly LedgerEntry[],
): Promise<(entry: LedgerEntry) => boolean> {
  const ids = new Set(entries.flatMap(({ source }) => accountIn(source) ?? []))
  const lists = await Promise.all(
    // A damaged list tells nothing.
    [...ids].map((id) => vault.load('keyLists', id).catch(() => undefined)),
  )
  const known = new Map(
    lists.flatMap((list) =>
      list?.complete
        ? [[list.id, { atMs: list.atMs, ids: new Set(list.keys.map(({ id }) => id)) }] as const]
        : [],
    ),
  )
  return ({ source, lastAtMs, stale }) => {
    if (stale || source.kind !== 'key') return false
    const list = known.get(source.accountId)
    return list !== undefined && list.atMs > lastAtMs && !list.ids.has(source.keyId)
  }
}

const accountIn = (source: KeySource): string | undefined =>
  source.kind === 'key' ? source.accountId : undefined
