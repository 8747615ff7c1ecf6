import { useTranslation } from 'react-i18next'

import type { CodeState, RedeemBatchView } from '@/src/domain/redemption'

import { Notice } from '../../components/notice'
import { ProgressBar } from '../../components/progress-bar'
import { useNow } from '../../components/use-now'
import { useCodeCounts } from '../../text/code-counts'
import { formatUntil } from '../../text/times'
import type { GlanceEntry } from '../../view/glance-view'

interface Props {
  batch: RedeemBatchView
  entries: ReadonlyMap<string, GlanceEntry>
}

/** How far a batch is, why it waits, or what came of it. */
export function BatchStatus({ batch, entries }: Props) {
  const { t } = useTranslation('redeem')
  const done = batch.codes.filter(({ state }) => state !== 'waiting' && state !== 'sending').length
  const total = batch.codes.length
  if (batch.state === 'done' || batch.state === 'stopped') return <Result batch={batch} />
  return (
    <>
      <div className="flex items-center gap-3 text-12">
        <span role="status" className="shrink-0 whitespace-nowrap tabular-nums">
          {t('batch.progress', { done, total })}
        </span>
        <ProgressBar value={done} max={total} label={t('batch.progress-label')} />
      </div>
      {batch.state === 'waiting' && <Waiting batch={batch} entries={entries} />}
    </>
  )
}

/** Until when it waits, and why. */
function Waiting({ batch, entries }: Props) {
  const { t, i18n } = useTranslation('redeem')
  const now = useNow()
  const { resumeAtMs } = batch
  const next = batch.codes.find(({ state }) => state === 'waiting')
  const site = entries.get(next?.accountId ?? '')?.host ?? t('batch.the-site')
  return (
    <Notice
      tone="info"
      title={
        resumeAtMs === undefined
          ? t('batch.waits')
          : t('batch.waits-until', { time: formatUntil(resumeAtMs, now, i18n.language) })
      }
    >
      {t('batch.waits-why', { site })}
    </Notice>
  )
}

function Result({ batch }: { batch: RedeemBatchView }) {
  const { t } = useTranslation('redeem')
  const words = useCodeCounts()
  const counts: Partial<Record<CodeState, number>> = {}
  for (const { state } of batch.codes) counts[state] = (counts[state] ?? 0) + 1
  return (
    <p role="status" className="text-12 text-text-2 tabular-nums">
      {[...(batch.state === 'stopped' ? [t('batch.stopped')] : []), ...words(counts)].join(' · ')}
    </p>
  )
}
