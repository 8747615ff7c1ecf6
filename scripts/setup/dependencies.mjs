import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'

import { run } from './processes.mjs'
import { duration, ROOT, say, Stop, tail } from './progress.mjs'

const MARKER = new URL('node_modules/.relaydeck-lock', ROOT)
const LIMIT_MS = 8 * 60_000

/**
 * Brings `node_modules` to what `package-lock.json` says. Does nothing, and needs no network, when
 * it already is.
 *
 * @throws {Stop} when the packages could not be installed
 */
export async function ensureDependencies() {
  const wanted = fingerprint()
  const found = readText(MARKER)
  if (found === wanted) return
  if (found === null && isInstalledByHand()) {
    writeFileSync(MARKER, wanted)
    return
  }
  say('installing packages (npm ci) …')
  const [command, ...first] = npm()
  const result = await run(command, [...first, 'ci', '--no-audit', '--no-fund'], {
    cwd: fileURLToPath(ROOT),
    env: { npm_config_update_notifier: 'false', PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' },
    timeoutMs: LIMIT_MS,
  })
  if (!result.ok) throw new Stop(`${tail(result.output, 1000)}\n${reason(result)}`)
  writeFileSync(MARKER, wanted)
  say(`packages installed in ${duration(result.elapsedMs)}`)
}

/** Changes with everything that decides which packages get installed, and with nothing else. */
function fingerprint() {
  const { dependencies, devDependencies, optionalDependencies, overrides } =
    readJson('package.json')
  return createHash('sha256')
    .update(readFileSync(new URL('package-lock.json', ROOT)))
    .update(JSON.stringify({ dependencies, devDependencies, optionalDependencies, overrides }))
    .update(process.versions.node.split('.')[0] ?? '')
    .digest('hex')
}

/** Whether npm's own record of `node_modules` says that somebody installed this very lock file. */
function isInstalledByHand() {
  const installed = readJson('node_modules/.package-lock.json')?.packages
  if (!installed) return false
  const { '': root, ...locked } = readJson('package-lock.json').packages
  const { dependencies, devDependencies } = readJson('package.json')
  return (
    same(root.dependencies, dependencies) &&
    same(root.devDependencies, devDependencies) &&
    Object.keys(installed).every((path) => path in locked) &&
    Object.entries(locked).every(([path, entry]) =>
      path in installed ? installed[path].version === entry.version : entry.optional === true,
    )
  )
}

function same(one = {}, other = {}) {
  const sorted = (list) => JSON.stringify(Object.entries(list).sort())
  return sorted(one) === sorted(other)
}

/** The npm that started this script, so that it is the same version; else the one on the path. */
function npm() {
  const started = process.env['npm_execpath'] ?? ''
  return basename(started) === 'npm-cli.js' ? [process.execPath, started] : ['npm']
}

function reason({ timedOut, output }) {
  if (timedOut) return `The packages were not installed within ${duration(LIMIT_MS)}.`
  if (/ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET/.test(output)) {
    return 'The packages could not be installed because the package registry is not reachable.'
  }
  if (/EUSAGE|in sync/.test(output)) {
    return 'The packages could not be installed because package-lock.json does not fit package.json.'
  }
  if (/ENOSPC/.test(output)) return 'The packages could not be installed because the disk is full.'
  return 'The packages could not be installed; npm says why above.'
}

function readJson(path) {
  const text = readText(new URL(path, ROOT))
  return text === null ? null : JSON.parse(text)
}

function readText(url) {
  try {
    return readFileSync(url, 'utf8')
  } catch {
    return null
  }
}
