import { type ReactNode, useId } from 'react'

interface Props {
  label: string
  checked: boolean
  onChange: (checked: boolean) => void
  help?: ReactNode
  disabled?: boolean | undefined
  name?: string | undefined
}

/** An on/off choice that takes effect at once. */
export function Switch({ label, checked, onChange, help, disabled, name }: Props) {
  const id = useId()
  return (
    <div className="flex items-start justify-between gap-4">
      <div className="min-w-0">
        <label htmlFor={id} className="text-13 font-medium">
          {label}
        </label>
        {help ? (
          <div id={`${id}-help`} className="text-12 text-text-2">
            {help}
          </div>
        ) : null}
      </div>
      <input
        id={id}
        name={name}
        type="checkbox"
        role="switch"
        checked={checked}
        disabled={disabled}
        aria-describedby={help ? `${id}-help` : undefined}
        onChange={(event) => {
          onChange(event.target.checked)
        }}
        className="mt-0.5 h-5 w-9 shrink-0 cursor-pointer appearance-none rounded-full border border-mark bg-panel p-0.5 transition-colors before:block before:size-3.5 before:rounded-full before:bg-mark before:transition-transform checked:border-accent checked:bg-accent checked:before:translate-x-4 checked:before:bg-on-accent disabled:cursor-default disabled:opacity-50"
      />
    </div>
  )
}
