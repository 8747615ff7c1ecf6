import { type RefObject, type SubmitEvent, useRef, useState } from 'react'

import type { Result } from '@/src/domain/failure'
import type { LoginWay, Recognition } from '@/src/domain/recognition'
import { requestOwnCookies } from '@/src/platform/own-cookies-permission'

import type { DraftValues, FittedValues } from './draft'
import { checkDraft, errorsFrom, type FieldErrors, firstWrong } from './draft-check'
import { accountOf } from './draft-input'
import { focusField } from './focus-field'
import type { Saving } from './use-saving'

export interface RecognisedFormProps {
  recognition: Recognition
  values: DraftValues
  onChange: (edit: Partial<DraftValues>) => void
  saving: Saving
  /** Shows an account that is stored already. */
  onOpen: (id: string) => void
  onAdded: (id: string) => void
}

export interface RecognisedFormState {
  readonly form: RefObject<HTMLFormElement | null>
  readonly choice: LoginWay
  readonly errors: FieldErrors
  readonly understood: boolean
  readonly understoodMissing: boolean
  readonly cookiesRefused: boolean
  readonly edit: (change: Partial<DraftValues>) => void
  readonly choose: (way: LoginWay) => void
  readonly understand: (understood: boolean) => void
  readonly submit: (event: SubmitEvent<HTMLFormElement>) => Promise<void>
}

/** What of a recognised account is stored and how; checking and storing it. */
export function useRecognisedForm(props: RecognisedFormProps): RecognisedFormState {
  const { recognition, values, onChange, saving, onAdded } = props
  const [chosen, setChosen] = useState<LoginWay | null>(null)
  const choice = chosen ?? recognition.ways[0] ?? 'paste-token'
  const [understood, setUnderstood] = useState(false)
  const [cookiesRefused, setCookiesRefused] = useState(false)
  const [checked, setChecked] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const accepted = acceptedValues(values, recognition, choice)

  async function submit(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    setChecked(true)
    setCookiesRefused(false)
    const wrong = wrongField(accepted, choice === 'new-token' && !understood)
    if (wrong) {
      focusField(form.current, wrong)
      return
    }
    // Before anything is waited for: the browser shows its question only inside the gesture.
    if (choice === 'own-cookies' && !(await requestOwnCookies().catch(() => false))) {
      setCookiesRefused(true)
      return
    }
    const saved = await store(saving, recognition, accepted, choice)
    if (saved.ok) onAdded(saved.value.id)
    else focusField(form.current, firstWrong(errorsFrom(saved.failure)) ?? '')
  }

  return {
    form,
    choice,
    errors: { ...(checked ? checkDraft(accepted) : {}), ...errorsFrom(saving.failure) },
    understood,
    understoodMissing: checked && !understood,
    cookiesRefused,
    edit: (change) => {
      saving.reset()
      onChange(change)
    },
    choose: (way) => {
      saving.reset()
      setCookiesRefused(false)
      setChosen(way)
    },
    understand: setUnderstood,
    submit,
  }
}

function wrongField(values: FittedValues, unconfirmed: boolean): string | null {
  return firstWrong(checkDraft(values)) ?? (unconfirmed ? 'understood' : null)
}

/** What is not typed in this form comes from the site, also when something else was typed before. */
function acceptedValues(
  values: DraftValues,
  { origin, siteType, userId, username }: Recognition,
  choice: LoginWay,
): FittedValues {
  const method = choice === 'paste-token' ? 'token' : 'cookie'
  return { ...values, origin, siteType, userId, username, method }
}

/** Nothing is made at the site unless the choice was to create a token. */
function store(
  saving: Saving,
  { draftId }: Recognition,
  values: FittedValues,
  choice: LoginWay,
): Promise<Result<{ id: string }>> {
  const account = accountOf(values)
  if (choice === 'paste-token') return saving.addTyped(account)
  const { name, exchangeRate } = account
  return saving.addRecognised({ draftId, name, exchangeRate, way: choice })
}
