import { failed, ok, raise, type Result } from '@/src/domain/failure'

/** Names every object has, which lead out of what the server sent. */
const NOT_DATA: ReadonlySet<string> = new Set(['__proto__', 'prototype', 'constructor'])
/** Signs of query languages, which these paths are none of. */
const EXPRESSION = /[[\](){}*?@|<>=\s]|^\$/
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i
const MOST_STEPS = 20

/**
 * The steps of a dot path: names and indices, nothing else (`features/accounts-and-keys.md 7.5`).
 *
 * @throws `input`/`bad-path` with `field`
 */
export function parseDotPath(text: string, field: string): string[] {
  const steps = text.trim().split('.')
  const isGood = (step: string) => step !== '' && !NOT_DATA.has(step) && !EXPRESSION.test(step)
  if (steps.length > MOST_STEPS || !steps.every(isGood)) {
    return raise({ class: 'input', reason: 'bad-path', field })
  }
  return steps
}

/**
 * The number at the end of a path; `null` where the server wrote `null`. Fails with `changed-api`:
 * `path-not-found`, or `not-a-number` for anything but a finite number or a numeric string.
 */
export function readNumber(body: unknown, path: readonly string[]): Result<number | null> {
  let at = body
  for (const step of path) {
    const next = isStepInto(at, step) ? at[step] : undefined
    if (next === undefined) return failed({ class: 'changed-api', reason: 'path-not-found' })
    at = next
  }
  if (at === null) return ok(null)
  const value = typeof at === 'string' && DECIMAL.test(at.trim()) ? Number(at) : at
  return typeof value === 'number' && Number.isFinite(value)
    ? ok(value)
    : failed({ class: 'changed-api', reason: 'not-a-number' })
}

/** Own properties only; of arrays only their items. */
function isStepInto(at: unknown, step: string): at is Readonly<Record<string, unknown>> {
  if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return false
  return !Array.isArray(at) || /^(?:0|[1-9]\d*)$/.test(step)
}
