import { isAgendaDue, zoneOffset } from '@/src/domain/agenda'
import { failed, failureOf } from '@/src/domain/failure'
import type { CodesDoor } from '@/src/messaging/codes-door'
import type { Desk } from '@/src/messaging/server'
import { loadLaterScript } from '@/src/platform/later-scripts'

import type { AutomationPart, AutomationPorts, ComposeAutomation } from './automation/ports'

/** Areas of messages the automation answers. */
const AREAS: ReadonlySet<string> = new Set([
  'checkIn',
  'redeem',
  'journal',
  'automation',
  'warnings',
  'notices',
])

/** How soon after a start the agenda is looked at, ms: after a popup that woke the worker painted. */
export const LOOK_DELAY_MS = 1_500

/** The automation, taken up when its time has come or somebody asks. */
export interface AutomationDesk {
  readonly desk: Desk
  /** Takes it up if something is due. */
  resume(): Promise<void>
  /** Tells it that accounts changed, if it wants to know. */
  accountsChanged(): Promise<void>
  /** Tells it that the user added, changed or removed accounts: other things are due now. */
  accountsDecided(): Promise<void>
  /** Access to sites was granted or taken back: what runs on their pages depends on it. */
  accessChanged(): Promise<void>
  /** Codes that our script found on a page of a site. */
  readonly codes: CodesDoor
}

/** @param takeUp for tests; default: reads in the third script */
export function createAutomationDesk(
  ports: AutomationPorts,
  takeUp: () => ComposeAutomation = () => loadLaterScript('automation') as ComposeAutomation,
): AutomationDesk {
  let part: AutomationPart | undefined
  const load = () => (part ??= takeUp()(ports))
  // An agenda that cannot be opened counts as none: it is made anew.
  const agenda = () => ports.vault.load('agenda', 'agenda').catch(() => undefined)
  return {
    desk: (name, input) => {
      if (!AREAS.has(name.split('.', 1)[0] ?? '')) return undefined
      try {
        return load().desk(name, input)
      } catch (thrown) {
        return Promise.resolve(failed(failureOf(thrown)))
      }
    },
    async resume() {
      const known = await agenda()
      const nowMs = ports.now()
      if (isAgendaDue(known, nowMs, zoneOffset(nowMs))) await load().wakeUp()
      else if (known) {
        // A browser that was closed may have lost the alarm, and has lost what was on the icon.
        if (known.nextAtMs !== null) await ports.wakeAt(known.nextAtMs)
        if (known.watches && !part) await load().accountsChanged()
      }
    },
    async accountsChanged() {
      if (part || (await agenda())?.watches) await load().accountsChanged()
    },
    accountsDecided: () => load().accountsChanged(),
    accessChanged: () => load().accessChanged(),
    codes: (message, origin) => load().codes(message, origin),
  }
}
