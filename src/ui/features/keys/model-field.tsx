import { X } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { CONTROL_LOOK, Field } from '../../components/field'
import { formatCount } from '../../text/format'
import { matching } from '../../view/matching'
import { CheckBox } from '../../components/check-box'

/** More would be scrolled past; typing narrows. */
const SHOWN = 60

interface Props {
  chosen: readonly string[]
  /** The models the site lists for the account; `null` = not known. */
  offered: readonly string[] | null
  onChange: (models: readonly string[]) => void
}

/** Which models the key may call, picked from the site's own list; none chosen = all. */
export function ModelField({ chosen, offered, onChange }: Props) {
  const { t, i18n } = useTranslation('keys')
  const [query, setQuery] = useState('')
  const found = useMemo(() => matching(offered ?? [], query, (model) => model), [offered, query])
  const rest = found.length - SHOWN
  const typed = query.trim()

  function toggle(model: string, on: boolean): void {
    onChange(on ? [...chosen, model] : chosen.filter((one) => one !== model))
  }

  return (
    <div className="flex flex-col gap-2">
      <Field
        label={t('field.models')}
        help={t(chosen.length === 0 ? 'help.models-all' : 'help.models-some', {
          count: chosen.length,
        })}
      >
        {(wiring) => (
          <input
            {...wiring}
            type="search"
            name="models"
            autoComplete="off"
            spellCheck={false}
            placeholder={t(offered === null ? 'models.type' : 'models.search')}
            value={query}
            onChange={(event) => {
              setQuery(event.target.value)
            }}
            onKeyDown={(event) => {
              // Enter in a search must not send the form.
              if (event.key === 'Enter') event.preventDefault()
            }}
            className={CONTROL_LOOK}
          />
        )}
      </Field>
      {chosen.length > 0 && <Chosen models={chosen} offered={offered} onRemove={toggle} />}
      {offered === null ? (
        <div className="flex flex-wrap items-center gap-2 text-12 text-text-2">
          {t('models.unknown')}
          {typed !== '' && !chosen.includes(typed) && (
            <Button
              size="s"
              onClick={() => {
                toggle(typed, true)
                setQuery('')
              }}
            >
              {t('models.add', { model: typed })}
            </Button>
          )}
        </div>
      ) : (
        <fieldset className="flex max-h-48 flex-col gap-1.5 overflow-y-auto rounded-control border border-line p-2">
          <legend className="sr-only">{t('field.models')}</legend>
          {found.slice(0, SHOWN).map((model) => (
            <CheckBox
              key={model}
              label={model}
              checked={chosen.includes(model)}
              onChange={(on) => {
                toggle(model, on)
              }}
            />
          ))}
          {found.length === 0 && <p className="text-text-2">{t('models.none')}</p>}
          {rest > 0 && (
            <p className="text-12 text-text-2">
              {t('models.more', { number: formatCount(rest, i18n.language) })}
            </p>
          )}
        </fieldset>
      )}
    </div>
  )
}

interface ChosenProps {
  models: readonly string[]
  offered: readonly string[] | null
  onRemove: (model: string, on: false) => void
}

function Chosen({ models, offered, onRemove }: ChosenProps) {
  const { t } = useTranslation('keys')
  return (
    <ul className="flex max-h-32 flex-wrap gap-1 overflow-y-auto">
      {models.map((model) => {
        const isGone = offered !== null && !offered.includes(model)
        return (
          <li
            key={model}
            title={isGone ? t('models.gone') : undefined}
            className={`flex max-w-full items-center gap-1 rounded-full border px-2 text-12 ${isGone ? 'border-attention text-attention' : 'border-line'}`}
          >
            <span className="truncate">{model}</span>
            {isGone && <span className="sr-only">{t('models.gone')}</span>}
            <button
              type="button"
              aria-label={t('models.remove', { model })}
              onClick={() => {
                onRemove(model, false)
              }}
              className="inline-flex size-5 shrink-0 items-center justify-center rounded-full hover:bg-hover"
            >
              <X size={12} aria-hidden />
            </button>
          </li>
        )
      })}
    </ul>
  )
}
