import { useQuery } from '@tanstack/react-query'

import type { SiteType } from '@/src/domain/site-type'

import type { FieldFrameProps } from '../../components/field'
import { SelectField } from '../../components/select-field'
import { sitesQuery } from '../../queries/sites'

interface Props extends FieldFrameProps {
  name: string
  value: SiteType
  onChange: (type: SiteType) => void
}

/** A choice among all families of sites. */
export function SiteTypeField(props: Props) {
  const { data: sites = [] } = useQuery(sitesQuery())
  const options = sites.map(({ type, label }) => ({ value: type, label }))
  // Until the families are known the value stands for itself.
  const known = options.some(({ value }) => value === props.value)
  return (
    <SelectField
      {...props}
      options={known ? options : [{ value: props.value, label: props.value }, ...options]}
    />
  )
}
