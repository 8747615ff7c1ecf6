import { useTranslation } from 'react-i18next'

import type { Metric, MetricReason } from '@/src/domain/metric'
import { type Currency, type Rates, shownCurrency } from '@/src/domain/money'

import { formatAmountOf, UNKNOWN_MARK } from '../../text/format'
import { useMetricText } from '../../text/metric-text'

interface Props {
  /** In the unit of `rates`. */
  metric: Metric
  rates: Rates
  currency: Currency
}

/** An amount in a column whose header names the unit; `≥` marks a lower bound. */
export function Figure({ metric, rates, currency }: Props) {
  const { i18n } = useTranslation('common')
  if (metric.state === 'unavailable') return <Unknown reason={metric.reason} />
  const amount = formatAmountOf(metric.value, rates, currency, i18n.language)
  // The header names the unit; what is shown in another one names it itself.
  const figure = shownCurrency(rates, currency) === currency ? withoutUnit(amount) : amount
  return metric.state === 'complete' ? figure : <AtLeast figure={figure} reason={metric.reason} />
}

// Parts of their own: a long list has many figures, and only few of them need words.
function Unknown({ reason }: { reason: MetricReason }) {
  const { t } = useTranslation('common')
  const why = t('amount.unknown', { reason: useMetricText()(reason) })
  return (
    <span className="text-text-3" title={why}>
      <span aria-hidden>{UNKNOWN_MARK}</span>
      <span className="sr-only">{why}</span>
    </span>
  )
}

function AtLeast({ figure, reason }: { figure: string; reason: MetricReason }) {
  const { t } = useTranslation('common')
  const why = t('amount.at-least', { figure, reason: useMetricText()(reason) })
  return <span title={why}>≥ {figure}</span>
}

/** `$12.34` → `12.34`, `6,170,000 points` → `6,170,000`. */
export function withoutUnit(amount: string): string {
  return amount.replace(/[$¥]|\s\p{L}+$/u, '')
}
