import { tableLines } from '../table'
import type { Row } from './ledger'

export const isConformant = (rows: readonly Row[]): boolean =>
  rows.every(({ result }) => result !== 'fail')

export function toJson(rows: readonly Row[]): string {
  return JSON.stringify({ ok: isConformant(rows), operations: rows }, null, 2)
}

/** One line per operation, columns aligned, and a line that sums up. */
export function toTable(rows: readonly Row[]): string {
  const cells = rows.map(({ operation, result, ms, note }) => [
    operation,
    result,
    result === 'skipped' ? '' : `${String(ms)} ms`,
    note,
  ])
  const lines = tableLines(['operation', 'result', 'time', 'note'], cells, [2])
  return [...lines, '', summary(rows)].join('\n')
}

function summary(rows: readonly Row[]): string {
  const count = (result: Row['result']) => rows.filter((row) => row.result === result).length
  const counts = `${String(count('pass'))} passed, ${String(count('fail'))} failed, ${String(count('skipped'))} skipped`
  return `${isConformant(rows) ? 'conformant' : 'NOT conformant'}: ${counts}`
}
