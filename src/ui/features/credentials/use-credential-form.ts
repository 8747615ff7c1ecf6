import { type RefObject, type SubmitEvent, useRef, useState } from 'react'

import type { CredentialState } from '@/src/domain/credential'
import { type Failure, type Result, unwrap } from '@/src/domain/failure'
import { send } from '@/src/messaging/client'
import { requestSiteAccess } from '@/src/platform/site-access'

import { useCredentialChange } from '../../queries/credential-mutations'
import { focusField } from '../account-form/focus-field'
import { type TagMaking, useTagMaking, withTags } from '../tags/use-tag-making'
import type { SaveNews } from './credential-details'
import {
  asksOtherwise,
  checkForm,
  errorsFrom,
  firstWrong,
  type FormErrors,
  formOf,
  type FormValues,
  queryOf,
  savedAddress,
} from './form-values'

interface Parts {
  /** Taken once: a list that is read again must not write into the form. */
  readonly start: FormValues
  /** Absent = a new credential. */
  readonly id?: string | undefined
  readonly onState: (state: FormState) => void
  readonly onBusy: (busy: boolean) => void
  readonly onSaved: (news: SaveNews) => void
}

/** How a form stands to what is stored. */
export type FormState = 'untouched' | 'changed' | 'saved'

/** What trying the query showed. */
export type Trial =
  | { readonly state: 'none' | 'running' | 'refused' }
  | { readonly state: 'done'; readonly result: Result<CredentialState> }

export interface CredentialForm {
  readonly values: FormValues
  /** Absent = a new credential. */
  readonly stored: FormValues | undefined
  readonly errors: FormErrors
  /** Of the last try to save, where no field says it. */
  readonly failure: Failure | null
  readonly trial: Trial
  readonly making: TagMaking
  readonly change: (edit: Partial<FormValues>) => void
  readonly submit: (event: SubmitEvent<HTMLFormElement>) => void
  /** To be called first in a click handler: the browser may have to be asked. */
  readonly tryQuery: () => void
}

/** The values of a credential's form, their check, trying its query, and saving. */
export function useCredentialForm(parts: Parts): {
  readonly element: RefObject<HTMLFormElement | null>
  readonly form: CredentialForm
} {
  const { id, onState, onBusy, onSaved } = parts
  const [values, setValues] = useState(parts.start)
  const [stored, setStored] = useState(id === undefined ? undefined : parts.start)
  const [checked, setChecked] = useState(false)
  const [trial, setTrial] = useState<Trial>({ state: 'none' })
  const element = useRef<HTMLFormElement>(null)
  const making = useTagMaking()
  const save = useCredentialChange('credentials.save')
  const refresh = useCredentialChange('credentials.refresh')

  /** Whether there is nothing to correct; otherwise the first wrong field gets the focus. */
  function accept(errors: FormErrors): boolean {
    setChecked(true)
    const wrong = firstWrong(errors)
    if (wrong !== null) focusField(element.current, wrong)
    return wrong === null
  }

  function askAccess(): Promise<boolean> {
    const address = unwrap(savedAddress(values, stored))
    return requestSiteAccess(new URL(address).origin).catch(() => false)
  }

  async function store(asked: Promise<boolean>): Promise<void> {
    onBusy(true)
    const granted = await asked
    const made = await making.end()
    if (made === null) {
      onBusy(false)
      focusField(element.current, 'tags')
      return
    }
    const typed = { ...values, tagIds: withTags(values.tagIds, made) }
    const done = await save.run({ ...(id === undefined ? {} : { id }), form: formOf(typed) })
    onBusy(false)
    if (!done.ok) {
      const wrong = firstWrong(errorsFrom(done.failure))
      if (wrong !== null) focusField(element.current, wrong)
      return
    }
    const saved = done.value
    const address = unwrap(savedAddress(typed, stored))
    const now = { ...typed, name: typed.name.trim(), baseUrl: address, apiKey: '' }
    const isOther = asksOtherwise(stored, { ...typed, baseUrl: address })
    setStored(now)
    setValues(now)
    setChecked(false)
    onState('saved')
    onSaved({ ...saved, granted })
    if (granted && (isOther || saved.merged)) void refresh.run({ ids: [saved.id] })
  }

  async function ask(asked: Promise<boolean>): Promise<void> {
    setTrial({ state: 'running' })
    if (!(await asked)) {
      setTrial({ state: 'refused' })
      return
    }
    const { baseUrl, apiKey, apiType } = values
    const result = await send('credentials.tryQuery', {
      ...(id === undefined ? {} : { id }),
      baseUrl,
      apiKey,
      apiType,
      query: queryOf(values),
    })
    setTrial({ state: 'done', result })
  }

  const tried = trial.state === 'done' && !trial.result.ok ? errorsFrom(trial.result.failure) : {}
  const told = { ...tried, ...errorsFrom(save.failure) }
  const form: CredentialForm = {
    values,
    stored,
    errors: { ...(checked ? checkForm(values, stored) : {}), ...told },
    failure: Object.keys(errorsFrom(save.failure)).length > 0 ? null : save.failure,
    trial,
    making,
    change: (edit) => {
      setValues((before) => ({ ...before, ...edit }))
      save.reset()
      setTrial({ state: 'none' })
      onState('changed')
    },
    submit: (event) => {
      event.preventDefault()
      // Access is asked for before anything else: the browser asks only inside the gesture.
      if (accept(checkForm(values, stored))) void store(askAccess())
    },
    tryQuery: () => {
      // What is tried needs no name.
      const { name: _, ...errors } = checkForm(values, stored)
      if (accept(errors)) void ask(askAccess())
    },
  }
  return { element, form }
}
