import { ChevronDown, ChevronRight } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { RedeemBatchView } from '@/src/domain/redemption'

import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { useRedeemChange } from '../../queries/redeem'
import { formatExact } from '../../text/format'
import type { GlanceEntry } from '../../view/glance-view'
import { BatchStatus } from './batch-status'
import { CodeLine } from './code-line'
import { type CodeView, mayRetry } from './code-words'

interface Props {
  batch: RedeemBatchView
  entries: ReadonlyMap<string, GlanceEntry>
  isNewest: boolean
}

/** Codes that are or were redeemed together: how far it is, what came of each, what can be done. */
export function Batch({ batch, entries, isNewest }: Props) {
  const { t, i18n } = useTranslation('redeem')
  const listId = useId()
  const isOver = batch.state === 'done' || batch.state === 'stopped'
  /** As the person chose; until then what is under way and the newest one are open. */
  const [chosen, setChosen] = useState<boolean | null>(null)
  const isOpen = chosen ?? (isNewest || !isOver)
  const time = formatExact(batch.startedAtMs, i18n.language)
  const Chevron = isOpen ? ChevronDown : ChevronRight
  return (
    <article
      aria-label={t('batch.label', { time })}
      className="flex flex-col gap-3 rounded-card border border-line bg-raised px-4 py-3"
    >
      <h3>
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={isOpen ? listId : undefined}
          onClick={() => {
            setChosen(!isOpen)
          }}
          className="flex w-full items-center gap-2 text-start"
        >
          <Chevron size={16} aria-hidden className="shrink-0 text-text-2" />
          <span className="font-medium">
            {t('batch.codes', { count: batch.codes.length })}
          </span>{' '}
          <span className="text-12 text-text-2">{time}</span>
        </button>
      </h3>
      <BatchStatus batch={batch} entries={entries} />
      {isOpen && (
        <ul id={listId} className="flex flex-col divide-y divide-line">
          {batch.codes.map((code, at) => (
            <CodeLine key={at} code={code} entry={entries.get(code.accountId ?? '')} />
          ))}
        </ul>
      )}
      <Actions batch={batch} isOver={isOver} />
    </article>
  )
}

function Actions({ batch, isOver }: { batch: RedeemBatchView; isOver: boolean }) {
  const { t } = useTranslation('redeem')
  const retry = useRedeemChange('redeem.retry')
  const stop = useRedeemChange('redeem.stop')
  const forget = useRedeemChange('redeem.forget')
  const failure = retry.failure ?? stop.failure ?? forget.failure
  const batchId = batch.id
  const picksOf = (isPicked: (code: CodeView) => boolean) =>
    batch.codes.flatMap((code, at) => (isPicked(code) ? at : []))
  const again = picksOf(mayRetry)
  const unknown = picksOf(({ state }) => state === 'unknown')
  return (
    <>
      {failure && <FailureNotice failure={failure} />}
      <div className="flex flex-wrap gap-2">
        {isOver && again.length > 0 && (
          <Button
            size="s"
            busy={retry.busy}
            onClick={() => void retry.run({ batchId, picks: again })}
          >
            {t('batch.retry', { count: again.length })}
          </Button>
        )}
        {isOver && unknown.length > 0 && (
          <Button
            size="s"
            busy={retry.busy}
            onClick={() => void retry.run({ batchId, picks: unknown })}
          >
            {t('batch.ask', { count: unknown.length })}
          </Button>
        )}
        {isOver ? (
          <Button
            size="s"
            variant="ghost"
            busy={forget.busy}
            onClick={() => void forget.run({ batchId })}
          >
            {t('batch.forget')}
          </Button>
        ) : (
          <Button size="s" busy={stop.busy} onClick={() => void stop.run({ batchId })}>
            {t('batch.stop')}
          </Button>
        )}
      </div>
    </>
  )
}
