import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { SITE_TYPES } from '@/src/domain/site-type'

import { RadioGroup } from '../../components/radio-group'
import { SecretField } from '../../components/secret-field'
import { SelectField } from '../../components/select-field'
import { TextField } from '../../components/text-field'
import { sitesQuery } from '../../queries/sites'
import { type FormState, useFieldProps } from './field-props'

/** Every field of an account, for sites that cannot be recognised. */
export function ManualFields(form: FormState) {
  const { t } = useTranslation('account-form')
  const field = useFieldProps(form)
  const { data: sites = [] } = useQuery(sitesQuery())
  const { values, onChange } = form
  const site = sites.find(({ type }) => type === values.siteType)
  const methods = site?.authModes ?? [values.method]

  function chooseType(chosen: string): void {
    const siteType = SITE_TYPES.find((type) => type === chosen)
    if (!siteType) return
    const modes = sites.find(({ type }) => type === siteType)?.authModes ?? []
    const [first] = modes
    onChange(first && !modes.includes(values.method) ? { siteType, method: first } : { siteType })
  }

  return (
    <>
      <SelectField
        label={t('field.siteType')}
        help={t('help.siteType')}
        name="siteType"
        value={values.siteType}
        onChange={chooseType}
        options={
          sites.length > 0
            ? sites.map(({ type, label }) => ({ value: type, label }))
            : [{ value: values.siteType, label: values.siteType }]
        }
      />
      <TextField {...field('origin')} inputMode="url" required />
      <TextField {...field('name')} required />
      <TextField {...field('userId')} required />
      <TextField {...field('username')} />
      <RadioGroup
        legend={t('field.method')}
        name="method"
        value={values.method}
        onChange={(method) => {
          onChange({ method: method === 'cookie' ? 'cookie' : 'token' })
        }}
        options={methods.map((mode) => ({
          value: mode,
          label: t(`method.${mode}`),
          help: t(`method-help.${mode}`),
        }))}
      />
      {values.method === 'token' && <SecretField {...field('token')} required />}
      <TextField {...field('exchangeRate')} inputMode="decimal" required />
    </>
  )
}
