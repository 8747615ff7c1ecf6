import { useTranslation } from 'react-i18next'

import { SecretField } from '../../components/secret-field'
import type { FieldError } from './draft-check'

interface Props {
  value: string
  onChange: (token: string) => void
  error: FieldError | undefined
  help: string
  required: boolean
  /** Where the site shows and makes access tokens; `null` = not known. */
  profileUrl: string | null
}

/** A pasted access token, with the way to the page that has it. */
export function TokenField({ error, profileUrl, ...input }: Props) {
  const { t } = useTranslation('account-form')
  return (
    <div className="flex flex-col gap-2">
      <SecretField
        label={t('field.token')}
        name="token"
        {...input}
        {...(error ? { error: t(`error.${error}`) } : {})}
      />
      {profileUrl !== null && (
        <p className="text-12">
          <a className="text-accent underline" href={profileUrl} target="_blank" rel="noreferrer">
            {t('paste.open')}
          </a>
        </p>
      )}
    </div>
  )
}
