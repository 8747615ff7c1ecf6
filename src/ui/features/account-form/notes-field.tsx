import { useId } from 'react'
import { useTranslation } from 'react-i18next'

interface Props {
  value: string
  onChange: (value: string) => void
}

/** Free text about an account; only this product sees it. */
export function NotesField({ value, onChange }: Props) {
  const { t } = useTranslation('account-form')
  const id = useId()
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="font-medium">
        {t('field.notes')}
      </label>
      <textarea
        id={id}
        name="notes"
        rows={4}
        maxLength={4000}
        value={value}
        onChange={(event) => {
          onChange(event.currentTarget.value)
        }}
        className="rounded-control border border-line-strong bg-panel px-3 py-2"
      />
    </div>
  )
}
