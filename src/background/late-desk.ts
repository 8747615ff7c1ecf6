import { failed, failureOf } from '@/src/domain/failure'
import type { Desk } from '@/src/messaging/server'
import { loadLaterScript } from '@/src/platform/later-scripts'

import type { ComposeLate, LatePart, LatePorts } from './late/ports'

/** Areas of messages the late part answers; whatever else arrives never makes it load. */
const LATE_AREAS: ReadonlySet<string> = new Set([
  'keys',
  'repair',
  'rotation',
  'credentials',
  'tags',
  'checks',
  'exports',
  'gateways',
])

/** Chores that go on by themselves. */
const AT_WORK: ReadonlySet<string> = new Set(['running', 'rolling-back'])

/** The late part of the worker, taken up when it is needed first. */
export interface LateDesk {
  readonly desk: Desk
  /** Takes it up if it left chores, and lets it go on with them. */
  resume(): Promise<void>
}

/** @param takeUp for tests; default: reads in the second script */
export function createLateDesk(
  ports: LatePorts,
  takeUp: () => ComposeLate = () => loadLaterScript('late') as ComposeLate,
): LateDesk {
  let part: LatePart | undefined
  const load = () => (part ??= takeUp()(ports))
  return {
    desk: (name, input) => {
      if (!LATE_AREAS.has(name.split('.', 1)[0] ?? '')) return undefined
      try {
        return load().desk(name, input)
      } catch (thrown) {
        return Promise.resolve(failed(failureOf(thrown)))
      }
    },
    async resume() {
      const { records } = await ports.vault.loadAll('chores')
      const waits = records.flatMap((chore) =>
        chore.state === 'waiting' ? [chore.resumeAtMs ?? 0] : [],
      )
      const nextMs = Math.min(...waits)
      const isDue = nextMs <= ports.now() || records.some(({ state }) => AT_WORK.has(state))
      if (isDue || part) await load().resume()
      // What waits for a site is no reason to read in the script at every start; a browser that was
      // closed may have lost the alarm.
      else if (waits.length > 0) await ports.wakeAt(nextMs)
    },
  }
}
