import { useTranslation } from 'react-i18next'

import { type FailureWords, useFailureText } from '../../text/failure-text'
import type { WaitingEntry } from './entries'

/** Why an entry is on the list, and what to do now. */
export function useEntryWords(): (entry: WaitingEntry) => FailureWords {
  const { t } = useTranslation('needs-you')
  const words = useFailureText()
  return ({ failure, act, host }) => {
    if (failure && act !== 'check-in') return words(failure, host)
    const why = failure ? (failure.reason === 'turnstile' ? 'person' : 'other') : 'own-page'
    return {
      title: t('check-in.title'),
      sentence: t(`check-in.${why}`, { host }),
      nextStep: t(failure ? 'check-in.next' : 'check-in.next-own'),
      resumes: null,
    }
  }
}
