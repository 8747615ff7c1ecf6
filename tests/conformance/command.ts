import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

import { type Outcome, runCommand } from '@/scripts/conformance/command'
import type { Row } from '@/scripts/conformance/ledger'

const LAUNCHER = fileURLToPath(new URL('../../scripts/conformance.mjs', import.meta.url))

/** Runs the command; what it would print and exit with. */
export function conformance(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  return runCommand(args, env)
}

/** Runs the command as a person does, in a process of its own. */
export function conformanceProcess(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const child = spawn(process.execPath, [LAUNCHER, ...args], { env: { ...process.env, ...env } })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (part: Buffer) => (stdout += part.toString()))
  child.stderr.on('data', (part: Buffer) => (stderr += part.toString()))
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
}

export interface Report {
  readonly ok: boolean
  readonly operations: readonly Row[]
}

export const reportOf = ({ stdout }: Outcome): Report => JSON.parse(stdout) as Report

/** Names of the operations with that result. */
export function operations({ operations: rows }: Report, result: Row['result']): string[] {
  return rows.filter((row) => row.result === result).map(({ operation }) => operation)
}

/** What an operation's row says, or `undefined` where there is no such row. */
export function noteOf({ operations: rows }: Report, operation: string): string | undefined {
  return rows.find((row) => row.operation === operation)?.note
}
