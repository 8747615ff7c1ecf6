import { useTranslation } from 'react-i18next'

import type { JournalEntry, LineState } from '@/src/domain/journal'
import type { CodeState } from '@/src/domain/redemption'

import { useCodeCounts } from '../../text/code-counts'
import { formatCount } from '../../text/format'

/** What came of parts of a job, in the order it is told. */
const TOLD: readonly LineState[] = [
  'done',
  'done-earlier',
  'not-done',
  'needs-you',
  'unknown',
  'failed',
  'not-offered',
  'skipped',
  'waiting',
]

/** What came of a job, as counts in words: `58 done · 2 failed`; codes are counted, not accounts. */
export function useEntryCounts(): (entry: Pick<JournalEntry, 'lines'>) => string {
  const { t, i18n } = useTranslation('journal')
  const codeWords = useCodeCounts()
  return ({ lines }) => {
    const ofCodes = lines.flatMap(({ counts }) => counts ?? [])
    if (ofCodes.length > 0) return codeWords(sumOf(ofCodes)).join(' · ')
    const words = TOLD.flatMap((state) => {
      const { length } = lines.filter((line) => line.state === state)
      return length > 0 ? [t(`count.${state}`, { number: formatCount(length, i18n.language) })] : []
    })
    return words.join(' · ')
  }
}

type Counts = Partial<Record<CodeState, number>>

function sumOf(all: readonly Counts[]): Counts {
  const sum: Counts = {}
  for (const counts of all) {
    for (const [state, count] of Object.entries(counts) as [CodeState, number][]) {
      sum[state] = (sum[state] ?? 0) + count
    }
  }
  return sum
}
