import { useTranslation } from 'react-i18next'

import type { DraftProblem } from '@/src/domain/key-draft'
import { CURRENCIES, type Currency } from '@/src/domain/money'

import { SelectField } from '../../components/select-field'
import { Switch } from '../../components/switch'
import { TextField } from '../../components/text-field'
import { AddressField } from './address-field'
import { ExpiryField } from './expiry-field'
import type { KeyFormValues } from './form-values'
import type { KeySection } from './key-entries'
import { anyHas, groupsOf } from './many-plan'

interface Props {
  values: KeyFormValues
  problems: readonly DraftProblem[]
  sections: readonly KeySection[]
  onChange: (edit: Partial<KeyFormValues>) => void
}

/** What all the keys have in common. */
export function ManyFields({ values, problems, sections, onChange }: Props) {
  const { t } = useTranslation('keys')
  const groups = groupsOf(sections)
  const errors = Object.fromEntries(problems.map(({ field, reason }) => [field, reason]))
  return (
    <>
      <TextField
        label={t('field.name')}
        name="name"
        required
        value={values.name}
        onChange={(name) => {
          onChange({ name })
        }}
        error={errors['name'] && t('error.name.empty')}
      />
      {groups.length > 0 && (
        <SelectField
          label={t('field.group')}
          name="group"
          value={values.group}
          onChange={(group) => {
            onChange({ group })
          }}
          options={[
            { value: '', label: t('group.own') },
            ...groups.map((name) => ({ value: name, label: name })),
          ]}
        />
      )}
      <Switch
        label={t('field.unlimited')}
        name="unlimited"
        checked={values.unlimited}
        onChange={(unlimited) => {
          onChange({ unlimited })
        }}
      />
      {!values.unlimited && (
        <div className="grid grid-cols-[1fr_9rem] gap-2">
          <TextField
            label={t('field.amount')}
            name="amount"
            inputMode="decimal"
            required
            value={values.amount}
            onChange={(amount) => {
              onChange({ amount })
            }}
            error={errors['remaining'] && t('error.amount.not-positive')}
          />
          <SelectField<Currency>
            label={t('field.currency')}
            name="currency"
            value={values.currency}
            onChange={(currency) => {
              onChange({ currency })
            }}
            options={CURRENCIES.map((value) => ({ value, label: t(`currency.${value}`) }))}
          />
        </div>
      )}
      <ExpiryField values={values} errors={errors} inDays={false} onChange={onChange} />
      {anyHas(sections, 'ipLimits') && (
        <AddressField values={values} errors={errors} ranges onChange={onChange} />
      )}
    </>
  )
}
