import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { failureOf } from '@/src/domain/failure'
import type { AccountDetails as Details } from '@/src/messaging/protocol'

import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { SidePanel } from '../../components/side-panel'
import { Skeleton } from '../../components/skeleton'
import { useSetDisabled } from '../../queries/account-mutations'
import { detailsQuery } from '../../queries/accounts'
import { useRefresh } from '../../queries/refresh'
import { DeleteDialog } from './delete-dialog'
import { DetailFacts } from './detail-facts'
import { DetailFailure } from './detail-failure'
import { DetailFigures } from './detail-figures'
import { DetailSubscriptions } from './detail-subscriptions'

interface Props {
  id: string
  onClose: () => void
  onEdit: () => void
}

/** Everything known about one account but its secrets, and what can be done with it. */
export function AccountDetails({ id, onClose, onEdit }: Props) {
  const { t } = useTranslation('accounts')
  const { data: details, error } = useQuery(detailsQuery(id))
  return (
    <SidePanel
      open
      onClose={onClose}
      title={details?.row.name ?? t('details.title')}
      footer={details && <DetailActions details={details} onClose={onClose} onEdit={onEdit} />}
    >
      {details ? (
        <div className="flex flex-col gap-6">
          <DetailFigures details={details} />
          <DetailFailure details={details} onEdit={onEdit} />
          <DetailSubscriptions details={details} />
          <DetailFacts details={details} />
        </div>
      ) : error ? (
        <FailureNotice failure={failureOf(error)} />
      ) : (
        <Skeleton />
      )}
    </SidePanel>
  )
}

interface ActionsProps {
  details: Details
  onClose: () => void
  onEdit: () => void
}

function DetailActions({ details: { row }, onClose, onEdit }: ActionsProps) {
  const { t } = useTranslation('accounts')
  const refresh = useRefresh()
  const setDisabled = useSetDisabled()
  const [deleting, setDeleting] = useState(false)
  return (
    <>
      <Button
        variant="ghost"
        onClick={() => {
          setDeleting(true)
        }}
      >
        {t('action.delete')}
      </Button>
      <Button
        variant="plain"
        busy={setDisabled.busy}
        onClick={() => void setDisabled.run({ ids: [row.id], disabled: !row.disabled })}
      >
        {t(row.disabled ? 'action.enable' : 'action.disable')}
      </Button>
      <Button variant="plain" onClick={onEdit}>
        {t('action.edit')}
      </Button>
      {!row.disabled && (
        <Button
          variant="primary"
          onClick={() => {
            refresh.start([row.id])
          }}
        >
          {t('action.refresh')}
        </Button>
      )}
      {deleting && (
        <DeleteDialog
          rows={[row]}
          onClose={() => {
            setDeleting(false)
          }}
          onDeleted={onClose}
        />
      )}
    </>
  )
}
