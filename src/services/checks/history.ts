import type { CheckRun } from '@/src/domain/check-run'
import type { KeySource } from '@/src/domain/credential'
import type { Change, Vault } from '@/src/storage/vault'

/** Runs kept, over all sources. */
const KEPT_RUNS = 500

/**
 * The runs of all sources. They are kept in memory as well: a running check is read and written many
 * times a minute, and nobody else writes them.
 */
export interface CheckHistory {
  /** Newest first. */
  all(): Promise<CheckRun[]>
  /** Writes a run; the oldest ones make room. A write that fails leaves the run in memory. */
  keep(run: CheckRun): Promise<void>
  /** Forgets runs. */
  drop(ids: readonly string[]): Promise<void>
}

export function createCheckHistory(vault: Vault, now: () => number): CheckHistory {
  let loading: Promise<Map<string, CheckRun>> | undefined

  /** What a dead worker left running was stopped by its death. */
  async function load(): Promise<Map<string, CheckRun>> {
    const { records } = await vault.loadAll('checkRuns')
    const cut = records.filter(({ state }) => state === 'running').map((run) => stopped(run, now()))
    await vault.write(cut.map((run) => ({ store: 'checkRuns', put: run })))
    return new Map([...records, ...cut].map((run) => [run.id, run]))
  }

  async function loaded(): Promise<Map<string, CheckRun>> {
    const runs = (loading ??= load())
    // What failed is tried again next time.
    return runs.catch((thrown: unknown) => {
      loading = undefined
      throw thrown
    })
  }

  return {
    async all() {
      return [...(await loaded()).values()].sort(newestFirst)
    },
    async keep(run) {
      const runs = await loaded()
      runs.set(run.id, run)
      const tooMany = [...runs.values()]
        .filter(({ state }) => state !== 'running')
        .sort(newestFirst)
        .slice(KEPT_RUNS - [...runs.values()].filter(({ state }) => state === 'running').length)
      for (const { id } of tooMany) runs.delete(id)
      await vault.write([
        { store: 'checkRuns', put: run },
        ...tooMany.map(({ id }): Change => ({ store: 'checkRuns', remove: id })),
      ])
    },
    async drop(ids) {
      const runs = await loaded()
      await vault.write(ids.map((id) => ({ store: 'checkRuns', remove: id })))
      for (const id of ids) runs.delete(id)
    },
  }
}

/** The run, ended here: what was not over was stopped. */
export function stopped(run: CheckRun, atMs: number): CheckRun {
  const results = run.results.map((result) =>
    result.state === 'waiting' || result.state === 'running'
      ? { ...result, state: 'stopped' as const, cause: 'stopped' as const }
      : result,
  )
  return { ...run, state: 'stopped', endedAtMs: atMs, results }
}

/** Whether two sources are the same key. */
export function isSameSource(one: KeySource, other: KeySource): boolean {
  return sourceMark(one) === sourceMark(other)
}

/** A text that is the same for the same source. */
export function sourceMark(source: KeySource): string {
  return source.kind === 'key'
    ? JSON.stringify([source.accountId, source.keyId])
    : source.credentialId
}

function newestFirst(a: CheckRun, b: CheckRun): number {
  return b.startedAtMs - a.startedAtMs || (a.id < b.id ? 1 : -1)
}
