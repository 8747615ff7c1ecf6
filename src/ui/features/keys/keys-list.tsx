import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { CopyStatus } from '../../components/copy-status'
import { EmptyState } from '../../components/empty-state'
import { FailureNotice } from '../../components/failure-notice'
import { useSettings } from '../../queries/settings'
import { hostOf } from '../../view/glance-view'
import { useSelection } from '../../components/use-selection'
import type { SectionActions } from './account-line'
import { BatchStatus } from './batch-status'
import { removeKeys, switchKeys } from './batch-work'
import { CredentialDialog } from './credential-dialog'
import type { KeyActions } from './key-actions'
import type { KeyEntry, KeySection } from './key-entries'
import { KeysTable } from './keys-table'
import { KeysToolbar } from './keys-toolbar'
import { useKeyChoices } from './list-choices'
import { LoadStatus } from './load-status'
import { RemoveDialog } from './remove-dialog'
import { SelectionBar } from './selection-bar'
import { type Batch, useBatch } from './use-batch'
import type { KeySecrets } from './use-key-secrets'
import type { Keys } from './use-keys'
import { useKeysView } from './use-keys-view'

interface Props {
  sections: readonly KeySection[]
  loading: Keys['loading']
  onLoad: (accountIds?: readonly string[]) => void
  openId: string | null
  secrets: KeySecrets
  onExport: (entries: readonly KeyEntry[]) => void
  onCreateMany: (accountIds: readonly string[]) => void
}

/** The toolbar and the table, which share what is searched, filtered and selected. */
export function KeysList(props: Props) {
  const { sections, loading, onLoad, openId, secrets, onExport, onCreateMany } = props
  const { t } = useTranslation('keys')
  const { currency } = useSettings().settings
  const view = useKeysView(sections, currency)
  const selection = useSelection(view.all)
  const batch = useBatch()
  const [removing, setRemoving] = useState<readonly KeyEntry[] | null>(null)
  const [saving, setSaving] = useState<readonly KeyEntry[] | null>(null)
  const actions = useKeyActions({
    secrets,
    toggle: selection.toggle,
    batch,
    setRemoving,
    setSaving,
  })
  const sectionActions = useSectionActions(selection.toggleAll, onLoad)
  const isShown = useMemo(() => new Set(view.shown.map(({ id }) => id)), [view.shown])
  const { reset } = useKeyChoices()

  return (
    <>
      <KeysToolbar
        sections={sections}
        view={view}
        loading={loading !== null}
        onRefresh={() => {
          onLoad()
        }}
      />
      <LoadStatus sections={sections} loading={loading} onLoad={onLoad} />
      <BatchStatus batch={batch} />
      {secrets.failed && secrets.failed.target.id !== openId && (
        <FailureNotice
          failure={secrets.failed.failure}
          siteName={hostOf(secrets.failed.target.account.origin)}
        />
      )}
      {/* An open panel says it itself. */}
      {openId === null && <CopyStatus />}
      {view.lines.length === 0 ? (
        <EmptyState
          title={t(view.narrowed ? 'no-hit.title' : 'no-keys.title')}
          sentence={t(view.narrowed ? 'no-hit.sentence' : 'no-keys.sentence')}
          action={view.narrowed && <Button onClick={reset}>{t('no-hit.clear')}</Button>}
        />
      ) : (
        <KeysTable {...{ view, currency, selection, secrets, openId, actions, sectionActions }} />
      )}
      <SelectionBar
        selection={selection}
        hidden={selection.rows.filter(({ id }) => !isShown.has(id)).length}
        batch={batch}
        onRemove={setRemoving}
        onSave={setSaving}
        onExport={onExport}
        onCreateMany={onCreateMany}
      />
      {removing && (
        <RemoveDialog
          entries={removing}
          onClose={() => {
            setRemoving(null)
          }}
          onConfirm={(entries) => void batch.start(removeKeys(entries))}
        />
      )}
      {saving && (
        <CredentialDialog
          entries={saving}
          onClose={() => {
            setSaving(null)
          }}
          onSave={(work) => void batch.start(work)}
        />
      )}
    </>
  )
}

interface ActionParts {
  secrets: KeySecrets
  toggle: (id: string) => void
  batch: Batch
  setRemoving: (entries: readonly KeyEntry[]) => void
  setSaving: (entries: readonly KeyEntry[]) => void
}

function useKeyActions(parts: ActionParts): KeyActions {
  const { toggle, setRemoving, setSaving } = parts
  const { reveal, hide, copy } = parts.secrets
  const { start } = parts.batch
  return useMemo(
    () => ({
      reveal,
      hide,
      copy,
      toggleSelected: toggle,
      setEnabled: (entry, enabled) => void start(switchKeys([entry], enabled)),
      askRemove: (entry) => {
        setRemoving([entry])
      },
      saveCredential: (entry) => {
        setSaving([entry])
      },
    }),
    [reveal, hide, copy, toggle, start, setRemoving, setSaving],
  )
}

function useSectionActions(
  toggleAll: (entries: readonly KeyEntry[]) => void,
  load: (accountIds: readonly string[]) => void,
): SectionActions {
  const { toggleFolded } = useKeyChoices()
  return useMemo(() => ({ toggleFolded, toggleAll, load }), [toggleFolded, toggleAll, load])
}
