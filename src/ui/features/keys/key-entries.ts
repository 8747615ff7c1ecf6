import type { Group, KeyFeatures, KeyRow } from '@/src/domain/api-key'
import type { GlanceRow } from '@/src/domain/glance'
import type { KeyListView } from '@/src/domain/key-list'
import type { SiteDescription } from '@/src/domain/site-description'
import { pageOf } from '@/src/domain/site-pages'

import { fold } from '../../view/matching'
import { type KeyAbilities, abilitiesOf } from './key-abilities'

/** A key with what lists need beside it. The account serves as the rates of its amounts. */
export interface KeyEntry {
  /** Unique over all accounts: {@link entryId}. */
  readonly id: string
  readonly row: KeyRow
  readonly account: GlanceRow
  /** What is known of its group; `undefined` = nothing. */
  readonly group: Group | undefined
  /** Tags of the account and of the credentials saved from the key. */
  readonly tagIds: readonly string[]
  readonly can: KeyAbilities
  /** The site's own page of keys, where it has one. */
  readonly siteUrl: string | null
  /** What a search looks at, folded. */
  readonly text: string
}

/** One account with all its keys. */
export interface KeySection {
  readonly account: GlanceRow
  readonly list: KeyListView
  readonly entries: readonly KeyEntry[]
}

export interface EntryParts {
  readonly lists: readonly KeyListView[]
  readonly accounts: readonly GlanceRow[]
  readonly sites: readonly SiteDescription[]
  /** Tags of credentials saved from keys, by {@link entryId}. */
  readonly savedTags: ReadonlyMap<string, readonly string[]>
}

export function entryId({ accountId, keyId }: { accountId: string; keyId: string }): string {
  return `${accountId}/${keyId}`
}

/** Same row and surroundings, same entry: lists keep what they have rendered. */
const made = new WeakMap<KeyRow, KeyEntry>()

/** The accounts that can have keys, in their order, each with its keys. */
export function sectionsOf({ lists, accounts, sites, savedTags }: EntryParts): KeySection[] {
  const byId = new Map(accounts.map((account) => [account.id, account]))
  return lists.flatMap((list) => {
    const account = byId.get(list.accountId)
    if (!account || list.state === 'unsupported') return []
    const site = sites.find(({ type }) => type === account.siteType)
    const siteUrl = site ? pageOf(site, account.origin, 'keys') : null
    const groups = new Map(list.groups?.map((group) => [group.name, group]))
    const entries = list.rows.map((row) => {
      const id = entryId({ accountId: row.accountId, keyId: row.id })
      const tagIds = [...new Set([...(account.tagIds ?? []), ...(savedTags.get(id) ?? [])])]
      const group = groups.get(row.group)
      return entryOf({ id, row, account, group, tagIds, siteUrl }, list.features)
    })
    return [{ account, list, entries }]
  })
}

function entryOf(parts: Omit<KeyEntry, 'can' | 'text'>, features: KeyFeatures): KeyEntry {
  const { row } = parts
  const known = made.get(row)
  const can = abilitiesOf(row, features)
  if (known && isSame(known, { ...parts, can })) return known
  const entry = { ...parts, can, text: fold(`${row.name}\n${row.shown}`) }
  made.set(row, entry)
  return entry
}

function isSame(known: KeyEntry, now: Omit<KeyEntry, 'text'>): boolean {
  return (
    known.account === now.account &&
    known.siteUrl === now.siteUrl &&
    known.group?.ratio === now.group?.ratio &&
    known.group?.description === now.group?.description &&
    known.tagIds.join() === now.tagIds.join() &&
    Object.entries(now.can).every(([what, able]) => known.can[what as keyof KeyAbilities] === able)
  )
}
