import { useId } from 'react'

interface Props {
  label: string
  checked: boolean
  onChange: (checked: boolean) => void
  name?: string
  error?: string
}

/** A statement a person confirms. */
export function CheckBox({ label, checked, onChange, name, error }: Props) {
  const errorId = useId()
  return (
    <div>
      <label className="flex items-start gap-2">
        <input
          type="checkbox"
          name={name}
          checked={checked}
          onChange={(event) => {
            onChange(event.currentTarget.checked)
          }}
          aria-invalid={error !== undefined}
          aria-describedby={error === undefined ? undefined : errorId}
          className="mt-0.5 size-4 shrink-0 accent-accent"
        />
        {label}
      </label>
      {error !== undefined && (
        <p id={errorId} className="mt-1 text-12 text-bad">
          {error}
        </p>
      )}
    </div>
  )
}
