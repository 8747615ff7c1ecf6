import { useTranslation } from 'react-i18next'

import { CURRENCIES, type Currency } from '@/src/domain/money'

import { SelectField } from '../../components/select-field'
import { Switch } from '../../components/switch'
import { TextField } from '../../components/text-field'
import { formatAmountOf } from '../../text/format'
import { amountIn, inCurrency } from './form-values'
import type { KeyFieldsProps } from './key-fields'

type Props = Pick<KeyFieldsProps, 'values' | 'errors' | 'rates' | 'onChange'>

/** What a key may spend, in the currency the person thinks in; the others stand below. */
export function AmountField({ values, errors, rates, onChange }: Props) {
  const { t, i18n } = useTranslation('keys')
  const offered = CURRENCIES.filter((one) => one !== 'points' || rates.unit === 'points')
  const amount = amountIn(values, rates)
  const others = offered.filter((one) => one !== values.currency)
  const equal = others.map((one) => formatAmountOf(amount, rates, one, i18n.language)).join(' · ')
  const error = errors.remaining
  return (
    <div className="flex flex-col gap-2">
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
            onChange={(text) => {
              onChange({ amount: text, exact: null })
            }}
            error={error && t(`error.amount.${error === 'not-accepted' ? error : 'not-positive'}`)}
            help={Number.isFinite(amount) ? t('help.amount', { amounts: equal }) : undefined}
          />
          <SelectField<Currency>
            label={t('field.currency')}
            name="currency"
            value={values.currency}
            onChange={(currency) => {
              onChange(inCurrency(values, currency, rates))
            }}
            options={offered.map((value) => ({ value, label: t(`currency.${value}`) }))}
          />
        </div>
      )}
    </div>
  )
}
