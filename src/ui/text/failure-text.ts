import { useTranslation } from 'react-i18next'

import type { Failure } from '@/src/domain/failure'

import { useNow } from '../components/use-now'
import { formatExact } from './format'

/** A failure as a person reads it: what happened, why, and what to do now. */
export interface FailureWords {
  readonly title: string
  readonly sentence: string
  readonly nextStep: string
  /** Until when Relaydeck leaves the site alone, unless it is asked; `null` = it does not. */
  readonly resumes: string | null
}

/** Reasons that say more than their class; each has its own words in the locale files. */
export const TOLD_APART = [
  'login.not-logged-in',
  'login.invalid-token',
  'login.user-header-missing',
  'login.user-header-format',
  'login.session-ended',
  'login.renewal-uncertain',
  'login.page-session-stale',
  'login.session-binding-mismatch',
  'login.token-expired',
  'login.token-revoked',
  'login.invalid-credentials',
  'login.no-session-in-page',
  'identity.foreign-rows',
  'challenge.firewall-page',
  'challenge.resting',
  'challenge.tab-gone',
  'challenge.blocked-page',
  'limit.budget',
  'limit.totp-too-many-attempts',
  'network.timeout',
  'network.cut-off',
  'network.too-large',
  'network.resting',
  'server.resting',
  'changed-api.redirected',
  'changed-api.not-json',
  'refused.forbidden',
  'refused.user-disabled',
  'refused.backend-mode',
  'proof.second-factor',
  'proof.captcha',
  'proof.totp-invalid-code',
  'unsupported.no-such-route',
  'unsupported.unknown-site',
  'unsupported.relay-only-node',
  'unsupported.no-page-login',
  'unsupported.no-sessions',
  'unsupported.token-only',
  'unsupported.no-cookie-login',
  'access.revoked',
  'access.own-cookies-not-granted',
  'access.own-cookies-unsupported',
  'needs-tab.tab-gone',
  'needs-tab.page-session',
  'needs-tab.none-open',
  'needs-tab.shielded',
  'needs-tab.no-answer',
  'input.duplicate',
  'input.not-a-web-address',
  'input.address-with-login',
  'input.user-id-needed',
  'input.not-a-management-key',
  'input.malformed-token',
  'not-found.account',
  'not-found.draft',
  'interrupted.no-answer',
  'interrupted.token-asked',
] as const

export type ToldApart = (typeof TOLD_APART)[number]

/** The same of what only pages about keys, credentials and exports meet: the popup goes without. */
export const LATE_TOLD_APART = [
  'login.key-refused',
  'changed-api.not-data',
  'changed-api.path-not-found',
  'changed-api.not-a-number',
  'changed-api.no-value',
  'refused.clipboard',
  'unsupported.key-lost',
  'unsupported.protocol-missing',
  'input.masked',
  'input.required',
  'input.malformed-key',
  'input.duplicate-tag',
  'input.endpoint-required',
  'input.not-a-path',
  'input.other-origin',
  'input.repeated-parameter',
  'input.path-required',
  'input.bad-path',
  'not-found.credential',
  'not-found.tag',
  'interrupted.uncertain',
  'proof.verification-required',
  'proof.browser-login-needed',
  'proof.no-second-factor',
  'refused.key-limit',
  'refused.name-too-long',
  'refused.key-expired',
  'refused.key-exhausted',
  'refused.group-not-allowed',
  'refused.account-disabled',
  'unsupported.no-reveal',
  'unsupported.no-key-changes',
  'unsupported.no-key-switch',
  'changed-api.list-incomplete',
  'not-found.key',
] as const

/** Reasons that mean to a person what another one means. */
const SAME_WORDS: Readonly<Record<string, ToldApart>> = {
  'login.invalid-session': 'login.not-logged-in',
  'login.session-expired': 'login.token-expired',
  'login.auth-token-expired': 'login.token-expired',
  'login.refresh-token-expired': 'login.session-ended',
  'login.refresh-token-invalid': 'login.session-ended',
  'login.renewal-refused': 'login.page-session-stale',
  'login.no-lock': 'login.page-session-stale',
  'identity.rows-of-several-users': 'identity.foreign-rows',
  'needs-tab.moved': 'needs-tab.tab-gone',
  'changed-api.web-page': 'changed-api.not-json',
}

/** Words for failures. `siteName` is the account's name or host; without it, "this site". */
export function useFailureText(): (failure: Failure, siteName?: string) => FailureWords {
  const { t, i18n } = useTranslation('failures')
  const { t: late } = useTranslation('late-failures')
  const now = useNow()
  return (failure, siteName) => {
    const values = { site: siteName ?? t('this-site'), status: failure.httpStatus ?? '' }
    const key = toldApart(failure)
    const lateKey = LATE_TOLD_APART.find((one) => one === nameOf(failure))
    const words = (part: 'sentence' | 'next') => {
      if (lateKey) return late(`reason.${lateKey}.${part}`, values)
      return t(key ? `reason.${key}.${part}` : `class.${failure.class}.${part}`, values)
    }
    const { retryAtMs = 0 } = failure
    const wait = retryAtMs > now ? { time: formatExact(retryAtMs, i18n.language) } : null
    // A rest of ours ends when the user asks; a pause that the site wants does not.
    const isRest = failure.reason === 'resting'
    return {
      title: t(`class.${failure.class}.title`, values),
      sentence: words('sentence'),
      nextStep: wait && !isRest ? t('retry-at', wait) : words('next'),
      resumes: wait && isRest ? t('resumes', wait) : null,
    }
  }
}

const nameOf = ({ class: kind, reason = '' }: Failure) => `${kind}.${reason}`

function toldApart(failure: Failure): ToldApart | undefined {
  const name = nameOf(failure)
  return SAME_WORDS[name] ?? TOLD_APART.find((key) => key === name)
}
