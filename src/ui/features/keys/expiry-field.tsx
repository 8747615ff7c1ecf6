import { useTranslation } from 'react-i18next'

import { CONTROL_LOOK, Field } from '../../components/field'
import { SelectField } from '../../components/select-field'
import { EXPIRY_CHOICES } from './form-values'
import type { KeyFieldsProps } from './key-fields'

interface Props extends Pick<KeyFieldsProps, 'values' | 'errors' | 'onChange'> {
  /** The family counts in whole days. */
  inDays: boolean
}

/** When the key ends: never, in some days, or at a time. */
export function ExpiryField({ values, errors, inDays, onChange }: Props) {
  const { t } = useTranslation('keys')
  const error = errors.expiresAtMs
  const told = error && t(`error.expiry.${error === 'in-the-past' ? error : 'not-a-time'}`)
  return (
    <div className="grid grid-cols-2 gap-2">
      <SelectField
        label={t('field.expiry')}
        name="expiry"
        value={values.expiry}
        onChange={(expiry) => {
          onChange({ expiry })
        }}
        error={values.expiry === 'date' ? undefined : told}
        help={inDays ? t('help.expiry-days') : undefined}
        options={EXPIRY_CHOICES.map((value) => ({ value, label: t(`expiry.${value}`) }))}
      />
      {values.expiry === 'date' && (
        <Field label={t('field.date')} error={told} required>
          {(wiring) => (
            <input
              {...wiring}
              type="datetime-local"
              name="date"
              autoComplete="off"
              aria-required
              value={values.date}
              onChange={(event) => {
                onChange({ date: event.target.value })
              }}
              className={CONTROL_LOOK}
            />
          )}
        </Field>
      )}
    </div>
  )
}
