import type { GlanceRow } from '@/src/domain/glance'
import { newId } from '@/src/domain/ids'
import type { SiteAccess, SiteRecord } from '@/src/domain/site-record'
import type { Vault } from '@/src/storage/vault'

import type { AccountBook } from './account-book'

type SiteReasons = NonNullable<SiteAccess['others']>

/** How long after a request its time is written down, ms: precise to the minute is enough. */
const SETTLE_MS = 5_000

/** Which sites Relaydeck may reach, why, since when, and when it last did. */
export interface SiteBook {
  list(): Promise<SiteAccess[]>
  get(origin: string): Promise<SiteRecord | undefined>
  /** The browser granted access just now. */
  noteGrant(origins: readonly string[]): Promise<void>
  /** A request leaves for `origin`. */
  readonly noteUse: (origin: string) => void
  update(origin: string, edit: Partial<Omit<SiteRecord, 'id' | 'origin'>>): Promise<void>
  /** Forgets what is known of sites that are neither granted nor needed by anything. */
  tidy(): Promise<void>
}

export interface SiteBookPorts {
  readonly vault: Vault
  readonly book: AccountBook
  /** Origins the browser grants, without ports: patterns carry none. */
  readonly grantedHosts: () => Promise<readonly string[]>
  readonly hasAccess: (origin: string) => Promise<boolean>
  readonly now: () => number
}

export function createSiteBook(ports: SiteBookPorts): SiteBook {
  const { vault, book, now } = ports
  const used = new Map<string, number>()
  let settling: ReturnType<typeof setTimeout> | undefined

  async function records(): Promise<Map<string, SiteRecord>> {
    const { records: found } = await vault.loadAll('sites')
    return new Map(found.map((record) => [record.origin, record]))
  }

  async function change(edits: ReadonlyMap<string, Partial<SiteRecord>>): Promise<void> {
    if (edits.size === 0) return
    await vault.exclusive(async () => {
      const known = await records()
      await vault.write(
        [...edits].map(([origin, edit]) => ({
          store: 'sites',
          put: { ...(known.get(origin) ?? newRecord(origin)), ...edit },
        })),
      )
    })
  }

  async function flushUses(): Promise<void> {
    const seen = new Map([...used].map(([origin, lastUsedAtMs]) => [origin, { lastUsedAtMs }]))
    used.clear()
    await change(seen)
  }

  return {
    async list() {
      const [known, { rows }, hosts, reasons] = await Promise.all([
        records(),
        book.glance(),
        ports.grantedHosts(),
        otherReasons(vault),
      ])
      const accounts = byOrigin(rows)
      const needed = new Set([...accounts.keys(), ...reasons.keys()])
      // Several ports of a host share one grant: it shows with what needs it there.
      const shared = new Set([...needed].map(withoutPort))
      // What is known of ports shows with the grant itself.
      const granted = new Set(hosts)
      const others = [...known.keys()].filter((origin) => !granted.has(withoutPort(origin)))
      const rest = [...hosts, ...others].filter((origin) => !shared.has(withoutPort(origin)))
      // A grant nobody knows the reason of must show all the same.
      const origins = new Set([...needed, ...rest])
      const entries = await Promise.all(
        [...origins].map(async (origin): Promise<SiteAccess> => {
          const record = known.get(origin)
          const others = reasons.get(origin)
          const sinceMs = record?.grantedAtMs ?? known.get(withoutPort(origin))?.grantedAtMs
          const lastUsedAtMs = used.get(origin) ?? record?.lastUsedAtMs
          return {
            origin,
            granted: await ports.hasAccess(origin),
            accounts: (accounts.get(origin) ?? []).map(({ id, name }) => ({ id, name })),
            ...(others ? { others } : {}),
            ...(sinceMs === undefined ? {} : { sinceMs }),
            ...(lastUsedAtMs === undefined ? {} : { lastUsedAtMs }),
            autoHelp: record?.autoHelp ?? false,
            ...(record?.findCodes ? { findCodes: true } : {}),
          }
        }),
      )
      return entries
        .filter(({ origin, granted }) => granted || needed.has(origin))
        .sort((a, b) => (a.origin < b.origin ? -1 : 1))
    },
    async get(origin) {
      return (await records()).get(origin)
    },
    noteGrant: (origins) =>
      change(new Map(origins.map((origin) => [origin, { grantedAtMs: now() }]))),
    noteUse(origin) {
      used.set(origin, now())
      settling ??= setTimeout(() => {
        settling = undefined
        flushUses().catch(() => {
          // The time of a last use is a courtesy; the next one is written again.
        })
      }, SETTLE_MS)
    },
    update: (origin, edit) => change(new Map([[origin, edit]])),
    async tidy() {
      const sites = await this.list()
      // What is known of a grant stands under its host, whatever the ports of the accounts there.
      const listed = new Set(sites.flatMap(({ origin }) => [origin, withoutPort(origin)]))
      const gone = [...(await records()).values()].filter(({ origin }) => !listed.has(origin))
      await vault.write(gone.map(({ id }) => ({ store: 'sites', remove: id })))
    },
  }
}

/** What besides accounts needs a site, by origin. */
async function otherReasons(vault: Vault): Promise<Map<string, SiteReasons>> {
  const [credentials, gateways, channels] = await Promise.all([
    vault.loadAll('credentials'),
    vault.loadAll('gateways'),
    vault.loadAll('channels'),
  ])
  const reasons = new Map<string, SiteReasons>()
  const count = (address: string, kind: keyof SiteReasons) => {
    if (!URL.canParse(address)) return
    const { origin } = new URL(address)
    const before = reasons.get(origin) ?? { credentials: 0, gateways: 0, channels: 0 }
    reasons.set(origin, { ...before, [kind]: before[kind] + 1 })
  }
  for (const { decided } of credentials.records) count(decided.baseUrl, 'credentials')
  for (const { address } of gateways.records) count(address, 'gateways')
  for (const { origin } of channels.records) count(origin, 'channels')
  return reasons
}

function byOrigin(rows: readonly GlanceRow[]): Map<string, GlanceRow[]> {
  const groups = new Map<string, GlanceRow[]>()
  for (const row of rows) groups.set(row.origin, [...(groups.get(row.origin) ?? []), row])
  return groups
}

function newRecord(origin: string): SiteRecord {
  return { id: newId('site'), origin, autoHelp: false }
}

/** Permissions name scheme and host; two ports of one host share one. */
function withoutPort(origin: string): string {
  const { protocol, hostname } = new URL(origin)
  return `${protocol}//${hostname}`
}
