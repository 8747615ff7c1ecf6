import { readdirSync, readFileSync } from 'node:fs'

/** Environment variable that tells which command a process belongs to. */
export const RUN_MARK = 'RELAYDECK_RUN'

/**
 * Ends processes that carry the mark of a command but left its process group, as a browser started by
 * a test runner does. Only Linux shows the environment of a process; elsewhere the browser ends by
 * itself once its control pipe is closed.
 *
 * @param {string} mark
 */
export function killMarked(mark) {
  if (process.platform !== 'linux') return
  const entry = `${RUN_MARK}=${mark}`
  for (const name of readdirSync('/proc')) {
    const pid = Number(name)
    if (!Number.isInteger(pid) || pid === process.pid) continue
    try {
      const environment = readFileSync(`/proc/${name}/environ`, 'latin1')
      if (environment.split('\0').includes(entry)) process.kill(pid, 'SIGKILL')
    } catch {
      // Ended meanwhile, or of another user: then it is none of ours.
    }
  }
}
