import { type RefObject, type SubmitEvent, useRef, useState } from 'react'

import type { AccountDetails, InputOf, OutputOf } from '@/src/messaging/protocol'

import type { Change } from '../../queries/use-change'
import { type TagMaking, useTagMaking, withTags } from '../tags/use-tag-making'
import { errorsFrom, type FieldErrors, firstWrong } from './draft-check'
import { checkEdit, editOf, type EditValues, valuesOf } from './edit-values'
import { focusField } from './focus-field'
import { webAddressIn } from './web-address'

/** How the form stands to what is stored. */
export type EditState = 'untouched' | 'changed' | 'saved'

export interface EditFormProps {
  formId: string
  details: AccountDetails
  save: Change<InputOf<'accounts.edit'>, OutputOf<'accounts.edit'>>
  onState: (state: EditState) => void
}

export interface EditForm {
  readonly form: RefObject<HTMLFormElement | null>
  readonly values: EditValues
  readonly stored: EditValues
  /** A token is stored, so that its field may stay empty. */
  readonly hasToken: boolean
  readonly errors: FieldErrors
  readonly making: TagMaking
  readonly change: (edit: Partial<EditValues>) => void
  readonly submit: (event: SubmitEvent<HTMLFormElement>) => Promise<void>
}

/** The values of the form for a stored account, their check, and saving them. */
export function useEditForm({ details, save, onState }: EditFormProps): EditForm {
  // Taken once: a refresh that ends meanwhile must not write into the form.
  const [stored, setStored] = useState(() => valuesOf(details))
  const [values, setValues] = useState(stored)
  const [checked, setChecked] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const making = useTagMaking()
  const hasToken = details.hasAccessToken && stored.method === 'token'

  async function submit(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    setChecked(true)
    const wrong = firstWrong(checkEdit(values, hasToken))
    if (wrong) {
      focusField(form.current, wrong)
      return
    }
    const made = await making.end()
    if (made === null) {
      focusField(form.current, 'tags')
      return
    }
    const edited = { ...values, tagIds: withTags(values.tagIds, made) }
    const done = await save.run({ id: details.row.id, edit: editOf(stored, edited) })
    if (!done.ok) return
    const now = { ...edited, token: '', checkInUrl: webAddressIn(edited.checkInUrl) }
    setStored(now)
    setValues(now)
    setChecked(false)
    onState('saved')
  }

  return {
    form,
    values,
    stored,
    hasToken,
    errors: { ...(checked ? checkEdit(values, hasToken) : {}), ...errorsFrom(save.failure) },
    making,
    change: (edit) => {
      setValues((before) => ({ ...before, ...edit }))
      save.reset()
      onState('changed')
    },
    submit,
  }
}
