import { useTranslation } from 'react-i18next'

import { Field } from '../../components/field'

/** As the account record holds them. */
const LONGEST = 4000

interface Props {
  value: string
  onChange: (value: string) => void
}

/** Free text about an account; only this product sees it. */
export function NotesField({ value, onChange }: Props) {
  const { t } = useTranslation('account-form')
  return (
    <Field label={t('field.notes')} help={t('help.notes')}>
      {(wiring) => (
        <textarea
          {...wiring}
          name="notes"
          // Or the browser keeps what is typed in its own files, to restore the page from.
          autoComplete="off"
          rows={4}
          maxLength={LONGEST}
          value={value}
          onChange={(event) => {
            onChange(event.currentTarget.value)
          }}
          className="w-full rounded-control border border-line-strong bg-raised px-2.5 py-1.5 text-13 text-text"
        />
      )}
    </Field>
  )
}
