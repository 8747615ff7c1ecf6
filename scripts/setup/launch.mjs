import { ensureChromium } from './chromium.mjs'
import { ensureDependencies } from './dependencies.mjs'
import { progressToStderr, Stop } from './progress.mjs'
import { buildTestVariant, runTool } from './tools.mjs'

/**
 * Prepares everything and hands over to a TypeScript program that works with a real browser.
 * `--json` keeps stdout for that program's result.
 *
 * @param {string} program its file, from the project's folder
 * @param {readonly string[]} args
 * @returns {Promise<number>} exit code
 */
export async function launch(program, args) {
  if (args.includes('--json')) progressToStderr()
  try {
    await ensureDependencies()
    const chromium = await ensureChromium()
    await buildTestVariant()
    const result = await runTool('tsx', [program, ...args], {
      output: 'inherit',
      env: { CHROMIUM_PATH: chromium },
      // A demo with a window stays open as long as its reader likes.
      timeoutMs: 0,
    })
    return result.code ?? 1
  } catch (error) {
    if (!(error instanceof Stop)) throw error
    process.stderr.write(`${error.message}\n`)
    return 1
  }
}
