import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { AutomationSettings } from '@/src/domain/automation-settings'
import type { Failure } from '@/src/domain/failure'

import { type AutomationEdit, useAutomationUpdate } from '../../queries/automation'
import { formatCount } from '../../text/format'
import { focusField } from '../account-form/focus-field'
import { isWithin, numberIn } from './number-text'

/** Sections with values that are typed. */
type FormSection = 'refresh' | 'checkIn' | 'warnings'

interface Limits {
  readonly min: number
  readonly max: number
}

/** What a typed value must be. `amount`: any number, or nothing, which is stored as `null`. */
export type FieldRule =
  | { readonly is: 'whole'; readonly limits: Limits }
  | { readonly is: 'amount'; readonly limits: Limits }
  | { readonly is: 'time' }
  | { readonly is: 'choice' }

export interface SectionFormHandle<Field extends string> {
  readonly texts: Readonly<Record<Field, string>>
  /** What is wrong with a field, in words. */
  readonly errors: Readonly<Partial<Record<Field, string>>>
  readonly change: (field: Field, text: string) => void
  readonly save: (form: HTMLFormElement) => void
  readonly busy: boolean
  /** What is typed is not what is stored. */
  readonly isChanged: boolean
  readonly isSaved: boolean
  /** Why it was not stored, unless a field says so. */
  readonly failure: Failure | null
}

interface Options<Section extends FormSection, Field extends string> {
  readonly section: Section
  readonly stored: AutomationSettings[Section]
  /** In the order the form has them. */
  readonly rules: Readonly<Record<Field, FieldRule>>
}

/** Values of a section that are typed and stored together; nothing is sent that is out of range. */
export function useSectionForm<
  Section extends FormSection,
  Field extends string & keyof AutomationSettings[Section],
>({ section, stored, rules }: Options<Section, Field>): SectionFormHandle<Field> {
  const update = useAutomationUpdate()
  const words = useErrorWords()
  const fields = Object.keys(rules) as Field[]
  const [typed, setTyped] = useState<Partial<Record<Field, string>>>({})
  const [errors, setErrors] = useState<Partial<Record<Field, string>>>({})
  const [state, setState] = useState<Failure | 'busy' | 'saved' | null>(null)
  const textOf = (field: Field) => typed[field] ?? textIn(stored[field])

  async function save(form: HTMLFormElement): Promise<void> {
    const values = fields.map((field) => [field, valueIn(textOf(field), rules[field])] as const)
    const wrong = values.flatMap(([field, value]) => (value === undefined ? field : []))
    setErrors(
      Object.fromEntries(
        wrong.map((field) => [field, words.ofRule(rules[field])]),
      ) as typeof errors,
    )
    setState(null)
    if (wrong[0] !== undefined) {
      focusField(form, wrong[0])
      return
    }
    setState('busy')
    const edit = { [section]: { ...stored, ...Object.fromEntries(values) } } as AutomationEdit
    const done = await update(edit)
    if (done.ok) {
      setTyped({})
      setState('saved')
      return
    }
    const { failure } = done
    const field = fields.find((one) => failure.field === `${section}.${one}`)
    if (failure.class === 'input' && field !== undefined) {
      setErrors({ [field]: words.ofReason(failure.reason, rules[field]) } as typeof errors)
      setState(null)
      focusField(form, field)
    } else setState(failure)
  }

  return {
    texts: Object.fromEntries(fields.map((field) => [field, textOf(field)])) as Record<
      Field,
      string
    >,
    errors,
    change: (field, text) => {
      setTyped((before) => ({ ...before, [field]: text }))
      setErrors({})
      setState(null)
    },
    save: (form) => {
      if (state !== 'busy') void save(form)
    },
    busy: state === 'busy',
    isChanged: fields.some((field) => textOf(field) !== textIn(stored[field])),
    isSaved: state === 'saved',
    failure: typeof state === 'string' ? null : state,
  }
}

function textIn(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** What is stored for a text; `undefined` = it cannot be. */
function valueIn(text: string, rule: FieldRule): string | number | null | undefined {
  switch (rule.is) {
    case 'choice':
      return text
    case 'time':
      return text === '' ? undefined : text
    case 'amount': {
      if (text.trim() === '') return null
      const value = numberIn(text)
      return isWithin(value, rule.limits) ? value : undefined
    }
    case 'whole': {
      const value = numberIn(text)
      return Number.isInteger(value) && isWithin(value, rule.limits) ? value : undefined
    }
  }
}

/** Reasons of the worker that say more than the rule. */
const TOLD = ['window-empty', 'outside-window'] as const

function useErrorWords() {
  const { t, i18n } = useTranslation('automation')
  const ofRule = (rule: FieldRule): string => {
    if (rule.is === 'time' || rule.is === 'choice') return t('error.time')
    const { min, max } = rule.limits
    return t(`error.${rule.is}`, {
      min: String(min),
      max: formatCount(max, i18n.language),
    })
  }
  return {
    ofRule,
    ofReason: (reason: string | undefined, rule: FieldRule): string => {
      const told = TOLD.find((one) => one === reason)
      return told ? t(`error.${told}`) : ofRule(rule)
    },
  }
}
