import { RefreshCw } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { SearchField } from '../../components/search-field'
import { useRefresh } from '../../queries/refresh'
import { StateChips } from './state-chips'
import type { ListView } from './use-list-view'

/** Search, filter, and the refresh of everything. */
export function ListToolbar({ view }: { view: ListView }) {
  const { t } = useTranslation('accounts')
  const refresh = useRefresh()
  return (
    <div className="flex flex-wrap items-center gap-3">
      <div className="flex max-w-64 min-w-48 flex-1">
        <SearchField
          label={t('search.label')}
          placeholder={t('search.placeholder')}
          value={view.query}
          onChange={view.setQuery}
        />
      </div>
      <StateChips counts={view.counts} value={view.filter} onChange={view.setFilter} />
      <Button
        icon={RefreshCw}
        busy={refresh.running}
        className="ms-auto"
        onClick={() => {
          refresh.start()
        }}
      >
        {t('refresh.all')}
      </Button>
    </div>
  )
}
