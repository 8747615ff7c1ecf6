import type { ComponentProps } from 'react'

import { TextField } from '../../components/text-field'
import type { SectionFormHandle } from './use-section-form'

interface Props<Field extends string> {
  form: SectionFormHandle<Field>
  field: Field
  label: string
  help?: string | undefined
  type?: ComponentProps<typeof TextField>['type']
  inputMode?: ComponentProps<typeof TextField>['inputMode']
}

/** One typed value of a section, with what is wrong with it. */
export function TypedField<Field extends string>({ form, field, ...rest }: Props<Field>) {
  return (
    <TextField
      {...rest}
      name={field}
      value={form.texts[field]}
      error={form.errors[field]}
      onChange={(text) => {
        form.change(field, text)
      }}
    />
  )
}
