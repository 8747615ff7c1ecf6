import { type RefObject, type SubmitEvent, useRef, useState } from 'react'

import type { KeyDraft, KeyEdit, KeyField } from '@/src/domain/api-key'
import type { Failure } from '@/src/domain/failure'
import { type DraftProblem, draftProblems, editProblems } from '@/src/domain/key-draft'
import type { Rates } from '@/src/domain/money'

import { useNow } from '../../components/use-now'
import { focusField } from '../account-form/focus-field'
import { draftOf, editOf, type KeyFormValues, type KeyOptions } from './form-values'

/** The fields as they stand on the screen, and the control of each. */
const CONTROLS: readonly (readonly [KeyField, string])[] = [
  ['name', 'name'],
  ['group', 'group'],
  ['backupGroup', 'backupGroup'],
  ['crossGroupRetry', 'crossGroupRetry'],
  ['remaining', 'amount'],
  ['expiresAtMs', 'date'],
  ['modelLimits', 'models'],
  ['ipLimits', 'addresses'],
]

export type KeyErrors = Partial<Record<KeyField, DraftProblem['reason'] | 'not-accepted'>>

interface Parts {
  /** Taken once: a list that is read again must not write into the form. */
  start: KeyFormValues
  options: KeyOptions
  rates: Rates
  /** Of the last try to save. */
  failure: Failure | null
  onChange: () => void
}

interface CreateParts extends Parts {
  /** `requestId` stays the same as long as the values do: nothing is made twice. */
  onCreate: (draft: KeyDraft, requestId: string) => void
}

interface EditParts extends Parts {
  /** Resolves to whether it was saved. */
  onSave: (edit: KeyEdit) => Promise<boolean>
}

export interface KeyForm {
  readonly form: RefObject<HTMLFormElement | null>
  readonly values: KeyFormValues
  readonly errors: KeyErrors
  readonly change: (edit: Partial<KeyFormValues>) => void
  readonly submit: (event: SubmitEvent<HTMLFormElement>) => void
}

/** The form of a key that is to be made. */
export function useCreateForm({ onCreate, ...parts }: CreateParts): KeyForm {
  const { options, rates, failure } = parts
  const state = useFormState(parts)
  const now = useNow()
  const request = useRef({ id: crypto.randomUUID(), values: state.values })
  const { create } = options.features
  const check = (nowMs: number) => {
    const draft = draftOf(state.values, create, rates, nowMs)
    return { draft, problems: draftProblems(draft, options.features, nowMs, options.groups) }
  }
  return {
    ...state,
    errors: { ...(state.checked ? errorsOf(check(now).problems) : {}), ...errorsFrom(failure) },
    submit: (event) => {
      event.preventDefault()
      const { draft, problems } = check(Date.now())
      if (!state.accept(problems)) return
      if (request.current.values !== state.values) {
        request.current = { id: crypto.randomUUID(), values: state.values }
      }
      onCreate(draft, request.current.id)
    },
  }
}

/** The form of a key that is there. */
export function useEditForm({ onSave, ...parts }: EditParts): KeyForm {
  const { options, rates, failure } = parts
  const state = useFormState(parts)
  const now = useNow()
  const [stored, setStored] = useState(parts.start)
  const check = (nowMs: number) => {
    const edit = editOf(stored, state.values, options.features, rates, nowMs)
    return { edit, problems: editProblems(edit, options.features, nowMs, options.groups) }
  }
  return {
    ...state,
    errors: { ...(state.checked ? errorsOf(check(now).problems) : {}), ...errorsFrom(failure) },
    submit: (event) => {
      event.preventDefault()
      const { edit, problems } = check(Date.now())
      if (!state.accept(problems)) return
      const { values } = state
      void onSave(edit).then((isSaved) => {
        if (isSaved) setStored(values)
      })
    },
  }
}

function useFormState({ start, onChange }: Parts) {
  const [values, setValues] = useState(start)
  const [checked, setChecked] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  return {
    form,
    values,
    checked,
    change: (edit: Partial<KeyFormValues>) => {
      setValues((before) => ({ ...before, ...edit }))
      onChange()
    },
    /** Whether there is nothing to correct; otherwise the first wrong field gets the focus. */
    accept: (problems: readonly DraftProblem[]): boolean => {
      setChecked(true)
      const wrong = CONTROLS.find(([field]) => problems.some((problem) => problem.field === field))
      if (wrong) focusField(form.current, wrong[1])
      return wrong === undefined
    },
  }
}

function errorsOf(problems: readonly DraftProblem[]): KeyErrors {
  return Object.fromEntries(problems.map(({ field, reason }) => [field, reason]))
}

/** What the worker or the site found wrong with a field. */
function errorsFrom(failure: Failure | null): KeyErrors {
  if (failure?.class !== 'input') return {}
  const told = failure.field?.split('.').at(-1)
  const control = CONTROLS.find(([field]) => field === told)
  return control ? { [control[0]]: 'not-accepted' } : {}
}
