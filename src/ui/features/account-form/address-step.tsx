import { type SubmitEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { Notice } from '../../components/notice'
import { TextField } from '../../components/text-field'
import { originIn } from './draft'
import { checkAddress } from './draft-check'
import { focusField } from './focus-field'
import { StoredAtSite } from './stored-at-site'
import type { Adding } from './use-add-account'

interface Props {
  adding: Adding
  formId: string
  /** Shows a stored account. */
  onOpen: (id: string) => void
}

/** Asks where the account is, and then the browser for access to that one site. */
export function AddressStep({ adding, formId, onOpen }: Props) {
  const { t } = useTranslation('account-form')
  const [checked, setChecked] = useState(false)
  const { step, draft } = adding.state
  const address = draft.values.origin
  const error = checked ? checkAddress(address) : null

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    const origin = originIn(address)
    // The request must come before anything else: the browser asks only inside the gesture.
    if (origin) void adding.askAccessAndRecognise(origin)
    else focusField(event.currentTarget, 'origin')
    setChecked(true)
  }

  return (
    <form id={formId} onSubmit={submit} noValidate className="flex flex-col gap-4">
      <TextField
        label={t('address.label')}
        name="origin"
        value={address}
        onChange={(origin) => {
          adding.type({ origin })
        }}
        placeholder="https://api.example.com"
        help={t('address.help')}
        inputMode="url"
        autoFocus
        required
        {...(error ? { error: t(`error.${error}`) } : {})}
      />
      <StoredAtSite address={address} onOpen={onOpen} />
      {step.at === 'refused' ? (
        <Notice tone="attention" title={t('access.refused-title')}>
          <p>{t('access.why')}</p>
          <p>{t('access.limit')}</p>
        </Notice>
      ) : (
        <p className="text-12 text-text-2">{t('access.before')}</p>
      )}
    </form>
  )
}
