import { CircleCheck, CircleDashed, OctagonAlert, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import type { Health } from '@/src/domain/health'

const LOOK = {
  good: { icon: CircleCheck, tone: 'text-good' },
  attention: { icon: TriangleAlert, tone: 'text-attention' },
  bad: { icon: OctagonAlert, tone: 'text-bad' },
  unknown: { icon: CircleDashed, tone: 'text-unknown' },
} as const

interface Props {
  health: Health
  /** Replaces the plain word, e.g. by what went wrong. */
  label?: string | undefined
  /** Show the word too, not only to screen readers. */
  showWord?: boolean | undefined
}

/** State of an account by colour, shape and word; unknown never looks like a pale "good". */
export function HealthMark({ health, label, showWord = false }: Props) {
  const { t } = useTranslation('common')
  const { icon: Icon, tone } = LOOK[health]
  const word = label ?? t(`health.${health}`)
  return (
    <span
      title={showWord ? undefined : word}
      className={`inline-flex shrink-0 items-center gap-1 align-middle ${tone}`}
    >
      <Icon size={14} aria-hidden className="shrink-0" />
      <span className={showWord ? 'text-12' : 'sr-only'}>{word}</span>
    </span>
  )
}
