import { useTranslation } from 'react-i18next'

import type { Failure } from '@/src/domain/failure'

import { FailureNotice } from '../../components/failure-notice'
import { useNow } from '../../components/use-now'
import { type FailureWords, useFailureText } from '../../text/failure-text'
import type { Texts } from '../../text/namespaces'

type Reason = keyof Texts['exports']['gateway-reason']

/** Words for what a gateway refuses; other failures have their usual ones. */
export function useGatewayText(): (failure: Failure, name: string) => FailureWords {
  const { t, i18n } = useTranslation('exports')
  const usual = useFailureText()
  const now = useNow()
  return (failure, name) => {
    const words = usual(failure, name)
    const reason = failure.reason as Reason | undefined
    if (!reason || !i18n.exists(`gateway-reason.${reason}`, { ns: 'exports' })) return words
    // A ban says until when: that is the next step.
    const isWaiting = (failure.retryAtMs ?? 0) > now
    return {
      ...words,
      sentence: t(`gateway-reason.${reason}.sentence`, { name }),
      nextStep: isWaiting ? words.nextStep : t(`gateway-reason.${reason}.next`, { name }),
    }
  }
}

interface Props {
  failure: Failure
  /** What the gateway is called. */
  name: string
}

/** What a gateway refused, why, and what to do. */
export function GatewayFailure({ failure, name }: Props) {
  const { t } = useTranslation('exports')
  const words = useGatewayText()(failure, name)
  return (
    <div className="flex flex-col gap-1">
      <FailureNotice failure={failure} words={words} />
      {failure.detail !== undefined && (
        <p className="text-12 wrap-anywhere text-text-2">
          {t('server-says', { words: failure.detail })}
        </p>
      )}
    </div>
  )
}
