import {
  Bell,
  CalendarCheck,
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleSlash,
  Clock,
  Gift,
  type LucideIcon,
  OctagonAlert,
  RefreshCw,
  TriangleAlert,
} from 'lucide-react'

import type { JournalEntry, JournalKind, LineState } from '@/src/domain/journal'

import { ProgressRing } from '../../components/progress-ring'

/** The kinds of jobs, in the order filters have them, with the icons they share with their pages. */
export const KIND_ICONS: Readonly<Record<JournalKind, LucideIcon>> = {
  refresh: RefreshCw,
  'check-in': CalendarCheck,
  redeem: Gift,
  notice: Bell,
}

const GOOD = { icon: CircleCheck, tone: 'text-good' }
const NEUTRAL = { icon: CircleSlash, tone: 'text-text-3' }
const WARN = { icon: TriangleAlert, tone: 'text-attention' }
const BAD = { icon: OctagonAlert, tone: 'text-bad' }
const UNKNOWN = { icon: CircleDashed, tone: 'text-unknown' }
const WAITS = { icon: Clock, tone: 'text-text-3' }

interface Look {
  readonly icon: LucideIcon
  readonly tone: string
}

const ENTRY_LOOK: Readonly<Record<Exclude<JournalEntry['state'], 'running'>, Look>> = {
  waiting: WAITS,
  done: GOOD,
  partly: WARN,
  failed: BAD,
  stopped: { icon: CirclePause, tone: 'text-text-3' },
  interrupted: UNKNOWN,
}

const LINE_LOOK: Readonly<Record<LineState, Look>> = {
  waiting: WAITS,
  done: GOOD,
  'done-earlier': GOOD,
  'not-done': WARN,
  unknown: UNKNOWN,
  'not-offered': NEUTRAL,
  'needs-you': BAD,
  failed: BAD,
  skipped: NEUTRAL,
}

/** How a job stands; the word for it is beside. */
export function EntryMark({ state }: Pick<JournalEntry, 'state'>) {
  return state === 'running' ? <ProgressRing /> : <Mark look={ENTRY_LOOK[state]} />
}

/** How a part of a job stands; the word for it is beside. */
export function LineMark({ state }: { state: LineState }) {
  return <Mark look={LINE_LOOK[state]} />
}

function Mark({ look: { icon: Icon, tone } }: { look: Look }) {
  return <Icon size={16} aria-hidden className={`shrink-0 ${tone}`} />
}
