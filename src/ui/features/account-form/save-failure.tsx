import { useTranslation } from 'react-i18next'

import type { Failure } from '@/src/domain/failure'

import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { Notice } from '../../components/notice'
import { errorsFrom } from './draft'

interface Props {
  failure: Failure | null
  onRetry: () => void
}

/** Why a recognised account was not stored, unless a field already says so. */
export function SaveFailure({ failure, onRetry }: Props) {
  const { t } = useTranslation('account-form')
  if (!failure || Object.keys(errorsFrom(failure)).length > 0) return null
  if (failure.class !== 'not-found') return <FailureNotice failure={failure} />
  return (
    <Notice
      tone="attention"
      title={t('recognised.gone-title')}
      action={<Button onClick={onRetry}>{t('action.recognise-again')}</Button>}
    >
      {t('recognised.gone')}
    </Notice>
  )
}
