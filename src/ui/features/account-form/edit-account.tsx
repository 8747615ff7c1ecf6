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
import { DiscardDialog } from './discard-dialog'
import { EditForm } from './edit-form'
import { RenewLogin } from './renew-login'
import type { EditState } from './use-edit-form'

interface Props {
  id: string
  onClose: () => void
}

/** Changes what the person decided about an account. Its site and user are fixed. */
export function EditAccount({ id, onClose }: Props) {
  const { t } = useTranslation('account-form')
  const formId = useId()
  const { data: details, error } = useQuery(detailsQuery(id))
  const save = useAccountChange('accounts.edit')
  const [state, setState] = useState<EditState>('untouched')
  const [leaving, setLeaving] = useState(false)

  function leave(): void {
    if (state === 'changed') setLeaving(true)
    else onClose()
  }

  return (
    <SidePanel
      open
      onClose={leave}
      title={details ? t('edit.title', { name: details.row.name }) : t('edit.title-loading')}
      footer={
        <>
          <p role="status" className="me-auto text-text-2">
            {state === 'saved' && t('edit.saved')}
          </p>
          <Button variant="ghost" onClick={leave}>
            {t('action.close')}
          </Button>
          <Button variant="primary" type="submit" form={formId} busy={save.busy}>
            {t(save.busy ? 'action.saving' : 'action.save')}
          </Button>
        </>
      }
    >
      {details ? (
        <div className="flex flex-col gap-4">
          <RenewLogin row={details.row} />
          <EditForm formId={formId} details={details} save={save} onState={setState} />
        </div>
      ) : error ? (
        <FailureNotice failure={failureOf(error)} />
      ) : (
        <Skeleton />
      )}
      {leaving && (
        <DiscardDialog
          onKeep={() => {
            setLeaving(false)
          }}
          onDiscard={onClose}
        />
      )}
    </SidePanel>
  )
}
