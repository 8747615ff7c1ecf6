import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Tag } from '@/src/domain/credential'
import { failureOf } from '@/src/domain/failure'

import { CONTROL_LOOK, Field } from '../../components/field'
import { useCredentialChange } from '../../queries/credential-mutations'
import { tagsQuery } from '../../queries/credentials'
import { useFailureText } from '../../text/failure-text'
import { fold } from '../../view/matching'
import { type TagMaking, withTags } from './use-tag-making'

/** As the account record holds them, and as the tag record holds its name. */
const MOST = 50
const LONGEST = 60
/** Tags offered at a time. */
const OFFERED = 8

interface ChosenProps {
  chosen: readonly string[]
  onChange: (tagIds: readonly string[]) => void
}

interface Props extends ChosenProps {
  /** The form waits for these before it is saved. */
  making: TagMaking
}

/** Chooses among the tags there are; what is typed and not among them can be made one. */
export function TagInput({ chosen, onChange, making }: Props) {
  const { t } = useTranslation('account-form')
  const { data: tags = [], error } = useQuery(tagsQuery())
  const make = useCredentialChange('tags.make')
  const words = useFailureText()
  const [text, setText] = useState('')
  const [isOpen, setOpen] = useState(false)
  const [active, setActive] = useState(0)
  const input = useRef<HTMLInputElement>(null)
  const listId = useId()
  // Others may have been chosen while one was made.
  const latest = useRef(chosen)
  useEffect(() => {
    latest.current = chosen
  })
  const options = isOpen ? optionsFor(text, tags, chosen) : []
  const current = options[Math.min(active, options.length - 1)]
  const failure = make.failure ?? (error ? failureOf(error) : null)

  function type(value: string): void {
    make.reset()
    setText(value)
    setActive(0)
    setOpen(true)
  }

  function choose(option: TagOption): void {
    if (option.tag) add(option.tag.id)
    else making.begin(makeTag(option.name))
  }

  async function makeTag(name: string): Promise<string | null> {
    const made = await make.run({ name })
    if (!made.ok) return null
    add(made.value.id)
    return made.value.id
  }

  function add(id: string): void {
    setText('')
    setActive(0)
    if (!latest.current.includes(id)) onChange(withTags(latest.current, [id]))
    input.current?.focus()
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Backspace' && text === '') onChange(chosen.slice(0, -1))
    // Enter must not send the form while a tag is being typed.
    if (event.key === 'Enter' && (text.trim() !== '' || isOpen)) {
      event.preventDefault()
      if (current && (text.trim() !== '' || active > 0)) choose(current)
    }
    if (event.key === 'Escape' && isOpen) {
      // Meant for the list, not for the panel around it.
      event.preventDefault()
      event.stopPropagation()
      setOpen(false)
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    const step = event.key === 'ArrowDown' ? 1 : -1
    if (!isOpen) setOpen(true)
    else setActive((active + step + options.length) % Math.max(1, options.length))
  }

  return (
    <Field
      label={t('field.tags')}
      help={t('help.tags')}
      error={failure ? words(failure).sentence : undefined}
    >
      {(wiring) => (
        <div
          className="relative flex flex-col gap-1.5"
          onBlur={(event) => {
            if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false)
          }}
        >
          <ChosenTags tags={tags} chosen={chosen} onChange={onChange} />
          <input
            {...wiring}
            ref={input}
            name="tags"
            role="combobox"
            autoComplete="off"
            spellCheck={false}
            maxLength={LONGEST}
            disabled={chosen.length >= MOST}
            aria-expanded={options.length > 0}
            aria-controls={options.length > 0 ? listId : undefined}
            aria-autocomplete="list"
            aria-activedescendant={current ? `${listId}-${current.key}` : undefined}
            value={text}
            onChange={(event) => {
              type(event.target.value)
            }}
            onClick={() => {
              setOpen(true)
            }}
            onKeyDown={onKeyDown}
            className={CONTROL_LOOK}
          />
          <Options id={listId} options={options} current={current} onChoose={choose} />
        </div>
      )}
    </Field>
  )
}

interface TagOption {
  readonly key: string
  readonly name: string
  /** Absent = to be made. */
  readonly tag?: Tag
}

/** Tags that fit what is typed, and what is typed itself unless there is a tag of that name. */
function optionsFor(text: string, tags: readonly Tag[], chosen: readonly string[]): TagOption[] {
  const name = text.replace(/\s+/gu, ' ').trim()
  const wanted = fold(name)
  const fitting = tags.filter((tag) => !chosen.includes(tag.id) && fold(tag.name).includes(wanted))
  const exists = tags.some((tag) => fold(tag.name) === wanted)
  return [
    ...fitting.slice(0, OFFERED).map((tag) => ({ key: tag.id, name: tag.name, tag })),
    ...(name === '' || exists ? [] : [{ key: 'new', name }]),
  ]
}

interface OptionsProps {
  id: string
  options: readonly TagOption[]
  current: TagOption | undefined
  onChoose: (option: TagOption) => void
}

function Options({ id, options, current, onChoose }: OptionsProps) {
  const { t } = useTranslation('account-form')
  if (options.length === 0) return null
  return (
    <ul
      id={id}
      role="listbox"
      aria-label={t('field.tags')}
      className="absolute inset-x-0 top-full z-10 mt-1 max-h-60 animate-appear overflow-y-auto rounded-card border border-line bg-raised p-1 shadow-float"
    >
      {options.map((option) => (
        <li
          key={option.key}
          id={`${id}-${option.key}`}
          role="option"
          aria-selected={option === current}
          // The cursor stays in the field.
          onPointerDown={(event) => {
            event.preventDefault()
          }}
          onClick={() => {
            onChoose(option)
          }}
          className="flex h-8 cursor-default items-center truncate rounded-control px-2 text-13 hover:bg-hover aria-selected:bg-hover"
        >
          {option.tag ? option.name : t('tags.create', { name: option.name })}
        </li>
      ))}
    </ul>
  )
}

function ChosenTags({ tags, chosen, onChange }: ChosenProps & { tags: readonly Tag[] }) {
  const { t } = useTranslation('account-form')
  const known = tags.filter(({ id }) => chosen.includes(id))
  if (known.length === 0) return null
  return (
    <ul aria-label={t('tags.chosen')} className="flex flex-wrap gap-1.5">
      {known.map(({ id, name }) => (
        <li
          key={id}
          className="inline-flex h-7 max-w-full items-center gap-1 rounded-full border border-line bg-panel ps-2.5 pe-1 text-12"
        >
          <span className="truncate">{name}</span>
          <button
            type="button"
            title={t('tags.remove', { name })}
            aria-label={t('tags.remove', { name })}
            onClick={() => {
              onChange(chosen.filter((one) => one !== id))
            }}
            className="inline-flex size-5 shrink-0 items-center justify-center rounded-full text-text-2 hover:bg-hover"
          >
            <X size={12} aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  )
}
