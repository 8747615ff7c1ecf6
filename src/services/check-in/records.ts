import type { CheckInRecord } from '@/src/domain/check-in'
import { withoutFuture } from '@/src/domain/check-in-evidence'
import { type DayRule, priorClock } from '@/src/domain/site-clock'
import { createTurns } from '@/src/storage/turns'
import type { Vault } from '@/src/storage/vault'

/** The stored check-in records; one that cannot be opened counts as a new one that is in doubt. */
export interface CheckInRecords {
  read(id: string, rule: DayRule): Promise<CheckInRecord>
  /** All of them, by account. */
  readAll(): Promise<CheckInLookup>
  /**
   * Reads one, changes it and stores it, with nothing in between. `null` = there is no such account
   * any more, and nothing was stored.
   */
  edit(
    id: string,
    rule: DayRule,
    change: (record: CheckInRecord) => CheckInRecord,
  ): Promise<CheckInRecord | null>
  /** Runs a section that reads and stores records by other means, alone. Not reentrant. */
  alone<T>(work: () => Promise<T>): Promise<T>
}

export interface CheckInLookup {
  /** As it counts now; a new one where there is none. */
  of(id: string, rule: DayRule): CheckInRecord
  /** Whether it is stored as it counts now, so that a time drawn from it stays. */
  isStored(record: CheckInRecord): boolean
}

export function createCheckInRecords({
  vault,
  now,
}: {
  readonly vault: Vault
  readonly now: () => number
}): CheckInRecords {
  const turns = createTurns()

  const fresh = (id: string, rule: DayRule): CheckInRecord => ({
    id,
    sinceMs: now(),
    clock: [...priorClock(rule)],
    tries: { count: 0, lastAtMs: 0 },
    days: [],
  })
  const doubtful = (id: string, rule: DayRule) => ({ ...fresh(id, rule), doubtAtMs: now() })

  async function read(id: string, rule: DayRule): Promise<CheckInRecord> {
    const stored = await vault.load('checkIns', id).catch(() => doubtful(id, rule))
    return stored ? withoutFuture(stored, rule, now()) : fresh(id, rule)
  }

  return {
    read,
    async readAll() {
      const { records, damaged } = await vault.loadAll('checkIns')
      const byId = new Map(records.map((record) => [record.id, record]))
      const broken = new Set(damaged.map(({ id }) => id))
      return {
        of(id, rule) {
          if (broken.has(id)) return doubtful(id, rule)
          const stored = byId.get(id)
          return stored ? withoutFuture(stored, rule, now()) : fresh(id, rule)
        },
        isStored: (record) => byId.get(record.id) === record,
      }
    },
    edit: (id, rule, change) =>
      turns.take(() =>
        vault.exclusive(async () => {
          // One of an account that was removed meanwhile would never go away.
          if (!(await vault.load('accounts', id))) return null
          const put = change(await read(id, rule))
          await vault.write([{ store: 'checkIns', put }])
          return put
        }),
      ),
    alone: (work) => turns.take(work),
  }
}
