import { useTranslation } from 'react-i18next'

import { FAILURE_CLASSES } from '@/src/domain/failure'
import type { Trace, TraceStep } from '@/src/domain/trace'

import { useFailureText } from '../../text/failure-text'
import { formatCount, formatExact } from '../../text/format'

/** The requests that led to a failure, for those who want to know. */
export function TriedRequests({ trace }: { trace: Trace }) {
  const { t, i18n } = useTranslation('accounts')
  const number = formatCount(trace.length, i18n.language)
  return (
    <details className="text-12">
      <summary className="w-fit rounded-control text-text-2">
        {t('tried.title', { number })}
      </summary>
      <ol className="mt-2 flex flex-col gap-2 border-s border-line ps-3">
        {trace.map((step, index) => (
          <li key={index}>
            <Request step={step} />
          </li>
        ))}
      </ol>
    </details>
  )
}

function Request({ step }: { step: TraceStep }) {
  const { t, i18n } = useTranslation('accounts')
  const outcome = useOutcomeText()(step)
  const took =
    step.tookMs === undefined
      ? []
      : [t('tried.took', { ms: formatCount(step.tookMs, i18n.language) })]
  return (
    <>
      <p className="font-mono wrap-anywhere">
        {step.method} {step.path}
      </p>
      <p className="text-text-2">
        <time
          dateTime={new Date(step.atMs).toISOString()}
          title={formatExact(step.atMs, i18n.language)}
        >
          {new Date(step.atMs).toLocaleTimeString(i18n.language)}
        </time>
        {` · ${[t(`tried.via.${step.via}`), t(`tried.proof.${step.proof}`)].join(' · ')}`}
      </p>
      <p className="text-text-2">{[outcome, ...took].join(' · ')}</p>
    </>
  )
}

/** How a request ended: the answer's status and kind, or what went wrong. */
function useOutcomeText(): (step: TraceStep) => string {
  const { t } = useTranslation('accounts')
  const words = useFailureText()
  return ({ outcome, httpStatus, media = 'other' }) => {
    if (httpStatus !== undefined) {
      return t('tried.answered', { status: httpStatus, kind: t(`tried.media.${media}`) })
    }
    const kind = FAILURE_CLASSES.find((one) => one === outcome.split('/')[0])
    return kind ? words({ class: kind }).title : t('tried.no-answer')
  }
}
