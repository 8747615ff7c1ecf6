import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { SearchField } from '../../components/search-field'
import { CONTROL_LOOK } from '../../components/field'
import { formatCount } from '../../text/format'
import { matching } from '../../view/matching'

/** More would be scrolled past; typing narrows. */
const SHOWN = 60

/** A model and what clients are to call it; `''` = the same. */
export interface ChosenModel {
  readonly name: string
  readonly alias: string
}

interface Props {
  label: string
  chosen: readonly ChosenModel[]
  /** What can be picked; what was typed is added to it. */
  offered: readonly string[]
  /** Each chosen model may get another name. */
  withAlias: boolean
  error?: string | undefined
  onChange: (chosen: readonly ChosenModel[]) => void
}

/** Picks models out of a list, or takes names that are typed. */
export function ModelTable({ label, chosen, offered, withAlias, error, onChange }: Props) {
  const { t, i18n } = useTranslation('exports')
  const [query, setQuery] = useState('')
  const names = useMemo(
    () => [...new Set([...chosen.map(({ name }) => name), ...offered])],
    [chosen, offered],
  )
  const found = useMemo(() => matching(names, query, (name) => name), [names, query])
  const typed = query.trim()
  const byName = new Map(chosen.map((model) => [model.name, model]))

  function set(name: string, alias: string | null): void {
    const rest = chosen.filter((one) => one.name !== name)
    if (alias === null) onChange(rest)
    else if (byName.has(name)) {
      onChange(chosen.map((one) => (one.name === name ? { name, alias } : one)))
    } else onChange([...chosen, { name, alias }])
  }

  function addAll(): void {
    const more = found.filter((name) => !byName.has(name)).map((name) => ({ name, alias: '' }))
    onChange([...chosen, ...more])
  }

  return (
    <fieldset
      className="flex min-w-0 flex-col gap-2"
      name="models"
      tabIndex={-1}
      aria-invalid={error !== undefined}
    >
      <legend className="mb-1 text-13 font-medium">{label}</legend>
      <div className="flex">
        <SearchField
          label={t('models.search')}
          placeholder={t('models.search')}
          value={query}
          onChange={setQuery}
        />
      </div>
      <div className="flex flex-wrap items-center gap-2 text-12 text-text-2">
        <span role="status" className="tabular-nums">
          {t('models.chosen', { count: chosen.length })}
        </span>
        {typed !== '' && !names.includes(typed) && (
          <Button
            size="s"
            onClick={() => {
              set(typed, '')
              setQuery('')
            }}
          >
            {t('models.add', { model: typed })}
          </Button>
        )}
        {found.some((name) => !byName.has(name)) && (
          <Button size="s" variant="ghost" onClick={addAll}>
            {t('models.all')}
          </Button>
        )}
        {chosen.length > 0 && (
          <Button
            size="s"
            variant="ghost"
            onClick={() => {
              onChange([])
            }}
          >
            {t('models.none')}
          </Button>
        )}
      </div>
      {error !== undefined && <p className="text-12 text-bad">{error}</p>}
      {found.length > 0 && (
        <ul className="flex max-h-56 flex-col gap-1 overflow-y-auto rounded-control border border-line p-2">
          {found.slice(0, SHOWN).map((name) => (
            <Row
              key={name}
              {...{ name, withAlias }}
              model={byName.get(name)}
              onSet={(alias) => {
                set(name, alias)
              }}
            />
          ))}
          {found.length > SHOWN && (
            <li className="text-12 text-text-2">
              {t('models.more', { number: formatCount(found.length - SHOWN, i18n.language) })}
            </li>
          )}
        </ul>
      )}
    </fieldset>
  )
}

interface RowProps {
  name: string
  model: ChosenModel | undefined
  withAlias: boolean
  /** `null` = not chosen any more. */
  onSet: (alias: string | null) => void
}

function Row({ name, model, withAlias, onSet }: RowProps) {
  const { t } = useTranslation('exports')
  return (
    <li className="flex items-center gap-2">
      <label className="flex min-w-0 flex-1 items-start gap-2 wrap-anywhere">
        <input
          type="checkbox"
          checked={model !== undefined}
          onChange={(event) => {
            onSet(event.currentTarget.checked ? '' : null)
          }}
          className="mt-0.5 size-4 shrink-0 accent-accent"
        />
        {name}
      </label>
      {withAlias && model !== undefined && (
        <input
          type="text"
          autoComplete="off"
          spellCheck={false}
          aria-label={t('models.alias-of', { model: name })}
          placeholder={t('models.alias')}
          value={model.alias}
          onChange={(event) => {
            onSet(event.target.value)
          }}
          className={`${CONTROL_LOOK} max-w-40`}
        />
      )}
    </li>
  )
}
