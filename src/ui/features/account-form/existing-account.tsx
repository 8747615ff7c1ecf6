import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { glanceQuery } from '../../queries/accounts'
import { type DraftValues, originIn } from './draft'

interface Props {
  values: Pick<DraftValues, 'origin' | 'userId'>
  onOpen: (id: string) => void
}

/** Leads to the stored account of the same user at the same site. */
export function ExistingAccount({ values, onOpen }: Props) {
  const { t } = useTranslation('account-form')
  const origin = originIn(values.origin)
  const { data: id } = useQuery({
    ...glanceQuery(),
    select: ({ rows }) =>
      rows.find((row) => row.origin === origin && row.userId === values.userId.trim())?.id,
  })
  if (id === undefined) return null
  return (
    <div>
      <Button
        onClick={() => {
          onOpen(id)
        }}
      >
        {t('action.open-existing')}
      </Button>
    </div>
  )
}
