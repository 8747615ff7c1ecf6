import { BatteryLow, CalendarX2, CircleCheck, CircleDashed, CircleSlash } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import type { KeyStatus } from '@/src/domain/api-key'

const LOOK = {
  enabled: { icon: CircleCheck, tone: 'text-good' },
  disabled: { icon: CircleSlash, tone: 'text-text-2' },
  expired: { icon: CalendarX2, tone: 'text-bad' },
  exhausted: { icon: BatteryLow, tone: 'text-attention' },
  unknown: { icon: CircleDashed, tone: 'text-unknown' },
} as const

/** Whether a key works, by colour, shape and word. */
export function KeyStatusMark({ status }: { status: KeyStatus }) {
  const { t } = useTranslation('keys')
  const { icon: Icon, tone } = LOOK[status]
  return (
    <span className={`flex min-w-0 items-center gap-1 ${tone}`}>
      <Icon size={14} aria-hidden className="shrink-0" />
      <span className="truncate text-12">{t(`status.${status}`)}</span>
    </span>
  )
}
