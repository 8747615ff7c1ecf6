import { browser } from '#imports'

const RESUME_ALARM = 'relaydeck.resume'
const LATER_ALARM = 'relaydeck.later'
/** Below the browser's 30 s idle limit for workers. */
const HEARTBEAT_MS = 20_000

/**
 * Keeps unfinished work alive: a heartbeat while the worker runs it, and an alarm that starts the
 * worker again should it die all the same.
 */
export interface WakeLock {
  hold(): Promise<void>
  release(): Promise<void>
}

const holders = new Set<string>()

/** @param reason tells several locks apart: the alarm stays while any of them holds */
export function createWakeLock(reason: string): WakeLock {
  let heartbeat: ReturnType<typeof setInterval> | undefined
  return {
    async hold() {
      // Waiting for slow sites is no activity in the browser's eyes; any extension call is.
      heartbeat ??= setInterval(() => void browser.runtime.getPlatformInfo(), HEARTBEAT_MS)
      holders.add(reason)
      await browser.alarms.create(RESUME_ALARM, { periodInMinutes: 0.5 })
    },
    async release() {
      clearInterval(heartbeat)
      heartbeat = undefined
      holders.delete(reason)
      if (holders.size === 0) await browser.alarms.clear(RESUME_ALARM)
    },
  }
}

/** Starts the worker once at that time (epoch ms), for work that waits; `null` = not any more. */
export async function wakeAt(atMs: number | null): Promise<void> {
  if (atMs === null) await browser.alarms.clear(LATER_ALARM)
  else await browser.alarms.create(LATER_ALARM, { when: atMs })
}

/** Runs `resume` whenever an alarm fires. Must be called at worker start, before any await. */
export function onWakeUp(resume: () => void): void {
  browser.alarms.onAlarm.addListener((alarm) => {
    if (alarm.name === RESUME_ALARM || alarm.name === LATER_ALARM) resume()
  })
}
