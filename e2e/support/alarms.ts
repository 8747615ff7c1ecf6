import type { Page } from '@playwright/test'

interface Alarm {
  readonly name: string
  readonly scheduledTime: number
}

interface Scope {
  chrome: {
    alarms: {
      getAll(): Promise<Alarm[]>
      clearAll(): Promise<boolean>
      create(name: string, when: { when: number }): Promise<void>
      readonly onAlarm: { addListener(listener: (alarm: Alarm) => void): void }
    }
  }
}

/** What the browser is going to wake the worker for, and when, epoch ms. */
export function alarmsOf(page: Page): Promise<Alarm[]> {
  return page.evaluate(() => (globalThis as unknown as Scope).chrome.alarms.getAll())
}

/** Lets the browser forget them, as it may when it is closed. */
export function loseAlarms(page: Page): Promise<boolean> {
  return page.evaluate(() => (globalThis as unknown as Scope).chrome.alarms.clearAll())
}

/**
 * Rings the alarm that makes the worker look what is due. A worker that starts at this moment sets it
 * anew, and it does not ring: so it is waited for no longer than it takes.
 */
export function ringPulse(page: Page): Promise<void> {
  return page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const { alarms } = (globalThis as unknown as Scope).chrome
        alarms.onAlarm.addListener(() => {
          resolve()
        })
        setTimeout(resolve, 2_000)
        void alarms.create('relaydeck.pulse', { when: Date.now() })
      }),
  )
}
