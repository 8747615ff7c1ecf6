import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'

import { killMarked, RUN_MARK } from './leftovers.mjs'

const GRACE_MS = 5_000

/**
 * Process groups that are still running, by the id of their first process, with the mark that all
 * processes of one command carry, also those that moved to a group of their own.
 */
const running = new Map()
let watching = false
let stopping = false

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {Record<string, string | undefined>} [env] Added to the environment; `undefined` removes.
 * @property {number} [timeoutMs] 0 or nothing: no limit.
 * @property {'capture' | 'tee' | 'inherit'} [output] `tee` captures and shows.
 *
 * @typedef {object} RunResult
 * @property {boolean} ok
 * @property {number | null} code
 * @property {boolean} timedOut
 * @property {string} output What was captured of stdout and stderr.
 * @property {number} elapsedMs
 */

/**
 * Runs one command in a process group of its own and waits until nothing of it is left.
 * Never rejects: a command that cannot be started is a failed one.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>}
 */
export function run(command, args, options = {}) {
  watchForTheEnd()
  // Whoever waits for a step must not go on to the next one while everything is being ended.
  if (stopping) return new Promise(() => undefined)
  const began = performance.now()
  const mark = randomUUID()
  const { output = 'capture', timeoutMs = 0 } = options
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: environment(mark, options.env),
    detached: process.platform !== 'win32',
    // npm is a .cmd file there, which only a shell can start.
    shell: process.platform === 'win32',
    stdio: output === 'inherit' ? 'inherit' : ['ignore', 'pipe', 'pipe'],
  })
  if (child.pid !== undefined) running.set(child.pid, mark)
  const chunks = []
  for (const [from, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ]) {
    from?.setEncoding('utf8').on('data', (text) => {
      chunks.push(text)
      if (output === 'tee') to.write(text)
    })
  }
  const limit = limitTime(child, timeoutMs)
  return new Promise((resolve) => {
    let ended = false
    const finish = (code) => {
      if (ended) return
      ended = true
      limit.clear()
      endGroup(child.pid, 'SIGKILL')
      killMarked(mark)
      running.delete(child.pid)
      const elapsedMs = performance.now() - began
      const { timedOut } = limit
      if (stopping) return
      resolve({ ok: code === 0 && !timedOut, code, timedOut, output: chunks.join(''), elapsedMs })
    }
    child.on('error', (error) => {
      chunks.push(`${error.message}\n`)
      finish(null)
    })
    child.on('close', finish)
    // A grandchild may keep the pipes open after the command itself has ended.
    child.on('exit', (code) => setTimeout(finish, GRACE_MS, code).unref())
  })
}

function limitTime(child, timeoutMs) {
  const limit = { timedOut: false, clear: () => undefined }
  if (timeoutMs === 0) return limit
  const timers = []
  timers.push(
    setTimeout(() => {
      limit.timedOut = true
      endGroup(child.pid, 'SIGTERM')
      timers.push(setTimeout(() => endGroup(child.pid, 'SIGKILL'), GRACE_MS))
    }, timeoutMs),
  )
  limit.clear = () => timers.forEach(clearTimeout)
  return limit
}

function environment(mark, extra = {}) {
  const env = { ...process.env, ...extra, [RUN_MARK]: mark }
  for (const [name, value] of Object.entries(env)) if (value === undefined) delete env[name]
  return env
}

function endGroup(pid, signal) {
  if (pid === undefined) return
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal)
  } catch {
    // Nothing left to end.
  }
}

function watchForTheEnd() {
  if (watching) return
  watching = true
  process.on('exit', () => {
    for (const [pid, mark] of running) {
      endGroup(pid, 'SIGKILL')
      killMarked(mark)
    }
  })
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ]) {
    process.on(signal, () => {
      stopping = true
      for (const pid of running.keys()) endGroup(pid, signal)
      // Time to close browsers and remove temporary folders; the exit handler ends the rest.
      setInterval(() => running.size === 0 && process.exit(code), 50)
      setTimeout(() => process.exit(code), GRACE_MS)
    })
  }
  const giveUp = (thrown) => {
    process.stderr.write(`${thrown instanceof Error ? thrown.stack : String(thrown)}\n`)
    process.exit(1)
  }
  process.on('uncaughtException', giveUp)
  process.on('unhandledRejection', giveUp)
}
