import { useTranslation } from 'react-i18next'

import { pageOf } from '@/src/domain/site-pages'

import { FailureNotice } from '../../components/failure-notice'
import { Switch } from '../../components/switch'
import { TextField } from '../../components/text-field'
import { useSiteDescription } from '../../queries/sites'
import { TagInput } from '../tags/tag-input'
import { AutomationFields } from './automation-fields'
import { EditMethod } from './edit-method'
import { useFieldProps } from './field-props'
import type { EditValues } from './edit-values'
import { NotesField } from './notes-field'
import { type EditFormProps, useEditForm } from './use-edit-form'

/** What a person may change about a stored account. */
export function EditForm(props: EditFormProps) {
  const { formId, details, save } = props
  const { t } = useTranslation('account-form')
  const { row, snapshot } = details
  const site = useSiteDescription(row.siteType)
  const { form, values, stored, hasToken, errors, making, change, submit } = useEditForm(props)
  const text = useFieldProps<'name' | 'username' | 'exchangeRate'>({
    values,
    errors,
    onChange: change,
  })

  return (
    <form
      id={formId}
      ref={form}
      onSubmit={(event) => void submit(event)}
      noValidate
      className="flex flex-col gap-4"
    >
      <p className="text-text-2">
        {t('edit.identity', { id: row.userId, host: new URL(row.origin).host })}
      </p>
      <TextField {...text('name')} required />
      <TextField {...text('username')} />
      <EditMethod
        site={site}
        values={values}
        stored={stored}
        hasToken={hasToken}
        isOwn={row.ownLogin === true}
        error={errors.token}
        onChange={change}
        profileUrl={site ? pageOf(site, row.origin, 'profile', snapshot) : null}
      />
      <TextField {...text('exchangeRate')} inputMode="decimal" required />
      <TagInput
        chosen={values.tagIds}
        making={making}
        onChange={(tagIds) => {
          change({ tagIds })
        }}
      />
      <NotesField
        value={values.notes}
        onChange={(notes) => {
          change({ notes })
        }}
      />
      <EditSwitches values={values} onChange={change} />
      <AutomationFields site={site} values={values} errors={errors} onChange={change} />
      {save.failure && <FailureNotice failure={save.failure} />}
    </form>
  )
}

interface SwitchesProps {
  values: EditValues
  onChange: (edit: Partial<EditValues>) => void
}

function EditSwitches({ values, onChange }: SwitchesProps) {
  const { t } = useTranslation('account-form')
  return (
    <>
      <Switch
        label={t('edit.exclude')}
        help={t('edit.exclude-help')}
        checked={values.excludeFromTotal}
        onChange={(excludeFromTotal) => {
          onChange({ excludeFromTotal })
        }}
      />
      <Switch
        label={t('edit.enabled')}
        help={t('edit.enabled-help')}
        checked={!values.disabled}
        onChange={(enabled) => {
          onChange({ disabled: !enabled })
        }}
      />
    </>
  )
}
