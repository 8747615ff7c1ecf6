import { zoneOffset } from '@/src/domain/agenda'
import { settle } from '@/src/domain/failure'

import { createSpaced } from '../spaced'
import { createAttempts } from './attempts'
import { createDayLogs } from './day-logs'
import type { CheckInPorts } from './ports'
import { createCheckInRecords } from './records'
import { createRuns, type Runs } from './runs'
import { createSchedule, type Schedule } from './schedule'
import { takeSurvey } from './survey'
import { type CheckInViews, createViews } from './views'
import { createVisits, type Visits } from './visits'

/** Journal entries that are looked through for what is not over. */
const RECENT = 100

/** Everything about daily check-ins; as a chore it does them by itself. */
export interface CheckIns extends Schedule, CheckInViews, Visits, Pick<Runs, 'run' | 'stop'> {}

export function createCheckIns(given: CheckInPorts): CheckIns {
  const offsetAt = given.offsetAt ?? zoneOffset
  const ports: CheckInPorts = { ...given, offsetAt, announce: createSpaced(given.announce) }
  const records = createCheckInRecords(ports)
  const attempts = createAttempts(ports, records)
  const days = createDayLogs({ ...ports, offsetAt })
  const parts = { records, attempts, days, offsetAt }
  const schedule = createSchedule(ports, parts)
  const runs = createRuns(ports, {
    attempts,
    survey: () => takeSurvey(ports, records, offsetAt),
  })
  const views = createViews(ports, { ...parts, current: () => runs.current() })
  const visits = createVisits(ports, parts)
  let restoring: Promise<unknown> | undefined

  /** What an earlier worker left is taken up before anything else. */
  const restore = () =>
    (restoring ??= settle(async () => {
      const { entries } = await ports.journal.list({ kinds: ['check-in'], limit: RECENT })
      days.restore(entries)
      await runs.restore(entries)
    }))

  const restored =
    <Input extends readonly unknown[], Output>(work: (...input: Input) => Promise<Output>) =>
    async (...input: Input): Promise<Output> => {
      await restore()
      return work(...input)
    }

  return {
    list: restored(() => views.list()),
    month: (accountId, month) => views.month(accountId, month),
    open: restored((ids) => visits.open(ids)),
    look: restored((ids) => visits.look(ids)),
    run: restored((ids) => runs.run(ids)),
    stop: restored(() => runs.stop()),
    wakeUp: restored(() => schedule.wakeUp()),
    nextAtMs: restored(() => schedule.nextAtMs()),
    popupOpened: restored(() => schedule.popupOpened()),
    async idle() {
      await runs.idle()
      await schedule.idle()
    },
  }
}
