import { useEffect, useMemo, useState } from 'react'

import type { KeySource } from '@/src/domain/credential'

import { DiscardDialog } from '../account-form/discard-dialog'
import { CheckPanel } from '../checks/check-panel'
import { ExportPanel } from '../exports/export-panel'
import { hrefOf, type KeysPanel } from '../shell/route'
import { goTo } from '../shell/use-route'
import { AuditPanel } from './audit-panel'
import { CreateManyPanel } from './create-many-panel'
import { CreatePanel, type MadeKey } from './create-panel'
import { EditPanel } from './edit-panel'
import { GoneKey } from './gone-key'
import { KeyDetails } from './key-details'
import { entryId, type KeyEntry, type KeySection } from './key-entries'
import { KeysPage } from './keys-page'
import { useKeyChoices } from './list-choices'
import { MadePanel } from './made-panel'
import { RepairPanel } from './repair-panel'
import { RotatePanel } from './rotate-panel'
import { type KeySecrets, useKeySecrets } from './use-key-secrets'
import { useKeys } from './use-keys'

/** What is open beside the list without being part of the address. */
type Extra = ExtraKind & {
  /** The address it was opened at; another one closes it, unless a key could be lost. */
  readonly at: string
}

type ExtraKind =
  | { readonly kind: 'made'; readonly made: MadeKey }
  | { readonly kind: 'many'; readonly accountIds: readonly string[] }
  | { readonly kind: 'export'; readonly entries: readonly KeyEntry[] }

/** The Keys page and the panel that is open beside its list. */
export function KeysPlace({ panel: wanted }: { panel: KeysPanel }) {
  const keys = useKeys()
  const secrets = useKeySecrets()
  const [opened, setOpened] = useState<Extra | null>(null)
  /** A form with unsaved changes: it stays until the person lets go of them. */
  const [held, setHeld] = useState<KeysPanel | null>(null)
  const panel = held ?? wanted
  const extra = opened?.kind === 'made' || opened?.at === hrefOfPanel(wanted) ? opened : null
  useNarrowing(wanted)
  const sections = keys.sections ?? NONE
  const isOpen = extra !== null || panel.kind !== 'none'
  const leavesForm = held !== null && JSON.stringify(held) !== JSON.stringify(wanted)

  function open(next: ExtraKind, at: KeysPanel): void {
    setHeld(null)
    setOpened({ ...next, at: hrefOfPanel(at) })
  }

  return (
    <>
      {/* Where there is room, the list stands beside the panel instead of under it. */}
      <div className={`h-full ${isOpen ? 'min-[1200px]:pe-120' : ''}`}>
        <KeysPage
          keys={keys}
          openId={'key' in panel ? entryId({ accountId: panel.account, keyId: panel.key }) : null}
          secrets={secrets}
          onExport={(entries) => {
            open({ kind: 'export', entries }, wanted)
          }}
          onCreateMany={(accountIds) => {
            open({ kind: 'many', accountIds }, wanted)
          }}
        />
      </div>
      {extra ? (
        <ExtraPanel
          {...{ extra, sections, secrets }}
          onClose={() => {
            setOpened(null)
          }}
        />
      ) : (
        keys.sections && (
          <Panel
            key={JSON.stringify(panel)}
            {...{ panel, sections, secrets }}
            onDirty={(dirty) => {
              setHeld(dirty ? panel : null)
            }}
            onExtra={(next) => {
              open(next, NO_PANEL)
              close()
            }}
          />
        )
      )}
      {leavesForm && (
        <DiscardDialog
          onKeep={() => {
            goTo({ page: 'keys', panel: held })
          }}
          onDiscard={() => {
            setHeld(null)
          }}
        />
      )}
    </>
  )
}

const NO_PANEL: KeysPanel = { kind: 'none' }
const NONE: readonly KeySection[] = []

/** An address that names an account narrows the list to it. */
function useNarrowing(panel: KeysPanel): void {
  const account = panel.kind === 'none' ? panel.account : undefined
  const { filter } = useKeyChoices()
  useEffect(() => {
    if (account !== undefined) filter({ account })
  }, [account, filter])
}

interface PanelProps {
  panel: KeysPanel
  sections: readonly KeySection[]
  secrets: KeySecrets
  onDirty: (dirty: boolean) => void
  onExtra: (extra: ExtraKind) => void
}

function Panel({ panel, sections, secrets, onDirty, onExtra }: PanelProps) {
  const { account: filtered } = useKeyChoices().filters
  const entry = useEntry(sections, panel)
  const form = {
    sections,
    onClose: () => {
      onDirty(false)
      close()
    },
    onDirty,
    onMade: (made: MadeKey) => {
      onExtra({ kind: 'made', made })
    },
    onMany: () => {
      onExtra({ kind: 'many', accountIds: [] })
    },
  }
  switch (panel.kind) {
    case 'none':
      return null
    case 'check':
      return entry ? (
        <CheckPanel source={sourceOf(entry)} label={entry.row.name} onClose={close} />
      ) : (
        <GoneKey onClose={close} />
      )
    case 'export':
      return entry ? (
        <ExportPanel sources={[sourceOf(entry)]} onClose={close} />
      ) : (
        <GoneKey onClose={close} />
      )
    case 'create':
      return <CreatePanel {...form} accountId={panel.account ?? filtered ?? ''} />
    case 'repair':
      return <RepairPanel sections={sections} onClose={close} />
    case 'audit':
      return <AuditPanel sections={sections} onClose={close} />
    case 'rotate':
      return (
        <RotatePanel accountId={panel.account} keyId={panel.key} entry={entry} onClose={close} />
      )
    case 'details':
      return entry ? (
        <KeyDetails {...{ entry, secrets }} onClose={close} />
      ) : (
        <GoneKey onClose={close} />
      )
    case 'edit':
      return entry ? (
        <EditPanel entry={entry} onClose={form.onClose} onDirty={onDirty} />
      ) : (
        <GoneKey onClose={close} />
      )
    case 'duplicate':
      return entry ? (
        <CreatePanel {...form} accountId={panel.account} model={entry} />
      ) : (
        <GoneKey onClose={close} />
      )
  }
}

interface ExtraProps {
  extra: Extra
  sections: readonly KeySection[]
  secrets: KeySecrets
  onClose: () => void
}

function ExtraPanel({ extra, sections, secrets, onClose }: ExtraProps) {
  switch (extra.kind) {
    case 'made': {
      const id = extra.made.key ? entryId(extra.made.key) : ''
      const entry = sections.flatMap(({ entries }) => entries).find((one) => one.id === id)
      return <MadePanel made={extra.made} {...{ entry, secrets, onClose }} />
    }
    case 'many':
      return <CreateManyPanel {...{ sections, onClose }} accountIds={extra.accountIds} />
    case 'export':
      return <ExportPanel sources={extra.entries.map(sourceOf)} onClose={onClose} />
  }
}

function sourceOf({ row }: KeyEntry): KeySource {
  return { kind: 'key', accountId: row.accountId, keyId: row.id }
}

/** The key a panel is about. */
function useEntry(sections: readonly KeySection[], panel: KeysPanel): KeyEntry | undefined {
  const id = 'key' in panel ? entryId({ accountId: panel.account, keyId: panel.key }) : null
  return useMemo(
    () => sections.flatMap(({ entries }) => entries).find((entry) => entry.id === id),
    [sections, id],
  )
}

function close(): void {
  goTo({ page: 'keys', panel: NO_PANEL })
}

function hrefOfPanel(panel: KeysPanel): string {
  return hrefOf({ page: 'keys', panel })
}
