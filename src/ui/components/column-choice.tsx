import { Columns3 } from 'lucide-react'
import { useId, useRef, useState } from 'react'

import { Button } from './button'
import { CheckBox } from './check-box'

interface Props<Column extends string> {
  /** Name of the button and of the list it opens. */
  label: string
  /** Columns that can be hidden. */
  columns: readonly { readonly column: Column; readonly label: string }[]
  hidden: readonly Column[]
  onToggle: (column: Column) => void
}

/** Which columns a table has. */
export function ColumnChoice<Column extends string>(props: Props<Column>) {
  const { label, columns, hidden, onToggle } = props
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
        {label}
      </Button>
      {isOpen && (
        <fieldset
          id={id}
          // A press between the boxes must not take the focus out.
          tabIndex={-1}
          className="absolute end-0 top-full z-20 mt-1 flex w-48 animate-appear flex-col gap-2 rounded-card border border-line bg-raised p-3 shadow-float outline-none"
        >
          <legend className="sr-only">{label}</legend>
          {columns.map(({ column, label: name }) => (
            <CheckBox
              key={column}
              label={name}
              checked={!hidden.includes(column)}
              onChange={() => {
                onToggle(column)
              }}
            />
          ))}
        </fieldset>
      )}
    </div>
  )
}
