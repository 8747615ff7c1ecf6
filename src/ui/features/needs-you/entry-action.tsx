import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { GrantAccess } from '../../components/grant-access'
import { HelpButton } from '../../components/help-button'
import { LinkButton } from '../../components/link-button'
import { SiteLink } from '../../components/site-link'
import type { HelpHandle } from '../../queries/help'
import type { RefreshHandle } from '../../queries/refresh'
import type { WaitingEntry } from './entries'

/** What the actions of all entries share; the same object until something in it changes. */
export interface Means {
  readonly help: Pick<HelpHandle, 'progress' | 'start'>
  readonly refresh: Pick<RefreshHandle, 'running' | 'start'>
}

interface Props {
  entry: WaitingEntry
  means: Means
  tabIndex: 0 | -1
}

/** The one thing to do about an entry. */
export function EntryAction({ entry, means, tabIndex }: Props) {
  const { t } = useTranslation('needs-you')
  const { origin, act, accounts } = entry
  const [{ row }] = accounts
  switch (act) {
    case 'pass':
      return <HelpButton origin={origin} help={means.help} tabIndex={tabIndex} />
    case 'log-in':
      return (
        <>
          <SiteLink row={row} tabIndex={tabIndex} />
          <TryAgain entry={entry} means={means} tabIndex={tabIndex} />
        </>
      )
    case 'grant':
      return (
        <GrantAccess
          origin={origin}
          tabIndex={tabIndex}
          onGranted={() => {
            means.refresh.start(accounts.map((account) => account.row.id))
          }}
        />
      )
    case 'edit':
      return (
        <LinkButton size="s" href={`#/accounts/${row.id}/edit`} tabIndex={tabIndex}>
          {t('act.edit')}
        </LinkButton>
      )
    case 'look':
      return (
        <LinkButton size="s" href={`#/accounts/${row.id}`} tabIndex={tabIndex}>
          {t('act.look')}
        </LinkButton>
      )
  }
}

/** Refreshes the accounts of an entry, for when the user has done their part elsewhere. */
function TryAgain({ entry, means: { refresh }, tabIndex }: Props) {
  const { t } = useTranslation('common')
  const [askedAtMs, setAskedAtMs] = useState(0)
  return (
    <Button
      size="s"
      variant="ghost"
      tabIndex={tabIndex}
      busy={refresh.running && askedAtMs > entry.triedAtMs}
      onClick={() => {
        setAskedAtMs(Date.now())
        refresh.start(entry.accounts.map(({ row }) => row.id))
      }}
    >
      {t('action.retry')}
    </Button>
  )
}
