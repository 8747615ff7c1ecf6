import { ListTree, RefreshCw } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { API_TYPES } from '@/src/domain/api-types'
import type { Tag } from '@/src/domain/credential'

import { Button } from '../../components/button'
import { FilterSelect } from '../../components/filter-select'
import { SearchField } from '../../components/search-field'
import { formatCount } from '../../text/format'
import { ColumnChoice } from '../../components/column-choice'
import type { CredentialEntry } from './credential-entries'
import { OPTIONAL_COLUMNS } from './columns'
import { useCredentialChoices } from './list-choices'
import type { CredentialsView } from './use-credentials-view'

interface Props {
  /** Every credential, whatever is searched for. */
  entries: readonly CredentialEntry[]
  tags: readonly Tag[]
  view: CredentialsView
  refreshing: boolean
  onRefresh: () => void
}

/** Search, filters, how the list stands, and the refresh of everything shown. */
export function CredentialsToolbar({ entries, tags, view, refreshing, onRefresh }: Props) {
  const { t } = useTranslation('credentials')
  const { query, setQuery, grouped, setGrouped, hidden, toggleColumn } = useCredentialChoices()
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
            {t('view.by-address')}
          </Button>
          <ColumnChoice
            label={t('view.columns')}
            columns={OPTIONAL_COLUMNS.map((column) => ({ column, label: t(`column.${column}`) }))}
            hidden={hidden}
            onToggle={toggleColumn}
          />
          <Button
            icon={RefreshCw}
            busy={refreshing}
            disabled={view.shown.length === 0}
            onClick={onRefresh}
          >
            {t(view.narrowed ? 'refresh.shown' : 'refresh.all')}
          </Button>
        </div>
      </div>
      <Filters entries={entries} tags={tags} view={view} />
    </div>
  )
}

const CHIP =
  'inline-flex h-7 items-center gap-1.5 rounded-full border border-line px-2.5 text-12 whitespace-nowrap text-text-2 hover:bg-hover aria-pressed:border-accent aria-pressed:bg-selected aria-pressed:text-text'

function Filters({ entries, tags, view }: Pick<Props, 'entries' | 'tags' | 'view'>) {
  const { t, i18n } = useTranslation('credentials')
  const { filters, filter } = useCredentialChoices()
  const used = new Set(entries.flatMap(({ view: { decided } }) => decided.tagIds))
  const types = new Set(entries.map(({ view: { decided } }) => decided.apiType))
  return (
    <div
      role="group"
      aria-label={t('filter.label')}
      className="flex flex-wrap items-center gap-1.5"
    >
      {view.counts.map(({ health, count }) => (
        <button
          key={health}
          type="button"
          aria-pressed={filters.health === health}
          className={CHIP}
          onClick={() => {
            filter({ health: filters.health === health ? null : health })
          }}
        >
          {t(`health.${health}`)}{' '}
          <span className="tabular-nums">{formatCount(count, i18n.language)}</span>
        </button>
      ))}
      <FilterSelect
        label={t('filter.type')}
        value={filters.apiType}
        options={API_TYPES.filter((type) => types.has(type)).map((value) => ({
          value,
          label: t(`api-type.${value}`),
        }))}
        onChange={(value) => {
          filter({ apiType: API_TYPES.find((type) => type === value) ?? null })
        }}
      />
      <TagChips
        tags={tags.filter(({ id }) => used.has(id) || filters.tagIds.includes(id))}
        chosen={filters.tagIds}
        onChange={(tagIds) => {
          filter({ tagIds })
        }}
      />
    </div>
  )
}

interface TagProps {
  tags: readonly Tag[]
  chosen: readonly string[]
  onChange: (tagIds: readonly string[]) => void
}

/** Several may be chosen: a credential with any of them is shown. */
function TagChips({ tags, chosen, onChange }: TagProps) {
  const { t } = useTranslation('credentials')
  if (tags.length === 0) return null
  return (
    <div role="group" aria-label={t('filter.tags')} className="flex flex-wrap gap-1.5">
      {tags.map(({ id, name }) => {
        const isChosen = chosen.includes(id)
        return (
          <button
            key={id}
            type="button"
            aria-pressed={isChosen}
            className={`${CHIP} max-w-40`}
            onClick={() => {
              onChange(isChosen ? chosen.filter((one) => one !== id) : [...chosen, id])
            }}
          >
            <span className="truncate">{name}</span>
          </button>
        )
      })}
    </div>
  )
}
