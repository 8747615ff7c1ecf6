import { useTranslation } from 'react-i18next'

import { FailureNotice } from '../../components/failure-notice'
import { Notice } from '../../components/notice'
import { SecretField } from '../../components/secret-field'
import { TextField } from '../../components/text-field'
import type { SignInValues } from './sign-in-values'
import type { SignIn } from './use-sign-in'

interface Props {
  signIn: SignIn
  host: string
  /** The person came here in order to sign in. */
  autoFocus?: boolean
}

/** User, password and, once the site asks for it, the code of a second factor. */
export function SignInFields({ signIn, host, autoFocus = false }: Props) {
  const { t } = useTranslation('account-form')
  const { values, errors, change, asksCode } = signIn
  const wiring = (field: keyof SignInValues) => {
    const error = errors[field]
    return {
      label: t(`sign-in.${field}`),
      name: field,
      value: values[field],
      onChange: (value: string) => {
        change({ [field]: value })
      },
      required: true,
      ...(error ? { error: t(`sign-in.error.${error}`) } : {}),
    }
  }
  return (
    <div className="flex flex-col gap-4">
      <p className="text-text-2">{t('sign-in.why')}</p>
      <TextField {...wiring('login')} inputMode="email" autoFocus={autoFocus} />
      <SecretField {...wiring('password')} help={t('sign-in.password-help')} />
      {asksCode && (
        <TextField
          {...wiring('code')}
          help={t('sign-in.code-help')}
          inputMode="numeric"
          autoFocus
        />
      )}
      <SignInFailure signIn={signIn} host={host} />
    </div>
  )
}

function SignInFailure({ signIn: { failure }, host }: Pick<Props, 'signIn' | 'host'>) {
  const { t } = useTranslation('account-form')
  if (!failure) return null
  if (failure.class === 'access') {
    return (
      <Notice tone="attention" title={t('access.refused-title')}>
        <p>{t('sign-in.access')}</p>
        <p>{t('access.limit')}</p>
      </Notice>
    )
  }
  return <FailureNotice failure={failure} siteName={host} />
}
