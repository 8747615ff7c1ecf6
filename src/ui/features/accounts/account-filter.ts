import type { GlanceRow } from '@/src/domain/glance'

export const STATE_FILTERS = ['enabled', 'disabled', 'attention'] as const

/** A narrowing of the list by state; `null` shows everything. */
export type StateFilter = (typeof STATE_FILTERS)[number]

export function isIn(row: GlanceRow, filter: StateFilter | null): boolean {
  switch (filter) {
    case 'enabled':
      return !row.disabled
    case 'disabled':
      return row.disabled
    case 'attention':
      // A disabled account is left alone on purpose: whatever it last said, nobody waits for it.
      return !row.disabled && (row.health === 'bad' || row.health === 'attention')
    case null:
      return true
  }
}

/** How many rows each filter would show. */
export function countByState(rows: readonly GlanceRow[]): Record<StateFilter, number> {
  const counts = { enabled: 0, disabled: 0, attention: 0 }
  for (const row of rows) {
    for (const filter of STATE_FILTERS) if (isIn(row, filter)) counts[filter] += 1
  }
  return counts
}
