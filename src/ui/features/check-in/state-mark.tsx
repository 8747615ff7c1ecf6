import {
  CheckCheck,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleSlash,
  Clock,
  Ellipsis,
  LoaderCircle,
  OctagonAlert,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'

import type { CheckInMark, CheckInProof } from '@/src/domain/check-in'

import { useNow } from '../../components/use-now'
import { useFailureText } from '../../text/failure-text'
import { formatExact } from '../../text/format'
import { formatUntil } from '../../text/times'
import type { CheckInEntry, DayState } from './entries'

/** Unknown never looks like a pale "done". */
export const STATE_LOOK = {
  done: { icon: CircleCheck, tone: 'text-good' },
  'done-earlier': { icon: CheckCheck, tone: 'text-good' },
  'not-done': { icon: CircleAlert, tone: 'text-attention' },
  unknown: { icon: CircleDashed, tone: 'text-unknown' },
  'needs-you': { icon: OctagonAlert, tone: 'text-bad' },
  planned: { icon: Clock, tone: 'text-text-2' },
  'not-asked': { icon: Ellipsis, tone: 'text-text-2' },
  'not-offered': { icon: CircleSlash, tone: 'text-text-2' },
} as const satisfies Record<DayState, { icon: typeof Clock; tone: string }>

/** A day's state by colour, shape and word, and what proved it or stands in its way. */
export function StateMark({ entry }: { entry: CheckInEntry }) {
  const { t, i18n } = useTranslation('check-in')
  const now = useNow()
  const why = useWhy()
  const { state, mark, row, account } = entry
  const { nextAtMs } = row
  if (row.running) return <Running />
  const { icon: Icon, tone } = STATE_LOOK[state]
  const isDue = nextAtMs !== undefined && nextAtMs <= now
  const word =
    state === 'planned' && nextAtMs !== undefined
      ? isDue
        ? t('state.due')
        : t('state.planned-for', { time: formatUntil(nextAtMs, now, i18n.language) })
      : t(`state.${state}`)
  const detail = mark && why(mark, account.host)
  const found = mark && t('found', { time: formatExact(mark.atMs, i18n.language) })
  return (
    <span
      className="flex min-w-0 items-center gap-1.5"
      title={[word, detail, found].filter(Boolean).join(' · ')}
    >
      <Icon size={14} aria-hidden className={`shrink-0 ${tone}`} />
      <span className={`shrink-0 ${tone}`}>{word}</span>
      {detail && <span className="min-w-0 truncate text-12 text-text-2">{detail}</span>}
    </span>
  )
}

function Running() {
  const { t } = useTranslation('check-in')
  return (
    <span className="flex min-w-0 items-center gap-1.5 text-text-2">
      <LoaderCircle size={14} aria-hidden className="shrink-0 animate-spin" />
      {t('state.running')}
    </span>
  )
}

/** What proved a state, or stands in its way; `null` = nothing tells. */
export function useWhy(): (
  mark: Pick<CheckInMark, 'by' | 'failure' | 'state'>,
  host: string,
) => string | null {
  const { t } = useTranslation('check-in')
  const words = useFailureText()
  const proofs = useProofText()
  return ({ by, failure, state }, host) => {
    if (failure?.reason === 'turnstile') return t('why.turnstile')
    if (failure) return words(failure, host).title
    if (state === 'needs-you') return t('why.page')
    return by === undefined ? null : proofs(by)
  }
}

export function useProofText(): (by: CheckInProof) => string {
  const { t } = useTranslation('check-in')
  return (by) => t(`by.${by}`)
}
