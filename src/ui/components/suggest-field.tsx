import { useId } from 'react'

import { CONTROL_LOOK, Field, type FieldFrameProps } from './field'

/** More would only slow the browser's own list down; typing narrows it. */
const MOST = 500

interface Props extends FieldFrameProps {
  name: string
  value: string
  onChange: (value: string) => void
  suggestions: readonly string[]
  placeholder?: string | undefined
  disabled?: boolean | undefined
}

/** A text that can be typed, or picked from what is known. */
export function SuggestField(props: Props) {
  const { label, help, error, required, onChange, suggestions, ...input } = props
  const listId = useId()
  return (
    <Field label={label} help={help} error={error} required={required}>
      {(wiring) => (
        <>
          <input
            type="text"
            autoComplete="off"
            spellCheck={false}
            {...input}
            {...wiring}
            list={listId}
            aria-required={required}
            onChange={(event) => {
              onChange(event.target.value)
            }}
            className={CONTROL_LOOK}
          />
          <datalist id={listId}>
            {suggestions.slice(0, MOST).map((value) => (
              <option key={value} value={value} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  )
}
