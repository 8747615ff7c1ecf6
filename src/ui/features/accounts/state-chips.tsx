import { useTranslation } from 'react-i18next'

import { formatCount } from '../../text/format'
import { STATE_FILTERS, type StateFilter } from './account-filter'

interface Props {
  /** How many accounts each filter would show under the current search. */
  counts: Record<StateFilter, number>
  value: StateFilter | null
  onChange: (filter: StateFilter | null) => void
}

/** Narrows the list by state; the chosen chip pressed again shows everything. */
export function StateChips({ counts, value, onChange }: Props) {
  const { t, i18n } = useTranslation('accounts')
  return (
    <div role="group" aria-label={t('filter.label')} className="flex flex-wrap gap-1.5">
      {STATE_FILTERS.map((filter) => (
        <button
          key={filter}
          type="button"
          aria-pressed={value === filter}
          onClick={() => {
            onChange(value === filter ? null : filter)
          }}
          className="inline-flex h-7 items-center gap-1.5 rounded-full border border-line px-2.5 text-12 whitespace-nowrap text-text-2 hover:bg-hover aria-pressed:border-accent aria-pressed:bg-selected aria-pressed:text-text"
        >
          {t(`filter.${filter}`)}{' '}
          <span className="tabular-nums">{formatCount(counts[filter], i18n.language)}</span>
        </button>
      ))}
    </div>
  )
}
