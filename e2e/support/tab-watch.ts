import type { Page } from '@playwright/test'

import type { ExtensionBrowser } from './browser'

interface BrowserEvent<Args extends unknown[]> {
  addListener(listener: (...args: Args) => void): void
}

interface ChromeApi {
  readonly tabs: Record<'onCreated' | 'onRemoved' | 'onActivated', BrowserEvent<[]>>
  readonly windows: Record<'onCreated' | 'onFocusChanged', BrowserEvent<[]>> & {
    getAll(options: { populate: true }): Promise<{ tabs: { active: boolean; id: number }[] }[]>
  }
  readonly alarms: {
    getAll(): Promise<{ name: string }[]>
    create(name: string, when: { when: number }): Promise<void>
    readonly onAlarm: BrowserEvent<[{ name: string }]>
  }
  readonly notifications?: { getAll(): Promise<Record<string, boolean>> }
}

interface Watched {
  chrome: ChromeApi
  /** What has happened since somebody looked. */
  happened?: string[]
}

/** Keeps an account, in an extension page, of everything a user would notice of tabs and windows. */
export interface TabWatch {
  /** What happened since the last call, e.g. `tabs.onCreated`; empties the account. */
  take(): Promise<string[]>
}

export async function watchTabs(page: Page): Promise<TabWatch> {
  await page.evaluate(() => {
    const scope = globalThis as unknown as Watched
    const { tabs, windows } = scope.chrome
    const events = {
      'tabs.onCreated': tabs.onCreated,
      'tabs.onRemoved': tabs.onRemoved,
      'tabs.onActivated': tabs.onActivated,
      'windows.onCreated': windows.onCreated,
      'windows.onFocusChanged': windows.onFocusChanged,
    }
    scope.happened = []
    for (const [name, event] of Object.entries(events)) {
      event.addListener(() => scope.happened?.push(name))
    }
  })
  return {
    take: () =>
      page.evaluate(() => (globalThis as unknown as Watched).happened?.splice(0) ?? ['page left']),
  }
}

/** How many windows and tabs there are, and which tabs are in front. */
export function lookAround(page: Page): Promise<{ tabs: number[]; inFront: number[] }[]> {
  return page.evaluate(async () => {
    const { chrome } = globalThis as unknown as Watched
    const windows = await chrome.windows.getAll({ populate: true })
    return windows.map(({ tabs }) => ({
      tabs: tabs.map(({ id }) => id),
      inFront: tabs.filter(({ active }) => active).map(({ id }) => id),
    }))
  })
}

/** Lets every alarm there is ring now, and those named; resolves when the last one has rung. */
export function ringAlarms(page: Page, names: readonly string[]): Promise<void> {
  return page.evaluate(async (always) => {
    const { alarms } = (globalThis as unknown as Watched).chrome
    const set = (await alarms.getAll()).map(({ name }) => name)
    for (const wanted of new Set([...set, ...always])) {
      await new Promise<void>((resolve) => {
        const ring = () => void alarms.create(wanted, { when: Date.now() })
        // The worker may plan an alarm anew before it has rung.
        const again = setInterval(ring, 500)
        alarms.onAlarm.addListener(({ name }) => {
          if (name !== wanted) return
          clearInterval(again)
          resolve()
        })
        ring()
      })
    }
  }, names)
}

/** Notifications the extension shows, by whichever of the two ways there are. */
export async function notificationsOf({ context }: ExtensionBrowser): Promise<number> {
  const [worker] = context.serviceWorkers()
  if (!worker) throw new Error('there is no worker to ask')
  return worker.evaluate(async () => {
    const { chrome, registration } = globalThis as unknown as Watched & {
      registration: { getNotifications(): Promise<unknown[]> }
    }
    const own = await registration.getNotifications()
    return own.length + Object.keys((await chrome.notifications?.getAll()) ?? {}).length
  })
}
