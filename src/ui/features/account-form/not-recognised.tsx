import { useTranslation } from 'react-i18next'

import type { Failure } from '@/src/domain/failure'

import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { Notice } from '../../components/notice'
import { originIn } from './draft'

interface Props {
  failure: Failure
  /** As typed. */
  origin: string
  onRetry: () => void
}

/** Why a site was not recognised, with another try. */
export function NotRecognised({ failure, origin, onRetry }: Props) {
  const { t } = useTranslation('account-form')
  const found = originIn(origin)
  const host = found === null ? origin : new URL(found).host
  const retry = (
    <Button size="s" onClick={onRetry}>
      {t('action.retry')}
    </Button>
  )
  if (failure.class !== 'unsupported') {
    return <FailureNotice failure={failure} siteName={host} action={retry} />
  }
  return (
    <Notice tone="attention" title={t('unknown-software.title')} action={retry}>
      {t('unknown-software.sentence', { host })}
    </Notice>
  )
}
