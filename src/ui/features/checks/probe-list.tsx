import {
  CircleCheck,
  CircleDashed,
  CircleMinus,
  CircleSlash,
  LoaderCircle,
  type LucideIcon,
  OctagonAlert,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'

import type { ProbeResult } from '@/src/domain/check-run'

import { formatCount } from '../../text/format'

const LOOK: Record<ProbeResult['state'], { icon: LucideIcon; tone: string }> = {
  waiting: { icon: CircleDashed, tone: 'text-unknown' },
  running: { icon: LoaderCircle, tone: 'text-accent' },
  pass: { icon: CircleCheck, tone: 'text-good' },
  fail: { icon: OctagonAlert, tone: 'text-bad' },
  unsupported: { icon: CircleMinus, tone: 'text-attention' },
  stopped: { icon: CircleSlash, tone: 'text-unknown' },
}

/** What each probe came to, with its cause in words. */
export function ProbeList({ results, label }: { results: readonly ProbeResult[]; label: string }) {
  return (
    <ul aria-label={label} className="flex flex-col divide-y divide-line">
      {results.map((result) => (
        <Row key={result.probe} result={result} />
      ))}
    </ul>
  )
}

function Row({ result }: { result: ProbeResult }) {
  const { t, i18n } = useTranslation('checks')
  const { probe, state, latencyMs, httpStatus } = result
  const { icon: Icon, tone } = LOOK[state]
  return (
    <li className="flex flex-col gap-1 py-2">
      <div className="flex items-baseline gap-2">
        <span className="min-w-0 flex-1 font-medium">{t(`probe.${probe}.name`)}</span>
        {httpStatus !== undefined && state !== 'pass' && (
          <span className="text-12 text-text-2">{t('http-status', { status: httpStatus })}</span>
        )}
        {latencyMs !== undefined && (
          <span className="text-12 whitespace-nowrap text-text-2 tabular-nums">
            {t('latency', { ms: formatCount(latencyMs, i18n.language) })}
          </span>
        )}
        <span className={`inline-flex shrink-0 items-center gap-1 self-center ${tone}`}>
          <Icon size={14} aria-hidden className={state === 'running' ? 'animate-spin' : ''} />
          {t(`state.${state}`)}
        </span>
      </div>
      <Cause result={result} />
    </li>
  )
}

/** What a probe that did not pass means, what to do, and what the server said. */
function Cause({ result: { state, cause, detail } }: { result: ProbeResult }) {
  const { t } = useTranslation('checks')
  const isTold = cause !== undefined && (state === 'fail' || state === 'unsupported')
  return (
    <>
      {isTold && (
        <p className="text-12 wrap-anywhere">
          {t(`cause.${cause}.means`)}{' '}
          <span className="text-text-2">{t(`cause.${cause}.next`)}</span>
        </p>
      )}
      {detail !== undefined && detail !== '' && (
        <details className="text-12 text-text-2">
          <summary>{t(state === 'pass' ? 'detail.answer' : 'detail.server')}</summary>
          <p className="mt-1 rounded-control bg-panel px-2 py-1 font-mono wrap-anywhere whitespace-pre-wrap">
            {detail}
          </p>
        </details>
      )}
    </>
  )
}
