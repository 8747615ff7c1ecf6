import type { KeyDraft, KeyFeatures, KeyField, KeyRow } from '@/src/domain/api-key'
import { dayKey } from '@/src/domain/day-key'
import { raise } from '@/src/domain/failure'
import { cutToBytes, utf8Bytes } from '@/src/domain/key-draft'

/** What an earlier rotation put behind a name. */
const ROTATED = /(?:^| )\d{4}-\d{2}-\d{2}(?:-\d+)?$/

/**
 * A new key with everything the old one has.
 *
 * @throws `unsupported`/`rotation-limit-unknown` where the site does not tell what is left: the new
 *   key could be worth more than the old one
 */
export function rotationDraft(
  row: KeyRow,
  features: KeyFeatures,
  { taken, nowMs }: { readonly taken: readonly string[]; readonly nowMs: number },
): KeyDraft {
  const draft: KeyDraft = {
    name: rotatedName(row.name, taken, features.nameBytes, nowMs),
    remaining: remainingOf(row),
    expiresAtMs: row.expiresAtMs,
    modelLimits: row.modelLimits,
    ipLimits: row.ipLimits,
    group: row.group,
    ...(row.backupGroup ? { backupGroup: row.backupGroup } : {}),
  }
  const retries: KeyField = 'crossGroupRetry'
  return row.crossGroupRetry !== undefined && features.create.includes(retries)
    ? { ...draft, crossGroupRetry: row.crossGroupRetry }
    : draft
}

function remainingOf({ remaining }: KeyRow): number | null {
  if (remaining === null) return null
  if (remaining.state === 'complete') return remaining.value
  return raise({ class: 'unsupported', reason: 'rotation-limit-unknown' })
}

/** The old name and the day, so that the two are told apart; no other key has it. */
function rotatedName(
  oldName: string,
  taken: readonly string[],
  nameBytes: number,
  nowMs: number,
): string {
  const base = oldName.replace(ROTATED, '').trim()
  const nameWith = (suffix: string) =>
    `${cutToBytes(base, nameBytes - utf8Bytes(suffix) - 1).trim()} ${suffix}`.trim()
  const day = dayKey(nowMs)
  let name = nameWith(day)
  for (let count = 2; taken.includes(name); count += 1) name = nameWith(`${day}-${String(count)}`)
  return name
}
