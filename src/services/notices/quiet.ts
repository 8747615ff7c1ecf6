import { AUTOMATION_LIMITS } from '@/src/domain/automation-limits'
import type { QuietRecord } from '@/src/domain/quiet'
import type { Vault } from '@/src/storage/vault'

/** An end further away than any cooldown comes from a clock that was set back. */
const LONGEST_MS = AUTOMATION_LIMITS.cooldownHours.max * 3_600_000

/** Things that were told or put away, and stay quiet for a while. */
export interface Quiet {
  /** What is quiet now, of the record as it is. */
  now(): Promise<ReadonlySet<string>>
  /** Makes these quiet from now on; the result is what was not. Of several callers one gets it. */
  claim(keys: readonly string[], forMs: number): Promise<ReadonlySet<string>>
  /** Forgets those that `isOver`: they may be told again. */
  forget(isOver: (key: string) => boolean): Promise<void>
}

export function createQuiet(
  vault: Pick<Vault, 'load' | 'write' | 'exclusive'>,
  id: QuietRecord['id'],
  now: () => number,
): Quiet {
  /** Whatever is not quiet any more is left out. A record that cannot be opened counts as none. */
  async function current(): Promise<Record<string, number>> {
    const record = await vault.load('quiet', id).catch(() => undefined)
    const isQuiet = (untilMs: number) => untilMs > now() && untilMs <= now() + LONGEST_MS
    return Object.fromEntries(
      Object.entries(record?.until ?? {}).filter(([, untilMs]) => isQuiet(untilMs)),
    )
  }
  const store = (until: Record<string, number>) =>
    vault.write([{ store: 'quiet', put: { id, until } }])

  return {
    now: async () => new Set(Object.keys(await current())),
    claim: (keys, forMs) =>
      vault.exclusive(async () => {
        const until = await current()
        const free = keys.filter((key) => !Object.hasOwn(until, key))
        for (const key of free) until[key] = now() + forMs
        if (free.length > 0) await store(until)
        return new Set(free)
      }),
    async forget(isOver) {
      if (!Object.keys(await current()).some(isOver)) return
      await vault.exclusive(async () => {
        const kept = Object.entries(await current()).filter(([key]) => !isOver(key))
        await store(Object.fromEntries(kept))
      })
    },
  }
}
