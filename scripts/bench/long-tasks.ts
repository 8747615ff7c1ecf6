import type { Page } from '@playwright/test'

/** So long without a long task, and none is pending. Two idle checks of a page fit in it. */
const QUIET_MS = 300

/** Long tasks of a page so far, in ms after its navigation. */
export interface LongTasks {
  /** When the last one ended; 0 = there was none. */
  readonly lastEndMs: number
  /** Duration of the longest, 0 = there was none. */
  readonly longestMs: number
}

interface Watched {
  longTasks?: { lastEndMs: number; longestMs: number }
}

/** Goes into a page before its own scripts: notes its tasks of 50 ms and more. */
export function watchLongTasks(): void {
  const seen = { lastEndMs: 0, longestMs: 0 }
  ;(globalThis as unknown as Watched).longTasks = seen
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      seen.lastEndMs = Math.max(seen.lastEndMs, startTime + duration)
      seen.longestMs = Math.max(seen.longestMs, duration)
    }
  }).observe({ type: 'longtask', buffered: true })
}

/** Waits until none has ended for a while, and tells what there was. Forgets the longest then. */
export async function quietLongTasks(page: Page): Promise<LongTasks> {
  return page.evaluate(async (quietMs) => {
    const { longTasks } = globalThis as unknown as Watched
    if (!longTasks) throw new Error('long tasks are not watched here')
    const began = performance.now()
    while (performance.now() - Math.max(longTasks.lastEndMs, began) < quietMs) {
      await new Promise((resolve) => setTimeout(resolve, quietMs / 4))
    }
    const told = { ...longTasks }
    longTasks.longestMs = 0
    return told
  }, QUIET_MS)
}
