import { useTranslation } from 'react-i18next'

import type { Metric } from '@/src/domain/metric'

import { VisuallyHidden } from '../../components/visually-hidden'
import { formatCount, UNKNOWN_MARK } from '../../text/format'
import { useMetricText } from '../../text/metric-text'

/** A number of things; `≥` marks a lower bound, and what is missing says why. */
export function Count({ metric }: { metric: Metric }) {
  const { t, i18n } = useTranslation('common')
  const reasonText = useMetricText()
  if (metric.state === 'complete') return formatCount(metric.value, i18n.language)
  const reason = reasonText(metric.reason)
  const isBound = metric.state === 'partial'
  const figure = isBound ? formatCount(metric.value, i18n.language) : UNKNOWN_MARK
  const why = isBound ? t('amount.at-least', { figure, reason }) : t('amount.unknown', { reason })
  return (
    <span className={isBound ? '' : 'text-text-3'} title={why}>
      <span aria-hidden>{isBound ? `≥ ${figure}` : figure}</span>
      <VisuallyHidden>{why}</VisuallyHidden>
    </span>
  )
}
