/** What a launcher says to the person who started it. */

export const ROOT = new URL('../..', import.meta.url)

/** A failure that needs one sentence and no stack. */
export class Stop extends Error {}

let stream = process.stdout

/** Keeps stdout free for a result that a program reads. */
export function progressToStderr() {
  stream = process.stderr
}

/** @param {string} line */
export function say(line) {
  stream.write(`${line}\n`)
}

/** @param {number} ms */
export function duration(ms) {
  const seconds = ms / 1000
  if (seconds < 60) return `${seconds.toFixed(1)} s`
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`
}

/** Control sequences that colour text or move the cursor. */
// eslint-disable-next-line no-control-regex
const CONTROL = /\u001B\[[0-9;?]*[A-Za-z]/g
const REPLACES_LINE_ABOVE = '\u001B[1A\u001B[2K'

/**
 * The last lines of a captured output, as a terminal would have ended up showing them.
 *
 * @param {string} output
 * @param {number} count
 */
export function tail(output, count) {
  const lines = []
  for (const line of output.split(/\r?\n/)) {
    if (line.startsWith(REPLACES_LINE_ABOVE)) lines.pop()
    lines.push(line.replace(CONTROL, ''))
  }
  return lines.join('\n').trimEnd().split('\n').slice(-count).join('\n')
}
