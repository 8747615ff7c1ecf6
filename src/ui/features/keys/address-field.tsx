import { useTranslation } from 'react-i18next'

import { isAddress, isRange } from '@/src/domain/ip-form'

import { Field } from '../../components/field'
import { linesIn } from './form-values'
import type { KeyFieldsProps } from './key-fields'

interface Props extends Pick<KeyFieldsProps, 'values' | 'errors' | 'onChange'> {
  /** Ranges may be named too. */
  ranges: boolean
}

/** From where the key may be used; every wrong line is named. */
export function AddressField({ values, errors, ranges, onChange }: Props) {
  const { t, i18n } = useTranslation('keys')
  const wrong = linesIn(values.addresses).filter(
    (line) => !isAddress(line) && !(ranges && isRange(line)),
  )
  const error = errors.ipLimits
  const lines = new Intl.ListFormat(i18n.language).format(wrong)
  return (
    <Field
      label={t('field.addresses')}
      help={t(ranges ? 'help.ranges' : 'help.addresses')}
      error={
        error &&
        (wrong.length > 0
          ? t('error.addresses.wrong', { lines })
          : t('error.addresses.not-accepted'))
      }
    >
      {(wiring) => (
        <textarea
          {...wiring}
          name="addresses"
          autoComplete="off"
          rows={3}
          spellCheck={false}
          value={values.addresses}
          onChange={(event) => {
            onChange({ addresses: event.target.value })
          }}
          className="w-full rounded-control border border-line-strong bg-raised px-2.5 py-1.5 font-mono text-13 text-text aria-invalid:border-bad"
        />
      )}
    </Field>
  )
}
