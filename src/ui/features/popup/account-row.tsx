import { useId } from 'react'
import { useTranslation } from 'react-i18next'

import type { Failure } from '@/src/domain/failure'
import { todayOf } from '@/src/domain/today'
import type { Health } from '@/src/domain/health'
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
  /** The actions, which show on hover and focus only; the first paint does without. */
  withActions: boolean
  onToggle: (id: string) => void
  onRefresh: (ids: readonly string[]) => void
}

/** One account. The whole row opens its details in place. */
export function AccountRow({ entry, currency, tabIndex, open, withActions, ...on }: Props) {
  const { t } = useTranslation('popup')
  const now = useNow()
  const detailsId = useId()
  const { row, title, host } = entry
  return (
    <div className={`group relative border-b border-line ${open ? 'bg-panel' : 'hover:bg-hover'}`}>
      <button
        type="button"
        data-row-target
        tabIndex={tabIndex}
        aria-expanded={open}
        aria-controls={open ? detailsId : undefined}
        onClick={() => {
          on.onToggle(row.id)
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
        {row.failure ? (
          <FailedMark health={row.health} failure={row.failure} host={host} />
        ) : (
          <HealthMark health={row.health} />
        )}
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
      {withActions ? (
        <RowActions entry={entry} tabIndex={tabIndex} onRefresh={on.onRefresh} />
      ) : null}
      {open ? <RowDetails id={detailsId} entry={entry} /> : null}
    </div>
  )
}

interface FailedMarkProps {
  health: Health
  failure: Failure
  host: string
}

/** The mark of an account whose last refresh failed; it names what went wrong. */
function FailedMark({ health, failure, host }: FailedMarkProps) {
  const failureText = useFailureText()
  return <HealthMark health={health} label={failureText(failure, host).title} />
}
