import { raise, settle } from '@/src/domain/failure'

import type { Chore } from '../automation/agenda-keeper'
import type { SiteBook } from '../site-book'

/** Sites on whose pages codes are looked for in what the user selects or copies. */
export interface CodeFinder {
  /** Switches it on or off. @throws `access`/`no-permission` */
  set(origin: string, on: boolean): Promise<void>
  /** Makes the browser run the script where it is switched on and access is granted, only there. */
  repair(): Promise<void>
  /** Whether codes from pages of this origin are listened to. */
  isOn(origin: string): Promise<boolean>
  readonly chore: Chore
}

export interface FinderPorts {
  readonly siteBook: Pick<SiteBook, 'list' | 'get' | 'update'>
  readonly hasAccess: (origin: string) => Promise<boolean>
  /** Runs the script on all pages of exactly these sites from now on. */
  readonly register: (origins: readonly string[]) => Promise<void>
  /** Runs it in the tabs of a site that are open already. */
  readonly startIn: (origin: string) => Promise<void>
  readonly announce: (event: { readonly topic: 'access' }) => void
  readonly now: () => number
}

/** The browser forgets scripts when the extension is updated: looked at again this often, ms. */
const REPAIR_MS = 24 * 3_600_000

export function createCodeFinder(ports: FinderPorts): CodeFinder {
  const { siteBook } = ports

  async function chosen(): Promise<string[]> {
    const sites = await siteBook.list()
    return sites.flatMap((site) => (site.findCodes && site.granted ? [site.origin] : []))
  }

  async function repair(): Promise<void> {
    await ports.register(await chosen())
  }

  return {
    async set(origin, on) {
      if (on && !(await ports.hasAccess(origin))) {
        raise({ class: 'access', reason: 'no-permission' })
      }
      await siteBook.update(origin, { findCodes: on })
      ports.announce({ topic: 'access' })
      await repair()
      // Tabs that cannot be reached get it with their next page.
      if (on) await settle(() => ports.startIn(origin))
    },
    repair,
    async isOn(origin) {
      const site = await siteBook.get(origin)
      return site?.findCodes === true && ports.hasAccess(origin)
    },
    chore: {
      wakeUp: repair,
      async nextAtMs() {
        return (await chosen()).length === 0 ? null : ports.now() + REPAIR_MS
      },
    },
  }
}
