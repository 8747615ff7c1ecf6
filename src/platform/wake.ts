import { browser } from '#imports'

import { whileAlive } from './while-alive'

const RESUME_ALARM = 'relaydeck.resume'
const PULSE_ALARM = 'relaydeck.pulse'
/** Followed by who wants to be woken. */
const LATER_ALARM = 'relaydeck.later.'
/** Below the browser's 30 s idle limit for workers. */
const HEARTBEAT_MS = 20_000
/**
 * How often the worker looks at its agenda whatever was planned, minutes: alarms get lost with a
 * restart, and a clock that was set back moves them away.
 */
const PULSE_MIN = 15

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
      await whileAlive(() => browser.alarms.create(RESUME_ALARM, { periodInMinutes: 0.5 }))
    },
    async release() {
      clearInterval(heartbeat)
      heartbeat = undefined
      holders.delete(reason)
      if (holders.size === 0) await whileAlive(() => browser.alarms.clear(RESUME_ALARM))
    },
  }
}

/** Starts the worker once at a time (epoch ms), for work that waits; `null` = not any more. */
export function createWakeAt(reason: string): (atMs: number | null) => Promise<void> {
  const name = `${LATER_ALARM}${reason}`
  return async (atMs) => {
    await whileAlive(async () => {
      if (atMs === null) await browser.alarms.clear(name)
      else await browser.alarms.create(name, { when: atMs })
    })
  }
}

/** Sees to it that the worker is started now and then. Call at every start. */
export async function keepPulse(): Promise<void> {
  const known = await browser.alarms.get(PULSE_ALARM)
  if (known?.periodInMinutes === PULSE_MIN) return
  await browser.alarms.create(PULSE_ALARM, { periodInMinutes: PULSE_MIN })
}

/**
 * Runs `repair` after the extension was installed or updated: the browser forgets then what was
 * registered for pages of sites. Must be called at worker start, before any await.
 */
export function onUpdated(repair: () => void): void {
  browser.runtime.onInstalled.addListener(repair)
}

/** Runs `resume` whenever an alarm fires. Must be called at worker start, before any await. */
export function onWakeUp(resume: () => void): void {
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === RESUME_ALARM || name === PULSE_ALARM || name.startsWith(LATER_ALARM)) resume()
  })
}
