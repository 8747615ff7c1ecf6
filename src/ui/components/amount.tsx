import { useTranslation } from 'react-i18next'

import type { Metric } from '@/src/domain/metric'
import type { Currency, Rates } from '@/src/domain/money'

import { formatAmountOf, UNKNOWN_MARK } from '../text/format'
import { useMetricText } from '../text/metric-text'
import { useLanguage } from '../text/use-language'
import { VisuallyHidden } from './visually-hidden'

const SIZE = {
  s: 'text-12',
  m: 'text-13',
  l: 'text-15 font-medium',
  xl: 'text-28 font-semibold',
} as const

interface Props {
  /** In the unit of `rates`. */
  metric: Metric
  rates: Rates
  currency: Currency
  size?: keyof typeof SIZE | undefined
  tone?: 'text' | 'text-2' | undefined
}

/** A number that shows how good it is: exact, at least (`≥`), or unknown with the reason. */
export function Amount({ metric, rates, currency, size = 'm', tone = 'text' }: Props) {
  const language = useLanguage()
  const look = `tabular-nums whitespace-nowrap ${SIZE[size]} ${tone === 'text' ? 'text-text' : 'text-text-2'}`
  if (metric.state === 'unavailable') {
    return <Explained metric={metric} figure={UNKNOWN_MARK} look={`${look} text-text-3`} />
  }
  const figure = formatAmountOf(metric.value, rates, currency, language)
  if (metric.state === 'complete') return <span className={look}>{figure}</span>
  return <Explained metric={metric} figure={figure} look={look} />
}

interface ExplainedProps {
  metric: Exclude<Metric, { state: 'complete' }>
  figure: string
  look: string
}

/** A figure that is missing or only a lower bound, with the reason on hover and read out. */
function Explained({ metric, figure, look }: ExplainedProps) {
  const { t } = useTranslation('common')
  const reason = useMetricText()(metric.reason)
  const isBound = metric.state === 'partial'
  const why = isBound ? t('amount.at-least', { figure, reason }) : t('amount.unknown', { reason })
  return (
    <span className={look} title={why}>
      <span aria-hidden>{isBound ? `≥ ${figure}` : figure}</span>
      <VisuallyHidden>{why}</VisuallyHidden>
    </span>
  )
}
