import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Tag } from '@/src/domain/credential'

import { Button } from '../../components/button'
import { CopyStatus } from '../../components/copy-status'
import { EmptyState } from '../../components/empty-state'
import { FailureNotice } from '../../components/failure-notice'
import type { BaseActions } from './base-line'
import type { CredentialActions } from './credential-actions'
import type { CredentialEntry } from './credential-entries'
import { CredentialsTable } from './credentials-table'
import { CredentialsToolbar } from './credentials-toolbar'
import { useCredentialChoices } from './list-choices'
import { RefreshStatus } from './refresh-status'
import { RemoveDialog } from './remove-dialog'
import { TotalsLine } from './totals-line'
import type { CredentialRefresh } from './use-credential-refresh'
import type { CredentialSecrets } from './use-credential-secrets'
import { useCredentialsView } from './use-credentials-view'

interface Props {
  entries: readonly CredentialEntry[]
  tags: readonly Tag[]
  openId: string | null
  secrets: CredentialSecrets
  refresh: CredentialRefresh
}

/** The figures, the toolbar and the table, which share what is searched and filtered. */
export function CredentialsList({ entries, tags, openId, secrets, refresh }: Props) {
  const { t } = useTranslation('credentials')
  const view = useCredentialsView(entries)
  const { reset, toggleFolded } = useCredentialChoices()
  const [removing, setRemoving] = useState<CredentialEntry | null>(null)
  const { start } = refresh
  const actions = useActions(secrets, start, setRemoving)
  const baseActions = useMemo(
    (): BaseActions => ({
      toggleFolded,
      refreshAll: (those) => {
        start(those.map((one) => one.view))
      },
    }),
    [toggleFolded, start],
  )
  return (
    <>
      <TotalsLine entries={entries} />
      <CredentialsToolbar
        {...{ entries, tags, view }}
        refreshing={refresh.batch.some(({ refreshing }) => refreshing)}
        onRefresh={() => {
          start(view.shown.map((one) => one.view))
        }}
      />
      <RefreshStatus refresh={refresh} />
      {/* With a panel open it is said there. */}
      {openId === null && <CopyOutcome secrets={secrets} />}
      {view.lines.length === 0 ? (
        <EmptyState
          title={t('no-hit.title')}
          sentence={t('no-hit.sentence')}
          action={<Button onClick={reset}>{t('no-hit.clear')}</Button>}
        />
      ) : (
        <CredentialsTable
          lines={view.lines}
          shownKeys={secrets.shown}
          {...{ openId, actions, baseActions }}
        />
      )}
      {removing && (
        <RemoveDialog
          entry={removing}
          onClose={() => {
            setRemoving(null)
          }}
        />
      )}
    </>
  )
}

/** What became of the last copied key or address. */
function CopyOutcome({ secrets: { failure, copiedBase } }: { secrets: CredentialSecrets }) {
  const { t } = useTranslation('credentials')
  if (failure) return <FailureNotice failure={failure} />
  if (copiedBase === null) return <CopyStatus />
  return (
    <p role="status" className="text-12 text-text-2">
      {t('copied-base', { address: copiedBase })}
    </p>
  )
}

function useActions(
  { reveal, hide, copyKey, copyBase, copyBoth }: CredentialSecrets,
  refresh: CredentialRefresh['start'],
  askRemove: (entry: CredentialEntry) => void,
): CredentialActions {
  return useMemo(
    () => ({
      reveal,
      hide,
      copyKey,
      copyBase,
      copyBoth,
      refresh: ({ view }) => {
        refresh([view])
      },
      askRemove,
    }),
    [reveal, hide, copyKey, copyBase, copyBoth, refresh, askRemove],
  )
}
