import { Search, X } from 'lucide-react'
import { type KeyboardEvent, type Ref, useId } from 'react'
import { useTranslation } from 'react-i18next'

interface Props {
  label: string
  value: string
  onChange: (value: string) => void
  placeholder?: string | undefined
  inputRef?: Ref<HTMLInputElement> | undefined
}

/** Filters as one types. Escape empties it; only an empty one lets Escape pass on. */
export function SearchField({ label, value, onChange, placeholder, inputRef }: Props) {
  const { t } = useTranslation('common')
  const id = useId()

  function clearOnEscape(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || value === '') return
    event.preventDefault()
    event.stopPropagation()
    onChange('')
  }

  return (
    <div role="search" className="relative flex min-w-0 flex-1 items-center">
      <Search size={14} aria-hidden className="pointer-events-none absolute left-2.5 text-text-3" />
      <input
        id={id}
        ref={inputRef}
        type="search"
        aria-label={label}
        placeholder={placeholder}
        value={value}
        autoComplete="off"
        spellCheck={false}
        onKeyDown={clearOnEscape}
        onChange={(event) => {
          onChange(event.target.value)
        }}
        className="h-8 w-full min-w-0 rounded-control border border-line bg-panel pr-7 pl-8 text-13 text-text"
      />
      {value === '' ? null : (
        <button
          type="button"
          title={t('search.clear')}
          aria-label={t('search.clear')}
          aria-controls={id}
          onClick={() => {
            onChange('')
          }}
          className="absolute right-1 inline-flex size-6 items-center justify-center rounded-control text-text-2 hover:bg-hover"
        >
          <X size={14} aria-hidden />
        </button>
      )}
    </div>
  )
}
