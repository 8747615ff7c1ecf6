import { accessSync, constants, readFileSync, statSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'

import { run } from './processes.mjs'
import { duration, say, Stop, tail } from './progress.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable']
const MAC_APP = '/Applications/Chromium.app/Contents/MacOS/Chromium'
const INSTALL_LIMIT_MS = 8 * 60_000

/** Branded Chrome ignores `--load-extension` since version 137. */
const LOADS_EXTENSIONS = /Chromium|Chrome for Testing/
const HOW_TO_GET_IT =
  'No Chromium found: install it (Debian: apt-get install chromium) or set CHROMIUM_PATH to one.'

/**
 * Path of a Chromium that can load an unpacked extension. On Debian, as root, installs the
 * distribution's own when there is none.
 *
 * @returns {Promise<string>}
 * @throws {Stop} when there is none
 */
export async function ensureChromium() {
  const named = process.env['CHROMIUM_PATH']
  if (named) return checkNamed(named)
  const found = await findInstalled()
  if (found !== null) return found
  if (!isDebian() || process.getuid?.() !== 0) throw new Stop(HOW_TO_GET_IT)
  await installOnDebian()
  const installed = await findInstalled()
  if (installed === null) throw new Stop(HOW_TO_GET_IT)
  return installed
}

async function checkNamed(path) {
  if (!isAbsolute(path) || !isExecutable(path)) {
    throw new Stop(`CHROMIUM_PATH names ${path}, which is no absolute path of a program.`)
  }
  const version = await versionOf(path)
  if (LOADS_EXTENSIONS.test(version)) return path
  throw new Stop(
    `CHROMIUM_PATH names ${path}, which is not Chromium (${version === '' ? 'it tells no version' : version}); branded Chrome loads no unpacked extensions.`,
  )
}

async function findInstalled() {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((one) => one !== '')
  const paths = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
  if (process.platform === 'darwin') paths.push(MAC_APP)
  for (const path of paths) {
    if (isExecutable(path) && LOADS_EXTENSIONS.test(await versionOf(path))) return path
  }
  return null
}

async function versionOf(path) {
  const { ok, output } = await run(path, ['--version'], { timeoutMs: 20_000 })
  // Wrapper scripts may print warnings before the version.
  const lines = output.split('\n').map((line) => line.trim())
  return ok ? (lines.find((line) => /\d+\.\d+\.\d+/.test(line)) ?? '') : ''
}

async function installOnDebian() {
  say('installing chromium (apt-get) …')
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  let elapsedMs = 0
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    const result = await run('apt-get', args, { env, timeoutMs: INSTALL_LIMIT_MS })
    if (!result.ok) {
      throw new Stop(`${tail(result.output, 60)}\napt-get ${args[0]} failed: ${HOW_TO_GET_IT}`)
    }
    elapsedMs += result.elapsedMs
  }
  say(`chromium installed in ${duration(elapsedMs)}`)
}

/** Ubuntu is left out: its package only installs a snap, which needs a running snap service. */
function isDebian() {
  try {
    const release = readFileSync('/etc/os-release', 'utf8')
    return (
      /^ID=debian$|^ID_LIKE="?[^"\n]*\bdebian\b/m.test(release) && !/^ID=ubuntu$/m.test(release)
    )
  } catch {
    return false
  }
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
