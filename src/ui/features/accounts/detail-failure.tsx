import { useTranslation } from 'react-i18next'

import type { Failure } from '@/src/domain/failure'
import type { GlanceRow } from '@/src/domain/glance'
import { actOn } from '@/src/domain/needs-you'
import type { AccountDetails } from '@/src/messaging/protocol'

import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { GrantAccess } from '../../components/grant-access'
import { HelpButton } from '../../components/help-button'
import { Notice } from '../../components/notice'
import { SiteLink } from '../../components/site-link'
import { useHelp } from '../../queries/help'
import { useRefresh } from '../../queries/refresh'
import { hostOf } from '../../view/glance-view'
import { TriedRequests } from './tried-requests'

interface Props {
  details: AccountDetails
  onEdit: () => void
}

/** What went wrong last, the one thing to do about it, and what was tried. */
export function DetailFailure({ details, onEdit }: Props) {
  const { t } = useTranslation('accounts')
  const { row, snapshot, accessGranted } = details
  const { start } = useRefresh()
  const failure = snapshot.lastAttempt?.failure
  const host = hostOf(row.origin)
  const subject = { siteType: row.siteType, generation: snapshot.generation?.value }
  if (!accessGranted) {
    const grant = (
      <GrantAccess
        origin={row.origin}
        onGranted={() => {
          start([row.id])
        }}
      />
    )
    if (failure?.reason === 'revoked') {
      return <FailureNotice failure={failure} siteName={host} action={grant} />
    }
    return (
      <Notice tone="attention" title={t('access.title')} action={grant}>
        {t('access.sentence', { host })}
      </Notice>
    )
  }
  if (!failure) return null
  return (
    <div className="flex flex-col gap-2">
      <FailureNotice
        failure={failure}
        siteName={host}
        subject={subject}
        action={<NextStep details={details} failure={failure} onEdit={onEdit} />}
      />
      {failure.class === 'identity' && (
        <p className="text-text-2">{t(`identity.${row.authMode}`, { id: row.userId, host })}</p>
      )}
      {failure.detail !== undefined && (
        <p className="wrap-anywhere text-text-2">
          {t('details.site-said', { words: failure.detail })}
        </p>
      )}
      {failure.trace && failure.trace.length > 0 && <TriedRequests trace={failure.trace} />}
    </div>
  )
}

interface NextStepProps extends Props {
  failure: Failure
}

function NextStep({ details: { row, snapshot }, failure, onEdit }: NextStepProps) {
  const { t } = useTranslation('accounts')
  const help = useHelp()
  const link = <SiteLink row={row} known={snapshot} />
  const edit = (
    <Button size="s" onClick={onEdit}>
      {t('action.edit')}
    </Button>
  )
  switch (actOn(row, failure)) {
    case 'pass':
      // Help fetches figures afterwards, which nobody wants of a disabled account.
      return row.disabled ? link : <HelpButton origin={row.origin} help={help} />
    case 'log-in':
      return link
    case 'edit':
      return (
        <>
          {edit}
          {link}
        </>
      )
    case 'grant':
      // The site may be reached: what is missing belongs to the account's way of logging in.
      return edit
    case 'look':
      return (
        <>
          <Retry row={row} />
          {link}
        </>
      )
    case undefined:
      return failure.class === 'unsupported' ? null : <Retry row={row} />
  }
}

function Retry({ row }: { row: GlanceRow }) {
  const { t } = useTranslation('accounts')
  const { start } = useRefresh()
  if (row.disabled) return null
  return (
    <Button
      size="s"
      onClick={() => {
        start([row.id])
      }}
    >
      {t('action.retry')}
    </Button>
  )
}
