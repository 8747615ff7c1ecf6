import { hiddenColumns } from '../../view/hidden-columns'
import { createListChoices } from '../../view/list-choices'
import { COLUMNS } from './columns'
import { NO_FILTERS } from './credential-filter'
import { type CredentialSort, nextSort } from './credential-sort'

const unsorted: CredentialSort = null

/** What the person chose to see of the credentials, which may stand under their base addresses. */
export const useCredentialChoices = createListChoices({
  noFilters: NO_FILTERS,
  sort: unsorted,
  nextSort,
  grouped: false,
  columns: hiddenColumns('credentials.hidden-columns', COLUMNS),
})
