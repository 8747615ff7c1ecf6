import { useTranslation } from 'react-i18next'

import type { KeyField } from '@/src/domain/api-key'
import { utf8Bytes } from '@/src/domain/key-draft'
import type { Rates } from '@/src/domain/money'

import { TextField } from '../../components/text-field'
import { AddressField } from './address-field'
import { AmountField } from './amount-field'
import { ExpiryField } from './expiry-field'
import type { KeyFormValues, KeyOptions } from './form-values'
import { GroupFields } from './group-fields'
import { ModelField } from './model-field'
import type { KeyErrors } from './use-key-form'

export interface KeyFieldsProps {
  values: KeyFormValues
  errors: KeyErrors
  options: KeyOptions
  /** What the family lets a person decide here. */
  fields: readonly KeyField[]
  rates: Rates
  onChange: (edit: Partial<KeyFormValues>) => void
}

/** The fields of a key, as far as the family of its site has them. */
export function KeyFields(props: KeyFieldsProps) {
  const { values, options, fields, onChange } = props
  const has = (field: KeyField) => fields.includes(field)
  return (
    <>
      {has('name') && (
        <NameField
          {...props}
          onChange={(name) => {
            onChange({ name })
          }}
        />
      )}
      <GroupFields {...props} />
      {has('remaining') && <AmountField {...props} />}
      {has('expiresAtMs') && <ExpiryField {...props} inDays={options.features.expiryInDays} />}
      {has('modelLimits') && (
        <ModelField
          chosen={values.models}
          offered={options.models}
          onChange={(models) => {
            onChange({ models })
          }}
        />
      )}
      {has('ipLimits') && options.features.ipForm !== 'none' && (
        <AddressField {...props} ranges={options.features.ipForm === 'range'} />
      )}
    </>
  )
}

interface NameProps extends Pick<KeyFieldsProps, 'values' | 'errors' | 'options'> {
  onChange: (name: string) => void
}

/** Sites count bytes: a Chinese character takes three. */
function NameField({ values, errors, options, onChange }: NameProps) {
  const { t } = useTranslation('keys')
  const { nameBytes } = options.features
  return (
    <TextField
      label={t('field.name')}
      name="name"
      required
      value={values.name}
      onChange={onChange}
      error={errors.name && t(`error.name.${nameReason(errors.name)}`)}
      help={t('help.name', { used: utf8Bytes(values.name.trim()), most: nameBytes })}
    />
  )
}

function nameReason(reason: NonNullable<KeyErrors['name']>): 'empty' | 'too-long' | 'not-accepted' {
  return reason === 'empty' || reason === 'too-long' ? reason : 'not-accepted'
}
