import { CircleCheck, Info, OctagonAlert, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

const LOOK = {
  info: { icon: Info, tone: 'text-accent', ground: 'bg-panel border-line' },
  good: { icon: CircleCheck, tone: 'text-good', ground: 'bg-good-soft border-transparent' },
  attention: {
    icon: TriangleAlert,
    tone: 'text-attention',
    ground: 'bg-attention-soft border-transparent',
  },
  bad: { icon: OctagonAlert, tone: 'text-bad', ground: 'bg-bad-soft border-transparent' },
} as const

export type NoticeTone = keyof typeof LOOK

interface Props {
  tone: NoticeTone
  title?: string | undefined
  children: ReactNode
  action?: ReactNode
}

/** Something a person should know here; `bad` is read out at once. */
export function Notice({ tone, title, children, action }: Props) {
  const { icon: Icon, tone: colour, ground } = LOOK[tone]
  return (
    <div
      role={tone === 'bad' ? 'alert' : 'note'}
      className={`flex items-start gap-2 rounded-control border px-3 py-2 text-13 ${ground}`}
    >
      <Icon size={16} aria-hidden className={`mt-0.5 shrink-0 ${colour}`} />
      <div className="flex min-w-0 flex-1 flex-col gap-1 wrap-anywhere">
        {title === undefined ? null : <strong className="font-semibold">{title}</strong>}
        {children}
        {action ? <div className="mt-1 flex flex-wrap gap-2">{action}</div> : null}
      </div>
    </div>
  )
}
