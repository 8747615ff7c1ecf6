import { useTranslation } from 'react-i18next'

import type { Failure } from '@/src/domain/failure'
import { QUERY_VALUES, type QueryValue } from '@/src/domain/query-values'

import { type FailureWords, useFailureText } from '../../text/failure-text'

/** What went wrong where the words for accounts would mislead; each has its own in the texts. */
type OwnWords =
  | 'key-refused'
  | 'refused'
  | 'no-such-route'
  | 'no-access'
  | 'protected'
  | 'resting'
  | 'web-page'
  | 'redirected'
  | 'no-value'
  | 'path-not-found'
  | 'not-a-number'
  | 'not-understood'

const TOLD = ['web-page', 'redirected', 'no-value', 'path-not-found', 'not-a-number'] as const

/** Words for what went wrong with a credential at `host`: there is no account to look at. */
export function useCredentialFailureText(): (failure: Failure, host: string) => FailureWords {
  const { t } = useTranslation('credentials')
  const words = useFailureText()
  return (failure, host) => {
    const general = words(failure, host)
    const own = ownWordsOf(failure)
    if (!own) return general
    const field = valueOf(failure)
    const values = {
      host,
      status: failure.httpStatus ?? '',
      value: field ? t(`value.${field}`) : t('failure.the-value'),
    }
    return {
      ...general,
      title: t(`failure.${own}.title`),
      sentence: t(`failure.${own}.sentence`, values),
      nextStep: general.resumes ?? t(`failure.${own}.next`),
      resumes: null,
    }
  }
}

function ownWordsOf({ class: kind, reason }: Failure): OwnWords | null {
  if (reason === 'resting' && kind !== 'challenge') return 'resting'
  switch (kind) {
    case 'login':
      return 'key-refused'
    case 'refused':
      return reason === 'clipboard' ? null : 'refused'
    case 'unsupported':
      return 'no-such-route'
    case 'access':
      return 'no-access'
    case 'challenge':
      return 'protected'
    case 'changed-api':
      return TOLD.find((one) => one === reason) ?? 'not-understood'
    default:
      return null
  }
}

/** The value of a custom query a failure is about. */
function valueOf({ field }: Failure): QueryValue | undefined {
  return QUERY_VALUES.find((value) => field === `query.custom.paths.${value}`)
}
