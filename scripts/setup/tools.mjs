import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { run } from './processes.mjs'
import { duration, ROOT, say, Stop, tail } from './progress.mjs'

const BUILD_LIMIT_MS = 4 * 60_000

/** Nothing started by a launcher may look for updates, report usage or fetch a browser. */
const QUIET = {
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1',
  DO_NOT_TRACK: '1',
  NO_UPDATE_NOTIFIER: '1',
  npm_config_update_notifier: 'false',
}

/** Captured output is read without a terminal. */
const PLAIN = { NO_COLOR: '1', FORCE_COLOR: undefined }

/**
 * Runs a program of an installed package in the project's folder.
 *
 * @param {string} name as in `node_modules/.bin`
 * @param {readonly string[]} args
 * @param {import('./processes.mjs').RunOptions} [options]
 */
export function runTool(name, args, options = {}) {
  const root = fileURLToPath(ROOT)
  const plain = (options.output ?? 'capture') === 'capture' ? PLAIN : {}
  return run(join(root, 'node_modules', '.bin', name), args, {
    cwd: root,
    timeoutMs: BUILD_LIMIT_MS,
    ...options,
    env: { ...QUIET, ...plain, ...options.env },
  })
}

/**
 * Builds the variant that may reach loopback hosts without a prompt.
 *
 * @throws {Stop} when it does not build
 */
export async function buildTestVariant() {
  say('building the extension …')
  const result = await runTool('wxt', ['build', '--mode', 'e2e'])
  if (!result.ok) throw new Stop(`${tail(result.output, 60)}\nThe extension could not be built.`)
  say(`extension built in ${duration(result.elapsedMs)}`)
}
