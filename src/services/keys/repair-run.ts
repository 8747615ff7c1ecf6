import type { Repair } from '@/src/domain/chore'

import type { KeyParts } from './key-book'
import type { KeyPorts } from './ports'
import { repairAccount, type RepairRecord } from './repair-account'
import { editAccountPart } from './repair-record'

/** Until when sites make us wait, by origin, epoch ms. */
type Blocked = ReadonlyMap<string, number>

/** How a run ended: everything is done, or the sites say when to go on. */
export type RunEnd = Pick<Repair, 'state' | 'resumeAtMs' | 'endedAtMs'>

interface RunPorts {
  readonly ports: KeyPorts
  readonly parts: KeyParts
  readonly record: RepairRecord
}

/**
 * Goes as far as all sites allow, origins side by side. Calls `conclude`, which must take effect at
 * once, unless the record was paused or cancelled.
 */
export async function runRepair(run: RunPorts, conclude: (end: RunEnd) => Promise<void>) {
  while (run.record.isGoing()) {
    const blocked = await goThrough(run)
    const open = await openByOrigin(run)
    // Somebody may have joined, paused or cancelled in the meantime.
    if (!run.record.isGoing() || open.some(([origin]) => !blocked.has(origin))) continue
    await conclude(endOf(blocked, run.ports.now()))
  }
}

function endOf(blocked: Blocked, nowMs: number): RunEnd {
  if (blocked.size === 0) return { state: 'done', endedAtMs: nowMs }
  return { state: 'waiting', resumeAtMs: Math.min(...blocked.values()) }
}

async function goThrough(run: RunPorts): Promise<Blocked> {
  const { record, ports } = run
  const blocked = new Map<string, number>()
  while (record.isGoing()) {
    const open = await openByOrigin(run)
    const due = open.filter(([origin]) => (blocked.get(origin) ?? 0) <= ports.now())
    if (due.length === 0) break
    await Promise.all(
      due.map(async ([origin, accountIds]) => {
        blocked.delete(origin)
        const untilMs = await walk(run, accountIds)
        if (untilMs !== null) blocked.set(origin, untilMs)
      }),
    )
  }
  return blocked
}

/** Accounts of one origin share its limits: what stops one stops the others. */
async function walk(
  { record, parts, ports }: RunPorts,
  accountIds: readonly string[],
): Promise<number | null> {
  for (const accountId of accountIds) {
    if (!record.isGoing()) return null
    const untilMs = await repairAccount(parts, record, accountId, ports.now)
    if (untilMs !== null) return untilMs
  }
  return null
}

/** Accounts that are not through, by origin; those that are stored no more are skipped. */
async function openByOrigin({ ports, record }: RunPorts): Promise<[string, string[]][]> {
  const { rows } = await ports.book.glance()
  const originOf = new Map(rows.map(({ id, origin }) => [id, origin]))
  const byOrigin = new Map<string, string[]>()
  for (const { accountId, state } of record.current().accounts) {
    if (state !== 'waiting') continue
    const origin = originOf.get(accountId)
    if (origin === undefined) {
      record.edit((current) => editAccountPart(current, accountId, { state: 'skipped' }))
    } else byOrigin.set(origin, [...(byOrigin.get(origin) ?? []), accountId])
  }
  return [...byOrigin]
}
