import type { KeyEntry, KeySection } from './key-entries'

/** A row of the table: an account above its keys, or a key. */
export type KeyLine =
  | {
      readonly kind: 'account'
      readonly id: string
      readonly section: KeySection
      /** What search and filters leave of its keys. */
      readonly shown: readonly KeyEntry[]
      readonly folded: boolean
    }
  | { readonly kind: 'key'; readonly id: string; readonly entry: KeyEntry }

interface Grouping {
  readonly sections: readonly KeySection[]
  /** The keys to show, in order. */
  readonly entries: readonly KeyEntry[]
  readonly grouped: boolean
  readonly folded: ReadonlySet<string>
  /** Search or filters leave keys out: accounts without a hit are left out too. */
  readonly narrowed: boolean
}

export function linesOf({ sections, entries, grouped, folded, narrowed }: Grouping): KeyLine[] {
  if (!grouped) return entries.map(keyLine)
  const byAccount = new Map<string, KeyEntry[]>()
  for (const entry of entries) {
    const those = byAccount.get(entry.account.id)
    if (those) those.push(entry)
    else byAccount.set(entry.account.id, [entry])
  }
  return sections.flatMap((section) => {
    const { id } = section.account
    const shown = byAccount.get(id) ?? []
    if (narrowed && shown.length === 0) return []
    // What was searched for must not stay out of sight.
    const isFolded = !narrowed && folded.has(id)
    const head: KeyLine = { kind: 'account', id, section, shown, folded: isFolded }
    return isFolded ? [head] : [head, ...shown.map(keyLine)]
  })
}

function keyLine(entry: KeyEntry): KeyLine {
  return { kind: 'key', id: entry.id, entry }
}
