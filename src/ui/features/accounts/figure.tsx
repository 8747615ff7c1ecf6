import { useTranslation } from 'react-i18next'

import type { Metric } from '@/src/domain/metric'
import { convertPoints, type Currency, type Rates } from '@/src/domain/money'

import { formatAmount, UNKNOWN_MARK } from '../../text/format'
import { useMetricText } from '../../text/metric-text'

interface Props {
  /** In quota points. */
  metric: Metric
  rates: Rates
  currency: Currency
}

/** An amount in a column whose header names the unit; `≥` marks a lower bound. */
export function Figure({ metric, rates, currency }: Props) {
  const { t, i18n } = useTranslation('common')
  const reasonText = useMetricText()
  if (metric.state === 'unavailable') {
    const why = t('amount.unknown', { reason: reasonText(metric.reason) })
    return (
      <span className="text-text-3" title={why}>
        <span aria-hidden>{UNKNOWN_MARK}</span>
        <span className="sr-only">{why}</span>
      </span>
    )
  }
  const points = convertPoints(metric.value, rates, currency)
  const figure = withoutUnit(formatAmount(points, currency, i18n.language))
  if (metric.state === 'complete') return figure
  return (
    <span title={t('amount.at-least', { figure, reason: reasonText(metric.reason) })}>
      ≥ {figure}
    </span>
  )
}

/** `$12.34` → `12.34`, `6,170,000 points` → `6,170,000`. */
export function withoutUnit(amount: string): string {
  return amount.replace(/[$¥]|\s\p{L}+$/u, '')
}
