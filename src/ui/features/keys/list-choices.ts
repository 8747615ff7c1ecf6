import { hiddenColumns } from '../../view/hidden-columns'
import { createListChoices } from '../../view/list-choices'
import { COLUMNS, FIRST_HIDDEN } from './columns'
import type { KeyFilters } from './key-filter'
import { FIRST_SORT, nextSort } from './key-sort'

const noFilters: KeyFilters = { account: null, tag: null, status: null, group: null }

/** What the person chose to see of the keys, which stand under their accounts. */
export const useKeyChoices = createListChoices({
  noFilters,
  sort: FIRST_SORT,
  nextSort,
  grouped: true,
  columns: hiddenColumns('keys.hidden-columns', COLUMNS, FIRST_HIDDEN),
})
