import { useTranslation } from 'react-i18next'

import type { Failure } from '@/src/domain/failure'
import type { DetectedSite } from '@/src/domain/recognition'

import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { Notice } from '../../components/notice'
import { useTriedText } from './use-tried-text'

/** What the worker allows itself for the software of a site and for the login there. */
const SECONDS = { software: 10, login: 20 } as const

interface Props {
  failure: Failure
  /** What is known of the site all the same. */
  detected: DetectedSite | null
  host: string
  onRetry: () => void
}

/** Why a site was not recognised and what was tried, with another try. */
export function NotRecognised({ failure, detected, host, onRetry }: Props) {
  const { t } = useTranslation('account-form')
  const tried = useTriedText()(failure.trace ?? [])
  const retry = (
    <Button size="s" onClick={onRetry}>
      {t('action.retry')}
    </Button>
  )
  const kind = kindOf(failure, detected)
  if (!kind) {
    return (
      <>
        <FailureNotice failure={failure} siteName={host} action={retry} />
        {tried !== '' && <p className="text-12 wrap-anywhere text-text-2">{tried}</p>}
      </>
    )
  }
  const seconds = SECONDS[detected ? 'login' : 'software']
  return (
    <Notice tone="attention" title={t(`${kind}.title`)} action={retry}>
      <p>{t(`${kind}.${detected ? 'known' : 'sentence'}`, { host, seconds })}</p>
      {tried !== '' && <p className="text-12 text-text-2">{tried}</p>}
    </Notice>
  )
}

function kindOf(
  { class: kind, reason }: Failure,
  detected: DetectedSite | null,
): 'unknown-software' | 'too-slow' | null {
  if (kind === 'network' && reason === 'timeout') return 'too-slow'
  return kind === 'unsupported' && !detected ? 'unknown-software' : null
}
