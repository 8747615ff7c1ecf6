import type { CheckInMark } from '@/src/domain/check-in'
import type { GlanceRow } from '@/src/domain/glance'
import type { JournalEntry, JournalLine } from '@/src/domain/journal'
import { DEFAULT_AUTOMATION } from '@/src/domain/automation-settings'
import type { CheckInRow } from '@/src/messaging/automation/check-in'

import type { Answers } from '../options-harness'

const HOUR_MS = 3_600_000

/** What was found out ten minutes ago and holds for two more hours. */
export function makeMark(
  state: CheckInMark['state'],
  given: Partial<CheckInMark> = {},
): CheckInMark {
  const now = Date.now()
  return { state, atMs: now - 630_000, untilMs: now + 2 * HOUR_MS, ...given }
}

/** An account of a family with a check-in; nothing is known of its day. */
export function makeCheckIn(account: GlanceRow, given: Partial<CheckInRow> = {}): CheckInRow {
  return { accountId: account.id, way: 'site', automatic: true, running: false, ...given }
}

export function makeRun(lines: JournalLine[], given: Partial<JournalEntry> = {}): JournalEntry {
  return {
    id: `run_${'1'.repeat(32)}`,
    kind: 'check-in',
    why: 'you',
    slot: '2026-11-27',
    state: 'running',
    startedAtMs: Date.now(),
    lines,
    ...given,
  }
}

/** Answers of a worker that knows these accounts and their check-ins. */
export function withCheckIns(
  accounts: GlanceRow[],
  rows: CheckInRow[],
  given: Answers = {},
): Answers {
  return {
    'accounts.glance': () => ({ rows: accounts, damaged: [] }),
    'sites.describe': () => [
      {
        type: 'new-api',
        label: 'New API',
        userId: 'needed',
        authModes: ['token', 'cookie'],
        unit: 'points',
        capabilities: ['check-in'],
        endpoints: { chat: '', responses: '', anthropic: '', google: '' },
        routes: { login: '/login', checkIn: '/console/personal' },
      },
    ],
    'automation.settings': () => DEFAULT_AUTOMATION,
    'checkIn.list': () => ({ rows, run: null, nextAtMs: null }),
    'checkIn.run': () => ({ runId: `run_${'1'.repeat(32)}` }),
    'checkIn.stop': () => ({}),
    'checkIn.look': () => ({}),
    'checkIn.open': ({ accountIds }) => ({ opened: accountIds.length }),
    'checkIn.month': () => ({ days: [], fromSite: false }),
    ...given,
  }
}
