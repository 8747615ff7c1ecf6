interface Props {
  /** Names the control and stands as its first choice, which narrows nothing. */
  label: string
  value: string | null
  options: readonly { readonly value: string; readonly label: string }[]
  onChange: (value: string | null) => void
}

/** Narrows a list by one of many values. */
export function FilterSelect({ label, value, options, onChange }: Props) {
  return (
    <select
      aria-label={label}
      autoComplete="off"
      // A group may be called anything, the empty name included: the index stands for the value.
      value={String(options.findIndex((option) => option.value === value))}
      onChange={(event) => {
        onChange(options[Number(event.target.value)]?.value ?? null)
      }}
      className={`h-7 max-w-40 min-w-0 truncate rounded-full border bg-panel px-2 text-12 ${value === null ? 'border-line text-text-2' : 'border-accent bg-selected text-text'}`}
    >
      <option value="-1">{label}</option>
      {options.map((option, index) => (
        <option key={option.value} value={String(index)}>
          {option.label}
        </option>
      ))}
    </select>
  )
}
