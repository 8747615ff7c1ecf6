import { type SubmitEvent, useRef, useState } from 'react'

import type { Result } from '@/src/domain/failure'
import type { LoginWay, Recognition } from '@/src/domain/recognition'

import { TextField } from '../../components/text-field'
import { useSiteDescription } from '../../queries/sites'
import { AccessChoice } from './access-choice'
import {
  accountOf,
  checkDraft,
  type DraftField,
  type DraftValues,
  errorsFrom,
  firstWrong,
} from './draft'
import { useFieldProps } from './field-props'
import { focusField } from './focus-field'
import { RecognisedFacts } from './recognised-facts'
import { SaveFailure } from './save-failure'
import { StoredAccounts } from './stored-accounts'
import type { Saving } from './use-saving'

interface Props {
  formId: string
  recognition: Recognition
  values: DraftValues
  onChange: (edit: Partial<DraftValues>) => void
  saving: Saving
  onOpen: (id: string) => void
  /** Recognises anew: what was found is kept by the worker only for a while. */
  onRetry: () => void
}

/** Shows what was recognised and lets the person decide what of it is stored. */
export function RecognisedForm({ recognition, values, onChange, saving, ...rest }: Props) {
  const site = useSiteDescription(recognition.siteType)
  const choices = recognition.ways
  const [chosen, setChosen] = useState<LoginWay | null>(null)
  const choice = chosen ?? choices[0] ?? 'paste-token'
  const [understood, setUnderstood] = useState(false)
  const [checked, setChecked] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const accepted = acceptedValues(values, recognition, choice)
  const errors = { ...(checked ? checkDraft(accepted) : {}), ...errorsFrom(saving.failure) }
  const field = useFieldProps({ values, errors, onChange: edit })

  function edit(change: Partial<DraftValues>): void {
    saving.reset()
    onChange(change)
  }

  async function submit(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    setChecked(true)
    const wrong = wrongField(accepted, choice === 'new-token' && !understood)
    const saved = wrong ? null : await store(saving, recognition, accepted, choice)
    if (saved?.ok) rest.onOpen(saved.value.id)
    else focusField(form.current, wrong ?? firstWrong(errorsFrom(saved?.failure ?? null)) ?? '')
  }

  return (
    <form
      id={rest.formId}
      ref={form}
      onSubmit={(event) => void submit(event)}
      noValidate
      className="flex flex-col gap-4"
    >
      <StoredAccounts existing={recognition.existing} onOpen={rest.onOpen} />
      <RecognisedFacts recognition={recognition} />
      <TextField {...field('name')} required />
      <AccessChoice
        choices={choices}
        choice={choice}
        onChoose={(next) => {
          saving.reset()
          setChosen(next)
        }}
        token={values.token}
        onToken={(token) => {
          edit({ token })
        }}
        tokenError={errors.token}
        understood={understood}
        onUnderstood={setUnderstood}
        understoodMissing={checked && !understood}
        profileUrl={new URL(site?.routes.profile ?? '/', recognition.origin).href}
      />
      <TextField {...field('exchangeRate')} inputMode="decimal" required />
      <SaveFailure failure={saving.failure} onRetry={rest.onRetry} />
    </form>
  )
}

function wrongField(values: DraftValues, unconfirmed: boolean): DraftField | 'understood' | null {
  return firstWrong(checkDraft(values)) ?? (unconfirmed ? 'understood' : null)
}

/** What is not typed in this form comes from the site, also when something else was typed before. */
function acceptedValues(
  values: DraftValues,
  { origin, siteType, userId, username }: Recognition,
  choice: LoginWay,
): DraftValues {
  const method = choice === 'paste-token' ? 'token' : 'cookie'
  return { ...values, origin, siteType, userId, username, method }
}

/** Nothing is made at the site unless the choice was to create a token. */
function store(
  saving: Saving,
  { draftId }: Recognition,
  values: DraftValues,
  choice: LoginWay,
): Promise<Result<{ id: string }>> {
  const account = accountOf(values)
  if (choice === 'paste-token') return saving.addTyped(account)
  const { name, exchangeRate } = account
  return saving.addRecognised({ draftId, name, exchangeRate, way: choice })
}
