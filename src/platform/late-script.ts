import { browser } from '#imports'

const LATE_SCRIPT = '/late.js'
/** Where the script puts what it gives. */
const LATE_GLOBAL = 'relaydeckLate'

interface WorkerScope {
  importScripts(address: string): void
  [LATE_GLOBAL]?: unknown
}

const scope = globalThis as unknown as WorkerScope

/**
 * Lets the browser keep the worker's second script. A worker may only take up scripts it has shown
 * to the browser while it was installed; after that it may at any time, restarts included (measured,
 * Chromium 156). Must be called at worker start, before any await.
 */
export function registerLateScript(): void {
  globalThis.addEventListener('install', () => {
    takeUp()
  })
}

/** What the second script gives, read in when it is needed first: every cold start goes without. */
export function loadLateScript(): unknown {
  if (scope[LATE_GLOBAL] === undefined) takeUp()
  return scope[LATE_GLOBAL]
}

/** Called by the second script itself. */
export function giveLate(value: unknown): void {
  scope[LATE_GLOBAL] = value
}

function takeUp(): void {
  // The only address it ever takes; the content security policy allows no other origin anyway.
  scope.importScripts(browser.runtime.getURL(LATE_SCRIPT))
}
