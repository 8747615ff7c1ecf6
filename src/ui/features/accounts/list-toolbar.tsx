import { useQuery } from '@tanstack/react-query'
import { RefreshCw } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import type { GlanceRow } from '@/src/domain/glance'

import { Button } from '../../components/button'
import { FilterSelect } from '../../components/filter-select'
import { SearchField } from '../../components/search-field'
import { tagsQuery } from '../../queries/credentials'
import { useRefresh } from '../../queries/refresh'
import { StateChips } from './state-chips'
import type { ListView } from './use-list-view'

/** Search, filter, and the refresh of everything. */
export function ListToolbar({ view, rows }: { view: ListView; rows: readonly GlanceRow[] }) {
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
      <TagFilter rows={rows} value={view.tag} onChange={view.setTag} />
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

interface TagProps {
  rows: readonly GlanceRow[]
  value: string | null
  onChange: (tag: string | null) => void
}

/** Narrows the list to the accounts with a tag; nothing where no account has one. */
function TagFilter({ rows, value, onChange }: TagProps) {
  const { t } = useTranslation('accounts')
  const used = new Set(rows.flatMap(({ tagIds = [] }) => tagIds))
  // The part of the worker that knows the names need not be started for nothing.
  const { data: tags = [] } = useQuery({ ...tagsQuery(), enabled: used.size > 0 })
  const options = tags.filter(({ id }) => used.has(id) || id === value)
  if (options.length === 0 && value === null) return null
  return (
    <FilterSelect
      label={t('filter.tag')}
      value={value}
      options={options.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={onChange}
    />
  )
}
