import { useTranslation } from 'react-i18next'

import type { Trace, TraceStep } from '@/src/domain/trace'

/** More would be read by nobody; the details to copy have all of them. */
const SHOWN = 8

/** Words for how a request ended; the words are in the locale files under `tried`. */
type End =
  | 'page'
  | 'empty'
  | 'other-data'
  | 'no-data'
  | 'no-answer'
  | 'unreachable'
  | 'protected'
  | 'redirected'
  | 'paused'
  | 'failed'

/** A sentence of what was asked of a site and how each request ended; empty when nothing was. */
export function useTriedText(): (trace: Trace) => string {
  const { t, i18n } = useTranslation('account-form')
  return (trace) => {
    const steps = trace.map((step) => {
      const end = endOf(step)
      return t('tried.step', {
        path: step.path,
        end: typeof end === 'number' ? end : t(`tried.${end}`),
      })
    })
    const [...told] = new Set(steps)
    if (told.length === 0) return ''
    const more = told.length - SHOWN
    const listed = more > 0 ? [...told.slice(0, SHOWN), t('tried.more', { count: more })] : told
    return t('tried.sentence', { list: new Intl.ListFormat(i18n.language).format(listed) })
  }
}

/** The status of a refusal says most; a good status with the wrong content says what came. */
function endOf({ outcome, httpStatus, media }: TraceStep): End | number {
  if (outcome === 'answered') {
    if (httpStatus !== undefined && httpStatus >= 300) return httpStatus
    return contentOf(media)
  }
  const [kind = '', reason] = outcome.split('/')
  if (kind === 'no-answer' || kind === 'cancelled' || reason === 'timeout') return 'no-answer'
  if (kind === 'network') return 'unreachable'
  if (kind === 'challenge') return 'protected'
  if (kind === 'limit') return 'paused'
  return reason === 'redirected' ? 'redirected' : 'failed'
}

function contentOf(media: TraceStep['media']): End {
  if (media === 'html') return 'page'
  if (media === 'empty') return 'empty'
  return media === 'json' ? 'other-data' : 'no-data'
}
