import type { UsageRow } from './state'

/** Sums of usage rows. */
export interface UsageSums {
  requests: number
  inputTokens: number
  outputTokens: number
  cacheCreationTokens: number
  cacheReadTokens: number
  tokens: number
  cost: number
  actualCost: number
  averageDurationMs: number
}

export function sumUsage(rows: readonly UsageRow[]): UsageSums {
  const sum = (pick: (row: UsageRow) => number): number =>
    rows.reduce((total, row) => total + pick(row), 0)
  const inputTokens = sum((row) => row.inputTokens)
  const outputTokens = sum((row) => row.outputTokens)
  const cacheCreationTokens = sum((row) => row.cacheCreationTokens)
  const cacheReadTokens = sum((row) => row.cacheReadTokens)
  return {
    requests: rows.length,
    inputTokens,
    outputTokens,
    cacheCreationTokens,
    cacheReadTokens,
    tokens: inputTokens + outputTokens + cacheCreationTokens + cacheReadTokens,
    cost: sum((row) => row.totalCost),
    actualCost: sum((row) => row.actualCost),
    averageDurationMs: rows.length === 0 ? 0 : sum((row) => row.durationMs) / rows.length,
  }
}

/** Fields of {@link UsageSums} as the dashboard and `/v1/usage` name them. */
export function sumFields(sums: UsageSums, tokensName = 'total_tokens'): Record<string, number> {
  return {
    requests: sums.requests,
    input_tokens: sums.inputTokens,
    output_tokens: sums.outputTokens,
    cache_creation_tokens: sums.cacheCreationTokens,
    cache_read_tokens: sums.cacheReadTokens,
    [tokensName]: sums.tokens,
    cost: sums.cost,
    actual_cost: sums.actualCost,
  }
}

/** Rows from `fromMs` up to but not including `toMs`. */
export function rowsWithin(
  rows: readonly UsageRow[],
  { fromMs, toMs }: { fromMs: number; toMs: number },
): UsageRow[] {
  return rows.filter(({ createdAtMs }) => createdAtMs >= fromMs && createdAtMs < toMs)
}

/** Rows by a name of theirs, in the order the names first appear. */
export function groupRows(
  rows: readonly UsageRow[],
  nameOf: (row: UsageRow) => string,
): Map<string, UsageRow[]> {
  const groups = new Map<string, UsageRow[]>()
  for (const row of rows) {
    const name = nameOf(row)
    groups.set(name, [...(groups.get(name) ?? []), row])
  }
  return groups
}
