import { useTranslation } from 'react-i18next'

import type { Metric } from '@/src/domain/metric'
import { convertPoints, type Currency, type Rates } from '@/src/domain/money'

import { formatAmount, UNKNOWN_MARK } from '../text/format'
import { useMetricText } from '../text/metric-text'
import { VisuallyHidden } from './visually-hidden'

const SIZE = {
  s: 'text-12',
  m: 'text-13',
  l: 'text-15 font-medium',
  xl: 'text-28 font-semibold',
} as const

interface Props {
  /** In quota points. */
  metric: Metric
  rates: Rates
  currency: Currency
  size?: keyof typeof SIZE | undefined
  tone?: 'text' | 'text-2' | undefined
}

/** A number that shows how good it is: exact, at least (`≥`), or unknown with the reason. */
export function Amount({ metric, rates, currency, size = 'm', tone = 'text' }: Props) {
  const { t, i18n } = useTranslation('common')
  const reasonText = useMetricText()
  const look = `tabular-nums whitespace-nowrap ${SIZE[size]} ${tone === 'text' ? 'text-text' : 'text-text-2'}`
  if (metric.state === 'unavailable') {
    const why = t('amount.unknown', { reason: reasonText(metric.reason) })
    return (
      <span className={`${look} text-text-3`} title={why}>
        <span aria-hidden>{UNKNOWN_MARK}</span>
        <VisuallyHidden>{why}</VisuallyHidden>
      </span>
    )
  }
  const figure = formatAmount(convertPoints(metric.value, rates, currency), currency, i18n.language)
  if (metric.state === 'complete') return <span className={look}>{figure}</span>
  const why = t('amount.at-least', { figure, reason: reasonText(metric.reason) })
  return (
    <span className={look} title={why}>
      <span aria-hidden>{`≥ ${figure}`}</span>
      <VisuallyHidden>{why}</VisuallyHidden>
    </span>
  )
}
