import { browser } from '#imports'

/** Scripts of the worker besides its first one, each with where it puts what it gives. */
const SCRIPTS = {
  late: { file: '/late.js', global: 'relaydeckLate' },
  automation: { file: '/automation.js', global: 'relaydeckAutomation' },
} as const

export type LaterScript = keyof typeof SCRIPTS

interface WorkerScope {
  importScripts(address: string): void
  [name: string]: unknown
}

const scope = globalThis as unknown as WorkerScope

/**
 * Lets the browser keep the worker's further scripts. A worker may only take up scripts it has shown
 * to the browser while it was installed; after that it may at any time, restarts included (measured,
 * Chromium 156). Must be called at worker start, before any await.
 */
export function registerLaterScripts(): void {
  globalThis.addEventListener('install', () => {
    for (const { file } of Object.values(SCRIPTS)) takeUp(file)
  })
}

/** What a further script gives, read in when it is needed first: every cold start goes without. */
export function loadLaterScript(name: LaterScript): unknown {
  const { file, global } = SCRIPTS[name]
  if (scope[global] === undefined) takeUp(file)
  return scope[global]
}

/** Called by the script itself. */
export function giveLater(name: LaterScript, value: unknown): void {
  scope[SCRIPTS[name].global] = value
}

function takeUp(file: string): void {
  // Only packaged files; the content security policy allows no other origin anyway.
  scope.importScripts(browser.runtime.getURL(file as '/late.js'))
}
