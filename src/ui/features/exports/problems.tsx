import { useTranslation } from 'react-i18next'

import type { Problem } from '@/src/exporters/exporter'

import { Notice } from '../../components/notice'
import { useExportWords } from './words'

/** What stands in the way without being one of the fields. */
export function Problems({ problems }: { problems: readonly Problem[] }) {
  const { t } = useTranslation('exports')
  const words = useExportWords()
  if (problems.length === 0) return null
  return (
    <Notice tone="bad" title={t('cannot-build')}>
      {problems.map((problem) => (
        <p key={`${problem.field} ${problem.reason}`}>{words.problem(problem)}</p>
      ))}
    </Notice>
  )
}
