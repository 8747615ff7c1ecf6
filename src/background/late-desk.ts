import { failed, failureOf } from '@/src/domain/failure'
import type { Desk } from '@/src/messaging/server'
import { loadLateScript } from '@/src/platform/late-script'

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
const OPEN_STATES: ReadonlySet<string> = new Set(['running', 'waiting', 'rolling-back'])

/** The late part of the worker, taken up when it is needed first. */
export interface LateDesk {
  readonly desk: Desk
  /** Takes it up if it left chores, and lets it go on with them. */
  resume(): Promise<void>
}

export function createLateDesk(ports: LatePorts): LateDesk {
  let part: LatePart | undefined
  const load = () => (part ??= (loadLateScript() as ComposeLate)(ports))
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
      const isOpen = records.some(({ state }) => OPEN_STATES.has(state))
      if (isOpen || part) await load().resume()
    },
  }
}
