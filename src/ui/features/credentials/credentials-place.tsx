import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { KeySource } from '@/src/domain/credential'
import { failureOf } from '@/src/domain/failure'

import { credentialsQuery, tagsQuery } from '../../queries/credentials'
import { DiscardDialog } from '../account-form/discard-dialog'
import { CheckPanel } from '../checks/check-panel'
import { ExportPanel } from '../exports/export-panel'
import { type CredentialsPanel, hrefOf } from '../shell/route'
import { goTo } from '../shell/use-route'
import { closePanel, openCredential } from './credential-actions'
import { CredentialDetails, type SaveNews } from './credential-details'
import { type CredentialEntry, entriesOf } from './credential-entries'
import { CredentialsPage } from './credentials-page'
import { FormPanel } from './form-panel'
import { GonePanel } from '../../components/gone-panel'
import { type CredentialRefresh, useCredentialRefresh } from './use-credential-refresh'
import { type CredentialSecrets, useCredentialSecrets } from './use-credential-secrets'

/** The Credentials page and the panel that is open beside its list. */
export function CredentialsPlace({ panel: wanted }: { panel: CredentialsPanel }) {
  const { data: views, error, refetch } = useQuery(credentialsQuery())
  const { data: tags = [] } = useQuery(tagsQuery())
  const entries = useMemo(() => (views ? entriesOf(views, tags) : null), [views, tags])
  const secrets = useCredentialSecrets()
  const refresh = useCredentialRefresh(views ?? [])
  /** A form with unsaved changes: it stays until the person lets go of them. */
  const [held, setHeld] = useState<CredentialsPanel | null>(null)
  const [news, setNews] = useState<SaveNews | null>(null)
  const panel = held ?? wanted
  const isOpen = panel.kind !== 'none'
  const leavesForm = held !== null && hrefOfPanel(held) !== hrefOfPanel(wanted)
  return (
    <>
      {/* Where there is room, the list stands beside the panel instead of under it. */}
      <div className={`h-full ${isOpen ? 'min-[1200px]:pe-120' : ''}`}>
        <CredentialsPage
          {...{ entries, tags, secrets, refresh }}
          failure={error ? failureOf(error) : null}
          onRetry={() => void refetch()}
          openId={'id' in panel ? panel.id : null}
        />
      </div>
      {entries && (
        <Panel
          key={hrefOfPanel(panel)}
          {...{ panel, entries, secrets, refresh, news }}
          onNews={setNews}
          onDirty={(dirty) => {
            setHeld(dirty ? panel : null)
          }}
        />
      )}
      {leavesForm && (
        <DiscardDialog
          onKeep={() => {
            goTo({ page: 'credentials', panel: held })
          }}
          onDiscard={() => {
            setHeld(null)
          }}
        />
      )}
    </>
  )
}

interface PanelProps {
  panel: CredentialsPanel
  entries: readonly CredentialEntry[]
  secrets: CredentialSecrets
  refresh: CredentialRefresh
  news: SaveNews | null
  onNews: (news: SaveNews | null) => void
  onDirty: (dirty: boolean) => void
}

function Panel({ panel, entries, secrets, refresh, news, onNews, onDirty }: PanelProps) {
  const { t } = useTranslation('credentials')
  const entry = 'id' in panel ? entries.find(({ id }) => id === panel.id) : undefined

  function close(): void {
    onDirty(false)
    onNews(null)
    closePanel()
  }

  /** A credential that is new, or went into another one, is shown; others stay in their form. */
  function tell(told: SaveNews): void {
    onNews(told)
    if (told.id !== entry?.id) openCredential('details', told.id)
  }

  const source = useMemo(
    (): KeySource => ({ kind: 'credential', credentialId: entry?.id ?? '' }),
    [entry?.id],
  )
  if (panel.kind === 'none') return null
  if (panel.kind === 'add') return <FormPanel onClose={close} onDirty={onDirty} onSaved={tell} />
  if (!entry) {
    return <GonePanel title={t('gone.title')} sentence={t('gone.sentence')} onClose={close} />
  }
  switch (panel.kind) {
    case 'details':
      return <CredentialDetails {...{ entry, secrets, refresh, news }} onClose={close} />
    case 'edit':
      return <FormPanel entry={entry} onClose={close} onDirty={onDirty} onSaved={tell} />
    case 'check':
      return <CheckPanel source={source} label={entry.view.decided.name} onClose={close} />
    case 'export':
      return <ExportPanel sources={[source]} onClose={close} />
  }
}

function hrefOfPanel(panel: CredentialsPanel): string {
  return hrefOf({ page: 'credentials', panel })
}
