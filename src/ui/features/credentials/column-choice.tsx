import { Columns3 } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { CheckBox } from '../account-form/check-box'
import { OPTIONAL_COLUMNS } from './columns'
import { useCredentialChoices } from './list-choices'

/** Which columns the table has. */
export function ColumnChoice() {
  const { t } = useTranslation('credentials')
  const { hidden, toggleColumn } = useCredentialChoices()
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()
  return (
    <div
      className="relative"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return
        // Meant for the list of columns, not for the panel beside.
        event.preventDefault()
        event.stopPropagation()
        setOpen(false)
        button.current?.focus()
      }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false)
      }}
    >
      <Button
        ref={button}
        variant="ghost"
        icon={Columns3}
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => {
          setOpen(!isOpen)
        }}
      >
        {t('view.columns')}
      </Button>
      {isOpen && (
        <fieldset
          id={id}
          // A press between the boxes must not take the focus out.
          tabIndex={-1}
          className="absolute end-0 top-full z-20 mt-1 flex w-48 animate-appear flex-col gap-2 rounded-card border border-line bg-raised p-3 shadow-float outline-none"
        >
          <legend className="sr-only">{t('view.columns')}</legend>
          {OPTIONAL_COLUMNS.map((column) => (
            <CheckBox
              key={column}
              label={t(`column.${column}`)}
              checked={!hidden.includes(column)}
              onChange={() => {
                toggleColumn(column)
              }}
            />
          ))}
        </fieldset>
      )}
    </div>
  )
}
