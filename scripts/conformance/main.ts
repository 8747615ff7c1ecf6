import { parseArguments, USAGE, UsageError } from './arguments'
import { isConformant, toJson, toTable } from './report'
import { runConformance } from './run'

/** Exit codes: 0 everything holds, 1 something does not, 2 wrong use. */
async function main(): Promise<number> {
  try {
    const options = parseArguments(process.argv.slice(2), process.env)
    const rows = await runConformance(options)
    console.log(options.json ? toJson(rows) : toTable(rows))
    return isConformant(rows) ? 0 : 1
  } catch (thrown) {
    if (!(thrown instanceof UsageError)) throw thrown
    console.error(`${thrown.message}\n\n${USAGE}`)
    return 2
  }
}

process.exitCode = await main()
