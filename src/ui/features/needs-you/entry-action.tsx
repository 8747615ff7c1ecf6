import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { GrantAccess } from '../../components/grant-access'
import { HelpButton } from '../../components/help-button'
import { LinkButton } from '../../components/link-button'
import { SiteLink } from '../../components/site-link'
import type { HelpHandle } from '../../queries/help'
import type { RefreshHandle } from '../../queries/refresh'
import type { CheckInHelp } from './use-check-in-help'
import type { WaitingEntry } from './entries'

/** What the actions of all entries share; the same object until something in it changes. */
export interface Means {
  readonly help: Pick<HelpHandle, 'progress' | 'start'>
  readonly refresh: Pick<RefreshHandle, 'running' | 'start'>
  readonly checkIn: Pick<CheckInHelp, 'run' | 'open'>
}

interface Props {
  entry: WaitingEntry
  means: Means
  tabIndex: 0 | -1
}

/** The one thing to do about an entry. */
export function EntryAction({ entry, means, tabIndex }: Props) {
  const { t } = useTranslation('needs-you')
  const { origin, act, accounts, checkIns } = entry
  const [{ row }] = accounts
  switch (act) {
    case 'pass':
      return (
        <>
          <HelpButton origin={origin} help={means.help} tabIndex={tabIndex} />
          <CheckInAgain entry={entry} means={means} tabIndex={tabIndex} />
        </>
      )
    case 'log-in':
      return (
        <>
          <SiteLink row={row} tabIndex={tabIndex} />
          {checkIns.length === 0 ? (
            <TryAgain entry={entry} means={means} tabIndex={tabIndex} />
          ) : (
            <CheckInAgain entry={entry} means={means} tabIndex={tabIndex} />
          )}
        </>
      )
    case 'grant':
      return (
        <GrantAccess
          origin={origin}
          tabIndex={tabIndex}
          onGranted={() => {
            means.refresh.start(accounts.map((account) => account.row.id))
            if (checkIns.length > 0) means.checkIn.run(checkIns)
          }}
        />
      )
    case 'edit':
      return (
        <>
          <LinkButton size="s" href={`#/accounts/${row.id}/edit`} tabIndex={tabIndex}>
            {t('act.edit')}
          </LinkButton>
          <CheckInAgain entry={entry} means={means} tabIndex={tabIndex} />
        </>
      )
    case 'look':
      return (
        <>
          <LinkButton size="s" href={placeOf(row.id, entry)} tabIndex={tabIndex}>
            {t('act.look')}
          </LinkButton>
          <CheckInAgain entry={entry} means={means} tabIndex={tabIndex} />
        </>
      )
    case 'check-in':
      return (
        <Button
          size="s"
          tabIndex={tabIndex}
          onClick={() => {
            means.checkIn.open(checkIns)
          }}
        >
          {t('act.check-in')}
        </Button>
      )
  }
}

/** The place of an account's details, or of its days where only its check-in waits. */
export function placeOf(id: string, { checkIns }: WaitingEntry): string {
  return `#/${checkIns.includes(id) ? 'check-in' : 'accounts'}/${id}`
}

/** Checks in again where that waits; nothing where only figures do. */
function CheckInAgain({ entry: { checkIns }, means, tabIndex }: Props) {
  const { t } = useTranslation('needs-you')
  if (checkIns.length === 0) return null
  return (
    <Button
      size="s"
      variant="ghost"
      tabIndex={tabIndex}
      onClick={() => {
        means.checkIn.run(checkIns)
      }}
    >
      {t('check-in.again')}
    </Button>
  )
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
