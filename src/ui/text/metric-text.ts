import { useTranslation } from 'react-i18next'

import type { MetricReason } from '@/src/domain/metric'

/** Why a number is missing or only a lower bound, in words. */
export function useMetricText(): (reason: MetricReason) => string {
  const { t } = useTranslation('common')
  return (reason) => t(`metric.${reason}`)
}
