import { parseArguments } from './arguments'
import { isConformant, toJson, toTable } from './report'
import { runConformance } from './run'
import { USAGE, UsageError } from './usage'

/** What the command printed. Exit codes: 0 everything holds, 1 something does not, 2 wrong use. */
export interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export async function runCommand(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<Outcome> {
  try {
    const options = parseArguments(argv, env)
    const rows = await runConformance(options)
    const stdout = `${options.json ? toJson(rows) : toTable(rows)}\n`
    return { code: isConformant(rows) ? 0 : 1, stdout, stderr: '' }
  } catch (thrown) {
    if (!(thrown instanceof UsageError)) throw thrown
    return { code: 2, stdout: '', stderr: `${thrown.message}\n\n${USAGE}\n` }
  }
}
