import { useQuery } from '@tanstack/react-query'
import { ListTree, RefreshCw } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { FilterSelect } from '../../components/filter-select'
import { SearchField } from '../../components/search-field'
import { tagsQuery } from '../../queries/credentials'
import { formatCount } from '../../text/format'
import { ColumnChoice } from '../../components/column-choice'
import { OPTIONAL_COLUMNS } from './columns'
import type { KeySection } from './key-entries'
import { useKeyChoices } from './list-choices'
import type { KeysView } from './use-keys-view'

interface Props {
  sections: readonly KeySection[]
  view: KeysView
  loading: boolean
  onRefresh: () => void
}

/** Search, filters, how the list stands, and the refresh of everything. */
export function KeysToolbar({ sections, view, loading, onRefresh }: Props) {
  const { t } = useTranslation('keys')
  const { query, setQuery, grouped, setGrouped, hidden, toggleColumn } = useKeyChoices()
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-3">
        <div className="flex max-w-72 min-w-48 flex-1">
          <SearchField
            label={t('search.label')}
            placeholder={t('search.placeholder')}
            value={query}
            onChange={setQuery}
          />
        </div>
        <div className="ms-auto flex flex-wrap items-center gap-2">
          <Button
            variant="ghost"
            icon={ListTree}
            aria-pressed={grouped}
            className="aria-pressed:bg-selected"
            onClick={() => {
              setGrouped(!grouped)
            }}
          >
            {t('view.by-account')}
          </Button>
          {grouped && <FoldAll sections={sections} />}
          <ColumnChoice
            label={t('view.columns')}
            columns={OPTIONAL_COLUMNS.map((column) => ({ column, label: t(`column.${column}`) }))}
            hidden={hidden}
            onToggle={toggleColumn}
          />
          <Button icon={RefreshCw} busy={loading} onClick={onRefresh}>
            {t('action.refresh')}
          </Button>
        </div>
      </div>
      <Filters sections={sections} view={view} />
    </div>
  )
}

function FoldAll({ sections }: { sections: readonly KeySection[] }) {
  const { t } = useTranslation('keys')
  const { folded, foldAll } = useKeyChoices()
  const anyFolded = folded.size > 0
  return (
    <Button
      variant="ghost"
      onClick={() => {
        foldAll(anyFolded ? [] : sections.map(({ account }) => account.id))
      }}
    >
      {t(anyFolded ? 'view.unfold-all' : 'view.fold-all')}
    </Button>
  )
}

function Filters({ sections, view }: Pick<Props, 'sections' | 'view'>) {
  const { t } = useTranslation('keys')
  const { filters, filter } = useKeyChoices()
  const { data: tags = [] } = useQuery(tagsQuery())
  const usedTags = new Set(view.all.flatMap(({ tagIds }) => tagIds))
  const groups = [...new Set(view.all.map(({ row }) => row.group))].sort()
  return (
    <div
      role="group"
      aria-label={t('filter.label')}
      className="flex flex-wrap items-center gap-1.5"
    >
      <StatusChips counts={view.counts} />
      {(sections.length > 1 || filters.account !== null) && (
        <FilterSelect
          label={t('filter.account')}
          value={filters.account}
          options={sections.map(({ account }) => ({ value: account.id, label: account.name }))}
          onChange={(account) => {
            filter({ account })
          }}
        />
      )}
      {(groups.length > 1 || filters.group !== null) && (
        <FilterSelect
          label={t('filter.group')}
          value={filters.group}
          options={groups.map((group) => ({ value: group, label: group || t('value.own-group') }))}
          onChange={(group) => {
            filter({ group })
          }}
        />
      )}
      {(usedTags.size > 0 || filters.tag !== null) && (
        <FilterSelect
          label={t('filter.tag')}
          value={filters.tag}
          options={tags
            .filter(({ id }) => usedTags.has(id))
            .map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(tag) => {
            filter({ tag })
          }}
        />
      )}
    </div>
  )
}

function StatusChips({ counts }: { counts: KeysView['counts'] }) {
  const { t, i18n } = useTranslation('keys')
  const { filters, filter } = useKeyChoices()
  // The chosen one stays, so that it can be taken back.
  const chips =
    filters.status === null || counts.some(({ status }) => status === filters.status)
      ? counts
      : [...counts, { status: filters.status, count: 0 }]
  return chips.map(({ status, count }) => (
    <button
      key={status}
      type="button"
      aria-pressed={filters.status === status}
      onClick={() => {
        filter({ status: filters.status === status ? null : status })
      }}
      className="inline-flex h-7 items-center gap-1.5 rounded-full border border-line px-2.5 text-12 whitespace-nowrap text-text-2 hover:bg-hover aria-pressed:border-accent aria-pressed:bg-selected aria-pressed:text-text"
    >
      {t(`status.${status}`)}{' '}
      <span className="tabular-nums">{formatCount(count, i18n.language)}</span>
    </button>
  ))
}
