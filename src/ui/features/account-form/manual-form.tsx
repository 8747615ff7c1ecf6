import { type SubmitEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Failure } from '@/src/domain/failure'
import { requestSiteAccess } from '@/src/platform/site-access'

import { FailureNotice } from '../../components/failure-notice'
import { accountOf, checkDraft, type DraftValues, errorsFrom, firstWrong } from './draft'
import { ExistingAccount } from './existing-account'
import { focusField } from './focus-field'
import { ManualFields } from './manual-fields'
import { NotRecognised } from './not-recognised'
import type { Saving } from './use-saving'

interface Props {
  formId: string
  values: DraftValues
  onChange: (edit: Partial<DraftValues>) => void
  saving: Saving
  /** Why the site could not be recognised, when that was tried. */
  failure?: Failure
  onRetry: () => void
  /** Shows a stored account, new or old. */
  onOpen: (id: string) => void
}

/** The form for an account typed by hand. What is known already stands in it. */
export function ManualForm({ formId, values, onChange, saving, ...rest }: Props) {
  const { t } = useTranslation('account-form')
  const [checked, setChecked] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const told = errorsFrom(saving.failure)
  const errors = { ...(checked ? checkDraft(values) : {}), ...told }

  async function submit(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    setChecked(true)
    const wrong = firstWrong(checkDraft(values))
    if (wrong) {
      focusField(form.current, wrong)
      return
    }
    const account = accountOf(values)
    // Refused access is no reason to lose the form: the account says what it lacks, and asks again.
    await requestSiteAccess(account.origin).catch(() => false)
    const saved = await saving.addTyped(account)
    if (saved.ok) rest.onOpen(saved.value.id)
    else focusField(form.current, firstWrong(errorsFrom(saved.failure)) ?? '')
  }

  return (
    <form
      id={formId}
      ref={form}
      onSubmit={(event) => void submit(event)}
      noValidate
      className="flex flex-col gap-4"
    >
      {rest.failure && (
        <NotRecognised failure={rest.failure} origin={values.origin} onRetry={rest.onRetry} />
      )}
      <p className="text-text-2">{t(rest.failure ? 'manual.after-failure' : 'manual.intro')}</p>
      <ManualFields
        values={values}
        errors={errors}
        onChange={(edit) => {
          saving.reset()
          onChange(edit)
        }}
      />
      {told.userId === 'duplicate' && <ExistingAccount values={values} onOpen={rest.onOpen} />}
      {saving.failure && Object.keys(told).length === 0 && (
        <FailureNotice failure={saving.failure} />
      )}
    </form>
  )
}
