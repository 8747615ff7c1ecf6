import { useId } from 'react'
import { useTranslation } from 'react-i18next'

import { todayOf } from '@/src/domain/glance'
import type { Currency } from '@/src/domain/money'

import { Amount } from '../../components/amount'
import { HealthMark } from '../../components/health-mark'
import { Monogram } from '../../components/monogram'
import { useNow } from '../../components/use-now'
import { VisuallyHidden } from '../../components/visually-hidden'
import { useFailureText } from '../../text/failure-text'
import type { GlanceEntry } from '../../view/glance-view'
import { RowActions } from './row-actions'
import { RowDetails } from './row-details'

interface Props {
  entry: GlanceEntry
  currency: Currency
  tabIndex: 0 | -1
  open: boolean
  onToggle: (id: string) => void
  onRefresh: (ids: readonly string[]) => void
}

/** One account. The whole row opens its details in place. */
export function AccountRow({ entry, currency, tabIndex, open, onToggle, onRefresh }: Props) {
  const { t } = useTranslation('popup')
  const failureText = useFailureText()
  const now = useNow()
  const detailsId = useId()
  const { row, title, host } = entry
  const wrong = row.failure ? failureText(row.failure, host).title : undefined
  return (
    <div className={`group relative border-b border-line ${open ? 'bg-panel' : 'hover:bg-hover'}`}>
      <button
        type="button"
        data-row-target
        tabIndex={tabIndex}
        aria-expanded={open}
        aria-controls={open ? detailsId : undefined}
        onClick={() => {
          onToggle(row.id)
        }}
        className="flex h-[2.9375rem] w-full items-center gap-2.5 px-3 text-left -outline-offset-2"
      >
        <Monogram name={row.name} />
        <span className="min-w-0 flex-1">
          <span className={`block truncate text-15 ${row.disabled ? 'text-text-3' : ''}`}>
            {title}
          </span>
          <span className="block truncate text-12 text-text-2">
            {row.disabled ? `${t('row.disabled')} · ` : ''}
            {title === row.name ? row.username || host : host}
          </span>
        </span>
        <HealthMark health={row.health} label={wrong} />
        <span className="flex min-w-24 shrink-0 flex-col items-end">
          <Amount
            metric={row.balance}
            rates={row}
            currency={currency}
            size="l"
            tone={row.disabled ? 'text-2' : 'text'}
          />
          <span title={t('row.today')} className="flex h-4 items-center">
            <VisuallyHidden>{t('row.today')}</VisuallyHidden>
            <Amount
              metric={todayOf(row, now)}
              rates={row}
              currency={currency}
              size="s"
              tone="text-2"
            />
          </span>
        </span>
      </button>
      <RowActions entry={entry} tabIndex={tabIndex} onRefresh={onRefresh} />
      {open ? <RowDetails id={detailsId} entry={entry} /> : null}
    </div>
  )
}
