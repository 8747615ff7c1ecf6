import { type ReactNode, useId } from 'react'

interface Option<Value extends string> {
  readonly value: Value
  readonly label: string
  readonly help?: ReactNode
  readonly disabled?: boolean | undefined
}

interface Props<Value extends string> {
  legend: string
  name: string
  value: Value | null
  onChange: (value: Value) => void
  options: readonly Option<Value>[]
}

export function RadioGroup<Value extends string>(props: Props<Value>) {
  const { legend, name, value, onChange, options } = props
  const id = useId()
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1 text-13 font-medium">{legend}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className="flex items-start gap-2 has-disabled:text-text-3"
          htmlFor={`${id}-${option.value}`}
        >
          <input
            id={`${id}-${option.value}`}
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            disabled={option.disabled}
            aria-describedby={option.help ? `${id}-${option.value}-help` : undefined}
            onChange={() => {
              onChange(option.value)
            }}
            className="mt-0.5 size-4 shrink-0 appearance-none rounded-full border border-mark bg-raised checked:border-5 checked:border-accent"
          />
          <span className="min-w-0">
            {option.label}
            {option.help ? (
              <span id={`${id}-${option.value}-help`} className="block text-12 text-text-2">
                {option.help}
              </span>
            ) : null}
          </span>
        </label>
      ))}
    </fieldset>
  )
}
