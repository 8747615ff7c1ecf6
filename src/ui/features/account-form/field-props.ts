import { useTranslation } from 'react-i18next'

import type { DraftField } from './draft'
import type { FieldErrors, FormField } from './draft-check'

/** Fields that a plain text control can show. */
type TypedField = Exclude<FormField, 'siteType' | 'method'>

/** Those of a new account. */
export type DraftTextField = Extract<TypedField, DraftField>

interface TypedFields<Field extends TypedField> {
  readonly values: Readonly<Record<Field, string>>
  readonly errors: FieldErrors
  readonly onChange: (edit: Partial<Record<Field, string>>) => void
}

/** Properties of the control for a field: label, help and error in words, value, change. */
export function useFieldProps<Field extends TypedField>(form: TypedFields<Field>) {
  const { t } = useTranslation('account-form')
  return (field: Field) => {
    const name: TypedField = field
    const error = form.errors[name]
    return {
      label: t(`field.${name}`),
      help: t(`help.${name}`),
      name,
      value: form.values[field],
      onChange: (value: string) => {
        form.onChange({ [field]: value } as Partial<Record<Field, string>>)
      },
      ...(error ? { error: t(`error.${error}`) } : {}),
    }
  }
}
