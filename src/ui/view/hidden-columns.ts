/**
 * Which columns of a table a person has hidden, kept in this browser: no secret, and nothing that
 * would be missed.
 */
export interface HiddenColumns<Column extends string> {
  readonly load: () => readonly Column[]
  readonly save: (hidden: readonly Column[]) => void
}

/** @param first what is hidden until somebody chooses */
export function hiddenColumns<Column extends string>(
  item: string,
  columns: readonly Column[],
  first: readonly Column[] = [],
): HiddenColumns<Column> {
  return {
    load() {
      try {
        const stored: unknown = JSON.parse(localStorage.getItem(item) ?? 'null')
        return Array.isArray(stored) ? columns.filter((column) => stored.includes(column)) : first
      } catch {
        return first
      }
    },
    save(hidden) {
      try {
        localStorage.setItem(item, JSON.stringify(hidden))
      } catch {
        // A full or locked storage: the choice lasts as long as the page.
      }
    },
  }
}
