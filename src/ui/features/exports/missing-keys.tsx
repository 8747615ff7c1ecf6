import { useTranslation } from 'react-i18next'

import type { ExportRecord } from '@/src/domain/export-record'
import { fullName } from '@/src/exporters/names'

import { Notice } from '../../components/notice'
import { useFailureText } from '../../text/failure-text'
import { isSameSource, sourceId } from '../../view/export-drafts'
import { siteLabel } from '../../view/matching'
import { WayOut } from '../checks/key-failure'
import type { MissingKey } from './use-material'

interface Props {
  missing: readonly MissingKey[]
  drafts: readonly ExportRecord[]
}

/** Keys that could not be had, each with the reason and the way out. */
export function MissingKeys({ missing, drafts }: Props) {
  const { t } = useTranslation('exports')
  const words = useFailureText()
  if (missing.length === 0) return null
  return (
    <Notice tone="attention" title={t('missing', { count: missing.length })}>
      <ul className="flex flex-col gap-2">
        {missing.map(({ source, failure }) => {
          const draft = drafts.find((one) => isSameSource(one.source, source))
          const { sentence, nextStep } = words(failure, draft && siteLabel(draft.baseUrl))
          return (
            <li key={sourceId(source)} className="flex flex-col items-start gap-1">
              <span>
                <span className="font-medium">{draft ? fullName(draft) : t('unknown-key')}</span>{' '}
                {sentence} <span className="text-text-2">{nextStep}</span>
              </span>
              <WayOut failure={failure} source={source} />
            </li>
          )
        })}
      </ul>
    </Notice>
  )
}
