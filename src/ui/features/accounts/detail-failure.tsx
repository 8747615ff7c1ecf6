import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Failure } from '@/src/domain/failure'
import type { GlanceRow } from '@/src/domain/glance'
import type { AccountDetails } from '@/src/messaging/protocol'
import { requestSiteAccess } from '@/src/platform/site-access'

import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { Notice } from '../../components/notice'
import { useRefresh } from '../../queries/refresh'
import { SiteLink } from './site-link'

/** What went wrong last, and the one thing to do about it. */
export function DetailFailure({ details }: { details: AccountDetails }) {
  const { t } = useTranslation('accounts')
  const { row } = details
  const failure = details.snapshot.lastAttempt?.failure
  const host = new URL(row.origin).host
  if (!details.accessGranted) {
    return (
      <Notice tone="attention" title={t('access.title')} action={<GrantAccess row={row} />}>
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
        action={<NextStep row={row} failure={failure} />}
      />
      {failure.class === 'identity' && (
        <p className="text-text-2">{t(`identity.${row.authMode}`, { id: row.userId, host })}</p>
      )}
      {failure.detail !== undefined && (
        <p className="wrap-anywhere text-text-2">
          {t('details.site-said', { words: failure.detail })}
        </p>
      )}
    </div>
  )
}

function NextStep({ row, failure }: { row: GlanceRow; failure: Failure }) {
  const { t } = useTranslation('accounts')
  const refresh = useRefresh()
  switch (failure.class) {
    case 'access':
      return <GrantAccess row={row} />
    case 'login':
    case 'identity':
    case 'challenge':
    case 'needs-tab':
      return <SiteLink row={row} />
    case 'unsupported':
      return null
    default:
      if (row.disabled) return null
      return (
        <Button
          size="s"
          onClick={() => {
            refresh.start([row.id])
          }}
        >
          {t('action.retry')}
        </Button>
      )
  }
}

function GrantAccess({ row }: { row: GlanceRow }) {
  const { t } = useTranslation('accounts')
  const refresh = useRefresh()
  const [refused, setRefused] = useState(false)

  async function grant(): Promise<void> {
    // First of all: the browser shows its question only inside the click.
    const granted = await requestSiteAccess(row.origin).catch(() => false)
    setRefused(!granted)
    if (granted) refresh.start([row.id])
  }

  return (
    <>
      <Button size="s" onClick={() => void grant()}>
        {t('action.grant-access')}
      </Button>
      <span role="status">{refused && t('access.refused')}</span>
    </>
  )
}
