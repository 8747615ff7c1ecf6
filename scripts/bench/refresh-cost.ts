import type { Page } from '@playwright/test'

import type { SeededSite } from '@/e2e/support/accounts'
import type { ExtensionBrowser } from '@/e2e/support/browser'
import { waitForRefresh } from '@/e2e/support/accounts'

/** What one refresh of all accounts cost. Times in ms. */
export interface RefreshCost {
  readonly wallMs: number
  readonly requests: number
  /** Longest gap between two frames of an open popup meanwhile. */
  readonly longestGapMs: number
}

/** Records frame gaps in a page until the returned function reads the longest. */
async function watchFrames(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const scope = globalThis as unknown as { longestGapMs: number }
    scope.longestGapMs = 0
    let before = performance.now()
    const tick = (now: number) => {
      scope.longestGapMs = Math.max(scope.longestGapMs, now - before)
      before = now
      requestAnimationFrame(tick)
    }
    requestAnimationFrame(tick)
  })
  return () => page.evaluate(() => (globalThis as unknown as { longestGapMs: number }).longestGapMs)
}

export async function measureRefresh(
  extension: ExtensionBrowser,
  popup: Page,
  sites: readonly SeededSite[],
): Promise<RefreshCost> {
  for (const site of sites) site.relay.counters.reset()
  const longestGap = await watchFrames(popup)
  const began = performance.now()
  const started = await extension.send(popup, 'refresh.start', {})
  if (!started.ok) throw new Error(JSON.stringify(started.failure))
  await waitForRefresh(extension, popup)
  const wallMs = performance.now() - began
  const requests = sites.reduce((sum, site) => sum + site.relay.counters.total(), 0)
  return { wallMs, requests, longestGapMs: await longestGap() }
}
