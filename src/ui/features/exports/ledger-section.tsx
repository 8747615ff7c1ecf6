import { useQuery } from '@tanstack/react-query'
import { TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import type { ExportRecord, LedgerEntry } from '@/src/domain/export-record'
import { failureOf } from '@/src/domain/failure'

import { Age } from '../../components/age'
import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { EXPORTS_KEY, gatewaysQuery, ledgerQuery } from '../../queries/exports'
import { fetchFromWorker } from '../../queries/fetcher'
import { useChange } from '../../queries/use-change'
import { isSameSource } from '../../view/export-drafts'
import { useExportWords } from './words'

/** Where these keys have gone so far. */
export function LedgerSection({ drafts }: { drafts: readonly ExportRecord[] }) {
  const { t } = useTranslation('exports')
  const { data: ledger, error } = useQuery(ledgerQuery())
  const forget = useChange(
    (id: string) => fetchFromWorker('exports.forget', { ids: [id] }),
    EXPORTS_KEY,
  )
  const entries = (ledger ?? []).filter((entry) => drafts.some((draft) => isOf(entry, draft)))
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-semibold">{t('ledger.title', { count: drafts.length })}</h3>
      {error && <FailureNotice failure={failureOf(error)} />}
      {forget.failure && <FailureNotice failure={forget.failure} />}
      {ledger && entries.length === 0 && <p className="text-text-2">{t('ledger.none')}</p>}
      <ul className="flex flex-col divide-y divide-line">
        {entries.map((entry) => (
          <Entry
            key={entry.id}
            entry={entry}
            withName={drafts.length > 1}
            onForget={() => void forget.run(entry.id)}
          />
        ))}
      </ul>
    </section>
  )
}

interface EntryProps {
  entry: LedgerEntry
  /** Also say which key it was. */
  withName: boolean
  onForget: () => void
}

function Entry({ entry, withName, onForget }: EntryProps) {
  const { t } = useTranslation('exports')
  const words = useExportWords()
  const { data: gateways = [] } = useQuery(gatewaysQuery())
  const { destination, gatewayId, options, stale, lastAtMs } = entry
  const gateway = gateways.find(({ id }) => id === gatewayId)
  const place = gateway?.name ?? words.target(destination)
  const more = [
    ...(withName ? [[entry.siteName, entry.keyName].filter(Boolean).join(' - ')] : []),
    ...Object.entries(options).map(([name, value]) => words.choice(name, value)),
  ]
  return (
    <li className="flex items-start gap-2 py-1.5">
      <div className="min-w-0 flex-1 wrap-anywhere">
        <span className="font-medium">{place}</span>{' '}
        <span className="text-12 text-text-2">
          <Age atMs={lastAtMs} />
          {more.length > 0 && ` · ${more.join(' · ')}`}
        </span>
        {stale && (
          <p className="flex items-start gap-1 text-12 text-attention">
            <TriangleAlert size={14} aria-hidden className="mt-px shrink-0" />
            {t(`ledger.stale.${stale}`)}
          </p>
        )}
      </div>
      <Button
        size="s"
        variant="ghost"
        aria-label={t('ledger.forget-named', { place })}
        title={t('ledger.forget-help')}
        onClick={onForget}
      >
        {t('ledger.forget')}
      </Button>
    </li>
  )
}

/** The same key by its place, or by what it is where its place changed. */
function isOf(entry: LedgerEntry, draft: ExportRecord): boolean {
  const isSameText = draft.fingerprint !== '' && entry.fingerprint === draft.fingerprint
  return isSameText || isSameSource(entry.source, draft.source)
}
