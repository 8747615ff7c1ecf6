import type { CredentialEntry } from './credential-entries'

/** What stands in one row of the table. */
export type CredentialLine =
  | {
      readonly kind: 'base'
      readonly id: string
      readonly baseUrl: string
      readonly entries: readonly CredentialEntry[]
      readonly folded: boolean
    }
  | { readonly kind: 'credential'; readonly id: string; readonly entry: CredentialEntry }

interface Given {
  readonly entries: readonly CredentialEntry[]
  /** Under their base addresses, or all in one list. */
  readonly grouped: boolean
  /** Base addresses whose credentials are folded away. */
  readonly folded: ReadonlySet<string>
}

/** The rows, in order; a base address stands where its first credential does. */
export function linesOf({ entries, grouped, folded }: Given): CredentialLine[] {
  if (!grouped) return entries.map(lineOf)
  const groups = new Map<string, CredentialEntry[]>()
  for (const entry of entries) {
    const { baseUrl } = entry.view.decided
    const group = groups.get(baseUrl)
    if (group) group.push(entry)
    else groups.set(baseUrl, [entry])
  }
  return [...groups].flatMap(([baseUrl, group]): CredentialLine[] => {
    const isFolded = folded.has(baseUrl)
    return [
      { kind: 'base', id: `base ${baseUrl}`, baseUrl, entries: group, folded: isFolded },
      ...(isFolded ? [] : group.map(lineOf)),
    ]
  })
}

const lineOf = (entry: CredentialEntry): CredentialLine => ({
  kind: 'credential',
  id: entry.id,
  entry,
})
