import { useTranslation } from 'react-i18next'

import type { DraftField, DraftValues, FieldErrors } from './draft'

/** The form's values, what is wrong with them, and how to change them. */
export interface FormState {
  readonly values: DraftValues
  readonly errors: FieldErrors
  readonly onChange: (edit: Partial<DraftValues>) => void
}

/** Properties of the control for a field: label, help and error in words, value, change. */
export function useFieldProps({ values, errors, onChange }: FormState) {
  const { t } = useTranslation('account-form')
  return (field: Exclude<DraftField, 'siteType' | 'method'>) => {
    const error = errors[field]
    return {
      label: t(`field.${field}`),
      help: t(`help.${field}`),
      name: field,
      value: values[field],
      onChange: (value: string) => {
        onChange({ [field]: value })
      },
      ...(error ? { error: t(`error.${error}`) } : {}),
    }
  }
}
