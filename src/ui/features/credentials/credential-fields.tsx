import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'

import { API_TYPES } from '@/src/domain/api-types'

import { FailureNotice } from '../../components/failure-notice'
import { RadioGroup } from '../../components/radio-group'
import { SecretField } from '../../components/secret-field'
import { TextField } from '../../components/text-field'
import { NotesField } from '../account-form/notes-field'
import { TagInput } from '../tags/tag-input'
import { type FormField, savedAddress } from './form-values'
import { QueryFields } from './query-fields'
import type { CredentialForm } from './use-credential-form'

interface Props {
  formId: string
  formRef: RefObject<HTMLFormElement | null>
  form: CredentialForm
}

/** Everything a person decides about a credential. */
export function CredentialFields({ formId, formRef, form }: Props) {
  const { t } = useTranslation('credentials')
  const { values, stored, change, failure } = form
  const errorOf = useErrorText(form)
  return (
    <form
      id={formId}
      ref={formRef}
      onSubmit={form.submit}
      noValidate
      className="flex flex-col gap-4"
    >
      <TextField
        label={t('field.name')}
        name="name"
        value={values.name}
        error={errorOf('name')}
        onChange={(name) => {
          change({ name })
        }}
        autoFocus={!stored}
        required
      />
      <TextField
        label={t('field.baseUrl')}
        name="baseUrl"
        value={values.baseUrl}
        error={errorOf('baseUrl')}
        help={<AddressPreview form={form} />}
        placeholder="https://api.example.com"
        inputMode="url"
        onChange={(baseUrl) => {
          change({ baseUrl })
        }}
        required
      />
      <SecretField
        label={t('field.apiKey')}
        name="apiKey"
        value={values.apiKey}
        error={errorOf('apiKey')}
        help={t(stored ? 'help.key-kept' : 'help.key')}
        onChange={(apiKey) => {
          change({ apiKey })
        }}
        required={!stored}
      />
      <RadioGroup
        legend={t('field.apiType')}
        name="apiType"
        value={values.apiType}
        onChange={(apiType) => {
          change({ apiType })
        }}
        options={API_TYPES.map((value) => ({
          value,
          label: t(`api-type.${value}`),
          help: t(`api-type-help.${value}`),
        }))}
      />
      <TagInput
        chosen={values.tagIds}
        making={form.making}
        onChange={(tagIds) => {
          change({ tagIds })
        }}
      />
      <NotesField
        value={values.notes}
        onChange={(notes) => {
          change({ notes })
        }}
      />
      <QueryFields form={form} errorOf={errorOf} />
      <p className="text-12 text-text-2">{t('access.before')}</p>
      {failure && <FailureNotice failure={failure} />}
    </form>
  )
}

/** What is typed as it will be kept, while it is typed. */
function AddressPreview({ form: { values, stored } }: { form: CredentialForm }) {
  const { t } = useTranslation('credentials')
  const address = savedAddress(values, stored)
  if (!address.ok) return t('help.baseUrl')
  return <span className="wrap-anywhere">{t('help.saved-as', { address: address.value })}</span>
}

/** The error of a field, in words. */
function useErrorText({ errors }: CredentialForm): (field: FormField) => string | undefined {
  const { t } = useTranslation('credentials')
  return (field) => {
    const reason = errors[field]
    if (reason === undefined) return undefined
    return reason === 'required' && (field === 'name' || field === 'apiKey')
      ? t(`error.required-${field}`)
      : t(`error.${reason}`)
  }
}
