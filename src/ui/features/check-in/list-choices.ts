import { hiddenColumns } from '../../view/hidden-columns'
import { createListChoices } from '../../view/list-choices'
import { FIRST_SORT, nextSort } from './check-in-sort'
import { COLUMNS } from './columns'
import type { DayState } from './entries'

/** A narrowing of the list; `null` shows everything. */
interface CheckInFilters {
  readonly state: DayState | null
}

const noFilters: CheckInFilters = { state: null }

/** What the person chose to see of the check-ins. */
export const useCheckInChoices = createListChoices({
  noFilters,
  sort: FIRST_SORT,
  nextSort,
  grouped: false,
  columns: hiddenColumns('check-in.hidden-columns', COLUMNS),
})
