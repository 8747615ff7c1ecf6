import type { ComponentProps } from 'react'

import { CONTROL_LOOK, Field, type FieldFrameProps } from './field'

interface Props extends FieldFrameProps {
  name: string
  value: string
  onChange: (value: string) => void
  type?: 'text' | 'url' | 'number' | 'email' | 'time' | undefined
  inputMode?: ComponentProps<'input'>['inputMode']
  placeholder?: string | undefined
  autoFocus?: boolean | undefined
  disabled?: boolean | undefined
}

export function TextField({ label, help, error, required, onChange, ...input }: Props) {
  return (
    <Field label={label} help={help} error={error} required={required}>
      {(wiring) => (
        <input
          type="text"
          autoComplete="off"
          spellCheck={false}
          {...input}
          {...wiring}
          aria-required={required}
          onChange={(event) => {
            onChange(event.target.value)
          }}
          className={CONTROL_LOOK}
        />
      )}
    </Field>
  )
}
