/** How often everything is measured. */
export const RUNS = 7

/** One unmeasured round to warm caches, then the measured ones. */
export async function repeated<T>(measure: () => Promise<T>): Promise<T[]> {
  await measure()
  const values: T[] = []
  for (let run = 0; run < RUNS; run += 1) values.push(await measure())
  return values
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/** Median of each field over several measurements of the same shape. */
export function medians<T extends { readonly [Key in keyof T]: number }>(runs: readonly T[]): T {
  const [first] = runs
  if (!first) throw new Error('no runs to take a median of')
  const keys = Object.keys(first) as (keyof T)[]
  return Object.fromEntries(
    keys.map((key) => [key, median(runs.map((run) => run[key]))]),
  ) as unknown as T
}
