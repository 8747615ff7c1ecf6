import { useTranslation } from 'react-i18next'

import type { Failure } from '@/src/domain/failure'

import { formatExact } from './format'

/** A failure as a person reads it: what happened, why, and what to do now. */
export interface FailureWords {
  readonly title: string
  readonly sentence: string
  readonly nextStep: string
}

/** Reasons that say more than their class; each has its own words in the locale files. */
const TOLD_APART = [
  'login.not-logged-in',
  'login.invalid-token',
  'login.user-header-missing',
  'login.user-header-format',
  'challenge.firewall-page',
  'limit.budget',
  'network.timeout',
  'network.cut-off',
  'network.too-large',
  'changed-api.redirected',
  'changed-api.not-json',
  'refused.forbidden',
  'unsupported.no-such-route',
  'needs-tab.tab-gone',
  'input.duplicate',
  'input.not-a-web-address',
  'input.address-with-login',
  'not-found.account',
  'not-found.draft',
  'interrupted.no-answer',
  'interrupted.token-asked',
] as const

type ToldApart = (typeof TOLD_APART)[number]

/** Words for failures. `siteName` is the account's name or host; without it, "this site". */
export function useFailureText(): (failure: Failure, siteName?: string) => FailureWords {
  const { t, i18n } = useTranslation('failures')
  return (failure, siteName) => {
    const values = { site: siteName ?? t('this-site'), status: failure.httpStatus ?? '' }
    const key = toldApart(failure)
    return {
      title: t(`class.${failure.class}.title`, values),
      sentence: t(key ? `reason.${key}.sentence` : `class.${failure.class}.sentence`, values),
      nextStep:
        failure.retryAtMs === undefined
          ? t(key ? `reason.${key}.next` : `class.${failure.class}.next`, values)
          : t('retry-at', { time: formatExact(failure.retryAtMs, i18n.language) }),
    }
  }
}

/** What may be copied out for a report: codes only, nothing a person typed or a site said. */
export function failureDetails(failure: Failure): string {
  const parts = {
    class: failure.class,
    reason: failure.reason,
    path: failure.path,
    status: failure.httpStatus,
  }
  return Object.entries(parts)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join('\n')
}

function toldApart(failure: Failure): ToldApart | undefined {
  return TOLD_APART.find((key) => key === `${failure.class}.${failure.reason ?? ''}`)
}
