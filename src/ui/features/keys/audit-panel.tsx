import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { failureOf } from '@/src/domain/failure'

import { EmptyState } from '../../components/empty-state'
import { FailureNotice } from '../../components/failure-notice'
import { SidePanel } from '../../components/side-panel'
import { Skeleton } from '../../components/skeleton'
import { useNow } from '../../components/use-now'
import { credentialsQuery } from '../../queries/credentials'
import { EXPORTS_KEY, ledgerQuery } from '../../queries/exports'
import { fetchFromWorker } from '../../queries/fetcher'
import { useChange } from '../../queries/use-change'
import { auditKeys } from '../../view/key-audit'
import { AuditFinding } from './audit-finding'
import { BatchStatus } from './batch-status'
import { removeKeys, switchKeys } from './batch-work'
import type { KeyEntry, KeySection } from './key-entries'
import { RemoveDialog } from './remove-dialog'
import { useBatch } from './use-batch'

interface Props {
  sections: readonly KeySection[]
  onClose: () => void
}

/** A fresh look at everything would come each second; a day is what matters here. */
const LOOK_MS = 60_000

/** What is worth mending about all keys, each with what mends it. */
export function AuditPanel({ sections, onClose }: Props) {
  const { t } = useTranslation('keys')
  return (
    <SidePanel open onClose={onClose} title={t('audit.title')}>
      <div className="flex flex-col gap-4">
        <p className="text-text-2">{t('audit.sentence')}</p>
        <Report sections={sections} />
      </div>
    </SidePanel>
  )
}

function Report({ sections }: Pick<Props, 'sections'>) {
  const { t } = useTranslation('keys')
  const batch = useBatch()
  const [removing, setRemoving] = useState<readonly KeyEntry[] | null>(null)
  const forget = useChange(
    (ids: string[]) => fetchFromWorker('exports.forget', { ids }),
    EXPORTS_KEY,
  )
  const { findings, error } = useFindings(sections)
  const byId = useMemo(
    () => new Map(sections.flatMap(({ entries }) => entries).map((entry) => [entry.id, entry])),
    [sections],
  )
  const unlisted = sections.filter(({ list }) => list.atMs === undefined).length
  const fix = {
    busy: batch.progress?.state === 'running' || forget.busy,
    disable: (entries: readonly KeyEntry[]) => void batch.start(switchKeys(entries, false)),
    remove: setRemoving,
    forget: (id: string) => void forget.run([id]),
  }
  return (
    <>
      <BatchStatus batch={batch} />
      {error && <FailureNotice failure={failureOf(error)} />}
      {forget.failure && <FailureNotice failure={forget.failure} />}
      {unlisted > 0 && <p className="text-text-2">{t('audit.unlisted', { count: unlisted })}</p>}
      {findings === null && !error && <Skeleton className="h-16 w-full" />}
      {findings?.length === 0 && (
        <EmptyState title={t('audit.nothing.title')} sentence={t('audit.nothing.sentence')} />
      )}
      {findings?.map((finding) => (
        <AuditFinding key={finding.kind} finding={finding} byId={byId} fix={fix} />
      ))}
      {removing && (
        <RemoveDialog
          entries={removing}
          onClose={() => {
            setRemoving(null)
          }}
          onConfirm={(entries) => void batch.start(removeKeys(entries))}
        />
      )}
    </>
  )
}

/** `null` until exports and credentials are known: half of it would be a wrong report. */
function useFindings(sections: readonly KeySection[]) {
  const ledger = useQuery(ledgerQuery())
  const credentials = useQuery(credentialsQuery())
  const nowMs = Math.floor(useNow() / LOOK_MS) * LOOK_MS
  const findings = useMemo(
    () =>
      ledger.data && credentials.data
        ? auditKeys({
            lists: sections.map(({ list }) => list),
            ledger: ledger.data,
            credentials: credentials.data,
            nowMs,
          })
        : null,
    [sections, ledger.data, credentials.data, nowMs],
  )
  return { findings, error: ledger.error ?? credentials.error }
}
