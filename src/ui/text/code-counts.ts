import { useTranslation } from 'react-i18next'

import type { CodeState } from '@/src/domain/redemption'

import { formatCount } from './format'

/** What came of codes, in the order it is told. */
const TOLD: readonly CodeState[] = [
  'redeemed',
  'used',
  'expired',
  'invalid',
  'refused',
  'limited',
  'needs-you',
  'unknown',
  'failed',
  'waiting',
  'sending',
]

/** How many codes ended how, in words: `40 redeemed`, `5 used before`. */
export function useCodeCounts(): (counts: Partial<Record<CodeState, number>>) => string[] {
  const { t, i18n } = useTranslation('redeem')
  return (counts) =>
    TOLD.flatMap((state) => {
      const count = counts[state] ?? 0
      return count > 0 ? [t(`count.${state}`, { number: formatCount(count, i18n.language) })] : []
    })
}
