import { useTranslation } from 'react-i18next'

import type { Failure } from '@/src/domain/failure'

import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { Notice } from '../../components/notice'
import { errorsFrom } from './draft-check'

interface Props {
  failure: Failure | null
  host: string
  onRetry: () => void
}

/** Why a recognised account was not stored, unless a field already says so. */
export function SaveFailure({ failure, host, onRetry }: Props) {
  const { t } = useTranslation('account-form')
  if (!failure || Object.keys(errorsFrom(failure)).length > 0) return null
  const why = outdated(failure)
  if (!why) return <FailureNotice failure={failure} siteName={host} />
  return (
    <Notice
      tone="attention"
      title={t(`recognised.${why}-title`)}
      action={
        <Button size="s" onClick={onRetry}>
          {t('action.recognise-again')}
        </Button>
      }
    >
      {t(`recognised.${why}`)}
    </Notice>
  )
}

/** Why what was recognised no longer holds, if that is the reason. */
function outdated({ class: kind, field }: Failure): 'gone' | 'another' | 'not-kept' | null {
  if (kind === 'not-found') return 'gone'
  if (kind === 'identity') return 'another'
  return kind === 'input' && field === 'way' ? 'not-kept' : null
}
