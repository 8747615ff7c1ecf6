import { useTranslation } from 'react-i18next'

import { RadioGroup } from '../../components/radio-group'
import { SecretField } from '../../components/secret-field'
import type { FieldError } from './draft'
import type { EditValues } from './edit-values'

interface Props {
  values: EditValues
  stored: EditValues
  hasToken: boolean
  error: FieldError | undefined
  onChange: (edit: Partial<EditValues>) => void
}

/** The access method of a stored account. The stored token is never shown. */
export function EditMethod({ values, stored, hasToken, error, onChange }: Props) {
  const { t } = useTranslation('account-form')
  return (
    <>
      <RadioGroup
        legend={t('field.method')}
        name="method"
        value={values.method}
        onChange={(method) => {
          onChange({ method: method === 'cookie' ? 'cookie' : 'token' })
        }}
        options={(['token', 'cookie'] as const).map((mode) => ({
          value: mode,
          label: t(`method.${mode}`),
          help: t(`method-help.${mode}`),
        }))}
      />
      {values.method === 'token' && (
        <SecretField
          label={t('field.token')}
          name="token"
          help={t(hasToken ? 'edit.token-kept' : 'help.token')}
          value={values.token}
          onChange={(token) => {
            onChange({ token })
          }}
          required={!hasToken}
          {...(error ? { error: t(`error.${error}`) } : {})}
        />
      )}
      {values.method === 'cookie' && stored.method === 'token' && (
        <p className="text-text-2">{t('edit.token-forgotten')}</p>
      )}
    </>
  )
}
