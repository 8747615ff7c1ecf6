import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { failureOf } from '@/src/domain/failure'

import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { SidePanel } from '../../components/side-panel'
import { Skeleton } from '../../components/skeleton'
import { useAccountChange } from '../../queries/account-mutations'
import { detailsQuery } from '../../queries/accounts'
import { EditForm } from './edit-form'

interface Props {
  id: string
  onClose: () => void
}

/** Changes what the person decided about an account. Its site and user are fixed. */
export function EditAccount({ id, onClose }: Props) {
  const { t } = useTranslation('account-form')
  const formId = useId()
  const details = useQuery(detailsQuery(id))
  const save = useAccountChange('accounts.edit')
  const [saved, setSaved] = useState(false)
  return (
    <SidePanel
      open
      onClose={onClose}
      title={t('edit.title')}
      footer={
        <>
          <p role="status" className="me-auto text-text-2">
            {saved && t('edit.saved')}
          </p>
          <Button variant="ghost" onClick={onClose}>
            {t('action.close')}
          </Button>
          <Button variant="primary" type="submit" form={formId} busy={save.busy}>
            {t(save.busy ? 'action.saving' : 'action.save')}
          </Button>
        </>
      }
    >
      {details.data ? (
        <EditForm key={id} formId={formId} details={details.data} save={save} onSaved={setSaved} />
      ) : details.error ? (
        <FailureNotice failure={failureOf(details.error)} />
      ) : (
        <Skeleton />
      )}
    </SidePanel>
  )
}

export default EditAccount
