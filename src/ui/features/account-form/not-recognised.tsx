import { useTranslation } from 'react-i18next'

import type { Failure } from '@/src/domain/failure'
import type { DetectedSite } from '@/src/domain/recognition'

import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { Notice } from '../../components/notice'
import { useTriedText } from './use-tried-text'

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
  const words = useWords()(failure, detected, host)
  if (!words) {
    return (
      <>
        <FailureNotice failure={failure} siteName={host} action={retry} />
        {tried !== '' && <p className="text-12 wrap-anywhere text-text-2">{tried}</p>}
      </>
    )
  }
  return (
    <Notice tone="attention" title={words.title} action={retry}>
      <p>{words.sentence}</p>
      {tried !== '' && <p className="text-12 text-text-2">{tried}</p>}
    </Notice>
  )
}

/** What the worker allows itself for the software of a site, and for the login there. */
const DETECTION_SECONDS = 10
const LOGIN_SECONDS = 20

/** Failures of looking that have more to say here than elsewhere. */
function useWords() {
  const { t } = useTranslation('account-form')
  return ({ class: kind, reason }: Failure, detected: DetectedSite | null, host: string) => {
    if (kind === 'network' && reason === 'timeout') {
      const sentence = detected
        ? t('too-slow.login', { host, seconds: LOGIN_SECONDS })
        : t('too-slow.software', { host, seconds: DETECTION_SECONDS })
      return { title: t('too-slow.title'), sentence }
    }
    if (kind !== 'unsupported' || detected) return null
    return {
      title: t('unknown-software.title'),
      sentence: t('unknown-software.sentence', { host }),
    }
  }
}
