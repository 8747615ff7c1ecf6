import { useTranslation } from 'react-i18next'

import type { GlanceRow } from '@/src/domain/glance'
import type { Currency, Total } from '@/src/domain/money'

import { useNow } from '../../components/use-now'
import { formatAmount, formatCount, UNKNOWN_MARK } from '../../text/format'
import { totalsOf } from '../../view/glance-view'

interface Props {
  /** The rows whose sum is of interest: all of them, or what search and filter leave. */
  rows: readonly GlanceRow[]
  narrowed: boolean
  currency: Currency
}

/** What the accounts hold and used today, and how many could not be counted. */
export function TotalsLine({ rows, narrowed, currency }: Props) {
  const { t, i18n } = useTranslation('accounts')
  const { balance, today } = totalsOf(rows, currency, useNow())
  const counted = balance.counted + balance.unknown
  return (
    <p className="flex flex-wrap items-baseline gap-x-6 gap-y-1 tabular-nums">
      <Part name={t('column.balance')} total={balance} currency={currency} />
      <Part name={t('column.today')} total={today} currency={currency} />
      <span className="text-12 text-text-2">
        {t(narrowed ? 'totals.shown' : 'totals.counted', {
          counted: formatCount(counted, i18n.language),
        })}
      </span>
    </p>
  )
}

function Part({ name, total, currency }: { name: string; total: Total; currency: Currency }) {
  const { t, i18n } = useTranslation('accounts')
  const { known, unknown, counted, inconvertible } = total
  return (
    <span>
      <span className="text-text-2">{name}</span>{' '}
      <strong
        className="text-15 font-semibold"
        title={total.partial > 0 ? t('totals.lower-bound') : undefined}
      >
        {total.partial > 0 && '≥ '}
        {known === null ? UNKNOWN_MARK : formatAmount(known, currency, i18n.language)}
      </strong>
      {unknown > 0 && (
        <span className="ms-2 text-12 text-text-2">
          {t('totals.unknown', {
            unknown: formatCount(unknown, i18n.language),
            of: formatCount(counted + unknown + inconvertible, i18n.language),
          })}
        </span>
      )}
      {inconvertible > 0 && (
        <span className="ms-2 text-12 text-text-2" title={t('totals.no-points-hint')}>
          {t('totals.no-points', { number: formatCount(inconvertible, i18n.language) })}
        </span>
      )}
    </span>
  )
}
