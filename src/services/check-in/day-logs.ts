import type { AutomationSettings } from '@/src/domain/automation-settings'
import { type OffsetAt, windowDay } from '@/src/domain/day-window'
import { newId } from '@/src/domain/ids'
import type { JournalEntry, JournalReason } from '@/src/domain/journal'

import type { Journal } from '../automation/journal'
import { RunLog } from './run-log'

type Hours = AutomationSettings['checkIn']

/** The journal of what runs by itself: one entry for everything of one day of the user's. */
export interface DayLogs {
  /** Takes up what an earlier worker left. */
  restore(entries: readonly JournalEntry[]): void
  /** The entry of the day, ready to be written to; `why` counts where there is none yet. */
  open(hours: Hours, why: JournalReason): RunLog
  isAnyUnfinished(): boolean
  /** Entries that are not over: when their day ends, and whether that day is another one by now. */
  unfinished(
    hours: Hours,
  ): { readonly log: RunLog; readonly endMs: number; readonly isOver: boolean }[]
}

interface Ports {
  readonly journal: Journal
  readonly offsetAt: OffsetAt
  readonly now: () => number
}

export function createDayLogs({ journal, offsetAt, now }: Ports): DayLogs {
  const logs = new Map<string, RunLog>()
  const dayAt = (hours: Hours, atMs: number) => windowDay(hours, atMs, offsetAt)

  return {
    restore(entries) {
      for (const entry of entries) {
        if (entry.why !== 'you' && !logs.has(entry.slot)) {
          logs.set(entry.slot, new RunLog(entry, journal))
        }
      }
    },
    open(hours, why) {
      const slot = dayAt(hours, now()).day
      const known = logs.get(slot)
      if (known) {
        known.reopen()
        return known
      }
      const log = new RunLog(
        {
          id: newId('run'),
          kind: 'check-in',
          why,
          slot,
          state: 'running',
          startedAtMs: now(),
          lines: [],
        },
        journal,
      )
      logs.set(slot, log)
      return log
    },
    isAnyUnfinished: () => [...logs.values()].some(isUnfinished),
    unfinished(hours) {
      const today = dayAt(hours, now()).day
      return [...logs.values()].filter(isUnfinished).map((log) => ({
        log,
        endMs: dayAt(hours, log.entry.startedAtMs).endMs,
        isOver: log.entry.slot !== today,
      }))
    },
  }
}

const isUnfinished = ({ entry }: RunLog) => entry.endedAtMs === undefined
