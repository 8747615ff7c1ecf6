/** Which column a table is sorted by, and which way. */
export interface SortBy<Column> {
  readonly column: Column
  readonly direction: 'ascending' | 'descending'
}

/** What decides where an entry stands. */
export interface Place {
  /** Lower ones stand above whichever way the column is sorted: what is not known has a high one. */
  readonly rank: number
  readonly value: number | string
}

/** A second press turns the order round; a new column starts where it tells most. */
export function turned<Column>(
  sort: SortBy<Column>,
  column: Column,
  isLargestFirst: boolean,
): SortBy<Column> {
  if (sort.column === column) return { column, direction: otherWay(sort.direction) }
  return { column, direction: isLargestFirst ? 'descending' : 'ascending' }
}

export function otherWay(direction: SortBy<unknown>['direction']): SortBy<unknown>['direction'] {
  return direction === 'ascending' ? 'descending' : 'ascending'
}

/**
 * Entries in the order of a column.
 *
 * @param tiesOf words that decide among equals, in this order and never turned round
 */
export function inOrder<Entry>(
  entries: readonly Entry[],
  { direction }: SortBy<unknown>,
  placeOf: (entry: Entry) => Place,
  tiesOf: (entry: Entry) => readonly string[] = () => [],
): Entry[] {
  const words = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })
  const turn = direction === 'ascending' ? 1 : -1
  const byTies = (a: Entry, b: Entry) => {
    const others = tiesOf(b)
    for (const [at, word] of tiesOf(a).entries()) {
      const order = words.compare(word, others[at] ?? '')
      if (order !== 0) return order
    }
    return 0
  }
  return entries
    .map((entry) => ({ entry, place: placeOf(entry) }))
    .sort(
      (a, b) =>
        a.place.rank - b.place.rank ||
        compare(a.place.value, b.place.value, words) * turn ||
        byTies(a.entry, b.entry),
    )
    .map(({ entry }) => entry)
}

/** By a number that may not be known. */
export function byNumber(value: number | null | undefined): Place {
  return { rank: value == null ? 1 : 0, value: value ?? 0 }
}

function compare(a: string | number, b: string | number, words: Intl.Collator): number {
  // Two unlimited ones: infinite minus infinite is no number.
  if (typeof a === 'number' && typeof b === 'number') return a === b ? 0 : a - b
  return words.compare(String(a), String(b))
}
