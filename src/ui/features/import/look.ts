import type { Result } from '@/src/domain/failure'
import type { Recognised } from '@/src/domain/recognition'
import { send } from '@/src/messaging/client'
import { requestSitesAccess } from '@/src/platform/site-access'

import { change, choose, note, type Outcome, useImport } from './import-store'

const AT_ONCE = 4
/** Whatever holds an answer up, a row does not wait longer for it, ms. */
const PATIENCE_MS = 10_000

const TOO_SLOW: Outcome = { at: 'failed', failure: { class: 'network', reason: 'timeout' } }

/**
 * Asks for all these sites with one question of the browser, and looks at them if it is granted.
 * To be called first in a click handler: the browser shows its question only then.
 */
export async function askAndLook(origins: readonly string[]): Promise<void> {
  const asked = requestSitesAccess(origins)
  change({ question: 'open' })
  const granted = await asked.catch(() => false)
  change({ question: granted ? 'none' : 'refused' })
  if (!granted) return
  choose(origins, false)
  await lookAt(origins)
}

/** Finds out what runs at these sites, a few at once. A site that fails stops no other one. */
async function lookAt(origins: readonly string[]): Promise<void> {
  stopLooking()
  const run = new AbortController()
  const { outcomes, granted } = useImport.getState()
  const waiting = origins.map((origin) => [origin, { at: 'waiting' }] as const)
  change({
    run,
    step: 'results',
    granted: new Set([...granted, ...origins]),
    outcomes: new Map([...outcomes, ...waiting]),
  })
  const queue = [...origins]
  const work = async () => {
    for (let origin = queue.shift(); origin !== undefined; origin = queue.shift()) {
      note(origin, { at: 'looking' })
      const outcome = await lookAtOne(origin)
      if (run.signal.aborted) return
      note(origin, outcome)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  if (!run.signal.aborted) change({ run: null })
}

/** Ends the run; what it has found so far stays. */
export function stopLooking(): void {
  const { run, outcomes } = useImport.getState()
  if (!run) return
  run.abort()
  const settled = [...outcomes].map(([origin, outcome]): [string, Outcome] => [
    origin,
    isOpen(outcome) ? { at: 'stopped' } : outcome,
  ])
  change({ run: null, outcomes: new Map(settled) })
}

/** Whether a run still has something to find out here. */
export function isOpen({ at }: Outcome): boolean {
  return at === 'waiting' || at === 'looking'
}

async function lookAtOne(origin: string): Promise<Outcome> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<Outcome>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, TOO_SLOW)
  })
  const answer = send('sites.detect', { origin }).then(outcomeOf)
  return Promise.race([answer, late]).finally(() => {
    clearTimeout(timer)
  })
}

function outcomeOf(answer: Result<Recognised>): Outcome {
  if (!answer.ok) return { at: 'failed', failure: answer.failure }
  const { detected, failure } = answer.value
  if (detected) return { at: 'recognised', site: detected }
  return { at: 'failed', failure: failure ?? { class: 'internal' } }
}
