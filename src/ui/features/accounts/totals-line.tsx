import { useTranslation } from 'react-i18next'

import { type GlanceRow, todayOf } from '@/src/domain/glance'
import { type Currency, sumMetrics, type Total } from '@/src/domain/money'

import { useNow } from '../../components/use-now'
import { formatAmount, formatCount, UNKNOWN_MARK } from '../../text/format'

interface Props {
  /** The rows whose sum is of interest: all of them, or what search and filter leave. */
  rows: readonly GlanceRow[]
  narrowed: boolean
  currency: Currency
}

/** What the accounts hold and used today, and how many could not be counted. */
export function TotalsLine({ rows, narrowed, currency }: Props) {
  const { t, i18n } = useTranslation('accounts')
  const now = useNow()
  const counted = rows.filter((row) => !row.disabled && !row.excludeFromTotal)
  const balance = sumMetrics(
    counted.map((row) => ({ metric: row.balance, rates: row })),
    currency,
  )
  const today = sumMetrics(
    counted.map((row) => ({ metric: todayOf(row, now), rates: row })),
    currency,
  )
  const number = (count: number) => formatCount(count, i18n.language)

  function part(name: 'balance' | 'today', total: Total) {
    const amount = total.known === null ? null : formatAmount(total.known, currency, i18n.language)
    return (
      <span>
        <span className="text-text-2">{t(`column.${name}`)}</span>{' '}
        <strong className="text-15 font-semibold">
          {total.partial > 0 && '≥ '}
          {amount ?? UNKNOWN_MARK}
        </strong>
        {total.unknown > 0 && (
          <span className="ms-2 text-12 text-text-2">
            {t('totals.unknown', { unknown: number(total.unknown), of: number(counted.length) })}
          </span>
        )}
      </span>
    )
  }

  return (
    <p className="flex flex-wrap items-baseline gap-x-6 gap-y-1 tabular-nums">
      {part('balance', balance)}
      {part('today', today)}
      <span className="text-12 text-text-2">
        {t(narrowed ? 'totals.shown' : 'totals.counted', { counted: number(counted.length) })}
      </span>
    </p>
  )
}
