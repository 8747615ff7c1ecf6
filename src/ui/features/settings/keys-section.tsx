import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Settings } from '@/src/domain/settings'

import { SelectField } from '../../components/select-field'
import { Switch } from '../../components/switch'
import { TextField } from '../../components/text-field'
import { isWithin, numberIn } from './number-text'

/** Seconds a copied key may stay in the clipboard; 0 = it is left there. */
const CLEAR_AFTER = [0, 30, 60, 120]

interface Props {
  settings: Settings
  onChoose: (edit: Partial<Settings>) => void
}

/** How long copied keys stay in the clipboard, and the key that is made for a new account. */
export function KeysSection({ settings, onChoose }: Props) {
  const { t } = useTranslation('settings')
  const { clearClipboardSec } = settings
  const choices = CLEAR_AFTER.includes(clearClipboardSec)
    ? CLEAR_AFTER
    : [...CLEAR_AFTER, clearClipboardSec]
  return (
    <section aria-labelledby="keys" className="flex flex-col gap-5 border-t border-line pt-6">
      <h2 id="keys" className="text-15 font-semibold">
        {t('keys.title')}
      </h2>
      <div className="max-w-80">
        <SelectField
          label={t('keys.clear.label')}
          name="clearClipboardSec"
          value={String(clearClipboardSec)}
          help={t('keys.clear.help')}
          onChange={(seconds) => {
            onChoose({ clearClipboardSec: Number(seconds) })
          }}
          options={choices.map((seconds) => ({
            value: String(seconds),
            label: seconds === 0 ? t('keys.clear.never') : t('keys.clear.after', { seconds }),
          }))}
        />
      </div>
      <DefaultKey settings={settings} onChoose={onChoose} />
    </section>
  )
}

function DefaultKey({ settings: { defaultKey }, onChoose }: Props) {
  const { t } = useTranslation('settings')
  const choose = (edit: Partial<Settings['defaultKey']>) => {
    onChoose({ defaultKey: { ...defaultKey, ...edit } })
  }
  return (
    <>
      <Switch
        label={t('keys.default.label')}
        help={t('keys.default.help')}
        name="afterAdding"
        checked={defaultKey.afterAdding}
        onChange={(afterAdding) => {
          choose({ afterAdding })
        }}
      />
      {defaultKey.afterAdding && (
        <div className="flex max-w-80 flex-col gap-4">
          <TypedChoice
            label={t('keys.default.name')}
            name="defaultKeyName"
            stored={defaultKey.name}
            problem={(text) => {
              const why = nameProblem(text)
              return why && t(`keys.error.${why}`)
            }}
            onStore={(name) => {
              choose({ name: name.trim() })
            }}
          />
          <Limit
            label={t('keys.default.unlimited')}
            valueLabel={t('keys.default.limit')}
            name="defaultKeyLimit"
            value={defaultKey.limitUsd}
            first={FIRST_LIMIT_USD}
            problem={(text) => (isLimit(text) ? '' : t('keys.error.limit'))}
            onStore={(limitUsd) => {
              choose({ limitUsd })
            }}
          />
          <Limit
            label={t('keys.default.never')}
            valueLabel={t('keys.default.days')}
            name="defaultKeyDays"
            value={defaultKey.days}
            first={FIRST_DAYS}
            problem={(text) => (isDays(text) ? '' : t('keys.error.days'))}
            onStore={(days) => {
              choose({ days })
            }}
          />
        </div>
      )}
    </>
  )
}

/** What stands in a limit that is set for the first time. */
const FIRST_LIMIT_USD = 5
const FIRST_DAYS = 30

/** As the settings hold them (`domain/settings-schema.ts`). */
const LONGEST_NAME = 50
const MOST_USD = 1_000_000
const MOST_DAYS = 3650

function nameProblem(text: string): 'name' | 'name-long' | undefined {
  const { length } = text.trim()
  if (length === 0) return 'name'
  return length > LONGEST_NAME ? 'name-long' : undefined
}

function isLimit(text: string): boolean {
  const value = numberIn(text)
  return value > 0 && value <= MOST_USD
}

function isDays(text: string): boolean {
  const value = numberIn(text)
  return Number.isInteger(value) && isWithin(value, { min: 1, max: MOST_DAYS })
}

interface LimitProps {
  /** Of the switch that says there is none. */
  label: string
  valueLabel: string
  name: string
  /** `null` = none. */
  value: number | null
  first: number
  problem: (text: string) => string
  onStore: (value: number | null) => void
}

/** A number, or none. */
function Limit({ label, valueLabel, name, value, first, problem, onStore }: LimitProps) {
  return (
    <div className="flex flex-col gap-2">
      <Switch
        label={label}
        checked={value === null}
        onChange={(isNone) => {
          onStore(isNone ? null : first)
        }}
      />
      {value !== null && (
        <TypedChoice
          label={valueLabel}
          name={name}
          stored={String(value)}
          problem={problem}
          onStore={(text) => {
            onStore(numberIn(text))
          }}
        />
      )}
    </div>
  )
}

interface TypedProps {
  label: string
  name: string
  stored: string
  /** What is wrong with a text, in words; nothing for one that can be stored. */
  problem: (text: string) => string | undefined
  onStore: (text: string) => void
}

/** A text that is stored once it is left or Enter is pressed, if it can be. */
function TypedChoice({ label, name, stored, problem, onStore }: TypedProps) {
  const [text, setText] = useState(stored)
  const [left, setLeft] = useState(false)
  const [seen, setSeen] = useState(stored)
  // Stored otherwise, here or on another page.
  if (seen !== stored) {
    setSeen(stored)
    setText(stored)
  }
  const error = left ? problem(text) : undefined

  function store(): void {
    setLeft(true)
    if (text !== stored && !problem(text)) onStore(text)
  }

  return (
    <div
      onBlur={store}
      onKeyDown={(event) => {
        if (event.key === 'Enter') store()
      }}
    >
      <TextField
        label={label}
        name={name}
        value={text}
        error={error || undefined}
        onChange={(next) => {
          setLeft(false)
          setText(next)
        }}
      />
    </div>
  )
}
