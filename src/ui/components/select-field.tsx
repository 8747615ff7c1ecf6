import { ChevronDown } from 'lucide-react'

import { CONTROL_LOOK, Field, type FieldFrameProps } from './field'

interface Props<Value extends string> extends FieldFrameProps {
  name: string
  value: Value
  onChange: (value: Value) => void
  options: readonly { readonly value: Value; readonly label: string }[]
  disabled?: boolean | undefined
}

export function SelectField<Value extends string>(props: Props<Value>) {
  const { label, help, error, required, name, value, onChange, options, disabled } = props
  return (
    <Field label={label} help={help} error={error} required={required}>
      {(wiring) => (
        <span className="relative flex">
          <select
            {...wiring}
            name={name}
            autoComplete="off"
            value={value}
            disabled={disabled}
            onChange={(event) => {
              const chosen = options.find((option) => option.value === event.target.value)
              if (chosen) onChange(chosen.value)
            }}
            className={`${CONTROL_LOOK} appearance-none pr-8`}
          >
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
          <ChevronDown
            size={16}
            aria-hidden
            className="pointer-events-none absolute top-2 right-2 text-text-2"
          />
        </span>
      )}
    </Field>
  )
}
