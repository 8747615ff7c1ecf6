import { type RefObject, type SubmitEvent, useRef, useState } from 'react'

import type { SiteDescription } from '@/src/domain/site-description'
import { requestSiteAccess } from '@/src/platform/site-access'

import { type AddStep, waitingFor } from './add-step'
import { type DraftValues, type FittedValues, originIn } from './draft'
import { checkAddress, checkDraft, errorsFrom, type FieldErrors, firstWrong } from './draft-check'
import { accountOf } from './draft-input'
import { focusField } from './focus-field'
import type { Adding } from './use-add-account'
import { useFittedDraft } from './use-fitted-draft'
import type { Saving } from './use-saving'
import type { SignIn } from './use-sign-in'

export interface ManualFormProps {
  step: Extract<AddStep, { at: 'by-hand' }>
  adding: Adding
  signIn: SignIn
  saving: Saving
  /** Shows an account that is stored already. */
  onOpen: (id: string) => void
  onAdded: (id: string) => void
}

export interface ManualFormState {
  readonly form: RefObject<HTMLFormElement | null>
  readonly site: SiteDescription | undefined
  readonly values: FittedValues
  readonly errors: FieldErrors
  /** The errors that were found on saving. */
  readonly told: FieldErrors
  readonly edit: (change: Partial<DraftValues>) => void
  readonly submit: (event: SubmitEvent<HTMLFormElement>) => Promise<void>
}

/** Checks what was typed, then stores it or signs in with it. */
export function useManualForm(props: ManualFormProps): ManualFormState {
  const { adding, signIn, saving, onAdded } = props
  const { site, values } = useFittedDraft(adding.state.draft)
  const [checked, setChecked] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const signsIn = values.method === 'session'
  const wrong = signsIn ? checkSite(values) : checkDraft(values, site)
  const told = errorsFrom(saving.failure)

  async function submit(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    setChecked(true)
    const first = firstWrong(wrong)
    if (first) focusField(form.current, first)
    else await (signsIn ? goIn() : store())
  }

  async function goIn(): Promise<void> {
    const { siteType } = values
    const origin = originIn(values.origin) ?? ''
    const done = await signIn.submit({ origin, siteType, form: form.current })
    if (done?.ok) adding.takeSignIn(done.value)
    else if (done && waitingFor(done.failure) === 'captcha') {
      signIn.forget()
      adding.sendToPage()
    }
  }

  async function store(): Promise<void> {
    const account = accountOf(values)
    // Refused access is no reason to lose the form: the account says what it lacks, and asks again.
    await requestSiteAccess(account.origin).catch(() => false)
    const saved = await saving.addTyped(account)
    if (saved.ok) onAdded(saved.value.id)
    else focusField(form.current, firstWrong(errorsFrom(saved.failure)) ?? '')
  }

  return {
    form,
    site,
    values,
    errors: { ...(checked ? wrong : {}), ...told },
    told,
    edit: (change) => {
      saving.reset()
      adding.type(change)
    },
    submit,
  }
}

/** Signing in takes the site alone; the rest is found. */
function checkSite({ origin }: FittedValues): FieldErrors {
  const error = checkAddress(origin)
  return error ? { origin: error } : {}
}
