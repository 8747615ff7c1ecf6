import { type SubmitEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Failure, Result } from '@/src/domain/failure'
import type { Recognition } from '@/src/domain/recognition'

import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { Notice } from '../../components/notice'
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
import { StoredAccounts } from './stored-accounts'
import { type TokenChoice, tokenChoices } from './token-choice'
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
  const choices = tokenChoices(recognition.token, site?.authModes ?? ['token', 'cookie'])
  const [choice, setChoice] = useState<TokenChoice>(choices[0] ?? 'paste')
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

  function store(): Promise<Result<{ id: string }>> {
    if (choice === 'paste') return saving.addTyped(accountOf(accepted))
    const account = accountOf(accepted)
    return saving.addRecognised({
      draftId: recognition.draftId,
      name: account.name,
      exchangeRate: account.exchangeRate,
      token: choice === 'cookie' ? 'none' : choice,
    })
  }

  async function submit(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    setChecked(true)
    const wrong = wrongField(accepted, choice === 'create' && !understood)
    if (wrong) {
      focusField(form.current, wrong)
      return
    }
    const saved = await store()
    if (saved.ok) rest.onOpen(saved.value.id)
    else focusField(form.current, firstWrong(errorsFrom(saved.failure)) ?? '')
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
        onChoose={(chosen) => {
          saving.reset()
          setChoice(chosen)
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
  choice: TokenChoice,
): DraftValues {
  const method = choice === 'paste' ? 'token' : 'cookie'
  return { ...values, origin, siteType, userId, username, method }
}

function SaveFailure({ failure, onRetry }: { failure: Failure | null; onRetry: () => void }) {
  const { t } = useTranslation('account-form')
  if (!failure || Object.keys(errorsFrom(failure)).length > 0) return null
  if (failure.class !== 'not-found') return <FailureNotice failure={failure} />
  return (
    <Notice
      tone="attention"
      title={t('recognised.gone-title')}
      action={<Button onClick={onRetry}>{t('action.recognise-again')}</Button>}
    >
      {t('recognised.gone')}
    </Notice>
  )
}
