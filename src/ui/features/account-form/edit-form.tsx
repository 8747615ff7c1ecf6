import { type SubmitEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { AccountDetails, InputOf, OutputOf } from '@/src/messaging/protocol'

import { FailureNotice } from '../../components/failure-notice'
import { Switch } from '../../components/switch'
import { TextField } from '../../components/text-field'
import type { Change } from '../../queries/account-mutations'
import { errorsFrom, firstWrong } from './draft'
import { EditMethod } from './edit-method'
import { checkEdit, editOf, type EditValues, valuesOf } from './edit-values'
import { focusField } from './focus-field'
import { NotesField } from './notes-field'

/** How the form stands to what is stored. */
export type EditState = 'untouched' | 'changed' | 'saved'

interface Props {
  formId: string
  details: AccountDetails
  save: Change<InputOf<'accounts.edit'>, OutputOf<'accounts.edit'>>
  onState: (state: EditState) => void
}

export function EditForm({ formId, details, save, onState }: Props) {
  const { t } = useTranslation('account-form')
  // Taken once: a refresh that ends meanwhile must not write into the form.
  const [stored, setStored] = useState(() => valuesOf(details))
  const [values, setValues] = useState(stored)
  const [checked, setChecked] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const hasToken = details.hasAccessToken && stored.method === 'token'
  const errors = {
    ...(checked ? checkEdit(values, hasToken) : {}),
    ...errorsFrom(save.failure),
  }

  function change(edit: Partial<EditValues>): void {
    setValues((before) => ({ ...before, ...edit }))
    save.reset()
    onState('changed')
  }

  async function submit(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    setChecked(true)
    const wrong = firstWrong(checkEdit(values, hasToken))
    if (wrong) {
      focusField(form.current, wrong)
      return
    }
    const done = await save.run({ id: details.row.id, edit: editOf(stored, values) })
    if (!done.ok) return
    const now = { ...values, token: '' }
    setStored(now)
    setValues(now)
    setChecked(false)
    onState('saved')
  }

  const text = (field: 'name' | 'username' | 'exchangeRate') => {
    const error = errors[field]
    return {
      label: t(`field.${field}`),
      help: t(`help.${field}`),
      name: field,
      value: values[field],
      onChange: (value: string) => {
        change({ [field]: value })
      },
      ...(error ? { error: t(`error.${error}`) } : {}),
    }
  }

  return (
    <form
      id={formId}
      ref={form}
      onSubmit={(event) => void submit(event)}
      noValidate
      className="flex flex-col gap-4"
    >
      <p className="text-text-2">
        {t('edit.identity', { id: details.row.userId, host: new URL(details.row.origin).host })}
      </p>
      <TextField {...text('name')} required />
      <TextField {...text('username')} />
      <EditMethod
        values={values}
        stored={stored}
        hasToken={hasToken}
        error={errors.token}
        onChange={change}
      />
      <TextField {...text('exchangeRate')} inputMode="decimal" required />
      <NotesField
        value={values.notes}
        onChange={(notes) => {
          change({ notes })
        }}
      />
      <Switch
        label={t('edit.exclude')}
        help={t('edit.exclude-help')}
        checked={values.excludeFromTotal}
        onChange={(excludeFromTotal) => {
          change({ excludeFromTotal })
        }}
      />
      <Switch
        label={t('edit.enabled')}
        help={t('edit.enabled-help')}
        checked={!values.disabled}
        onChange={(enabled) => {
          change({ disabled: !enabled })
        }}
      />
      {save.failure && <FailureNotice failure={save.failure} />}
    </form>
  )
}
