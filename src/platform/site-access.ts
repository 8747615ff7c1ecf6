import { browser } from '#imports'

import { raise } from '@/src/domain/failure'
import { accessPattern } from '@/src/domain/origin'

import { whileAlive } from './while-alive'

/**
 * Asks the browser for access to one site. Must be the first thing a click handler awaits: the
 * browser only shows its prompt inside a user gesture. `false` = the user refused.
 */
export async function requestSiteAccess(origin: string): Promise<boolean> {
  return browser.permissions.request({ origins: [accessPattern(origin)] })
}

async function hasSiteAccess(origin: string): Promise<boolean> {
  return whileAlive(() => browser.permissions.contains({ origins: [accessPattern(origin)] }))
}

/** Asks for several sites with one question of the browser; as {@link requestSiteAccess}. */
export async function requestSitesAccess(origins: readonly string[]): Promise<boolean> {
  return browser.permissions.request({ origins: origins.map(accessPattern) })
}

/** Gives access to these sites back. @throws `access`/`cannot-revoke` when the browser keeps it */
export async function removeSiteAccess(origins: readonly string[]): Promise<void> {
  const removed = await browser.permissions
    .remove({ origins: origins.map(accessPattern) })
    .catch(() => false)
  if (!removed) raise({ class: 'access', reason: 'cannot-revoke' })
}

/** `scheme://host` of every single site the browser grants; patterns for many are left out. */
export async function grantedHosts(): Promise<string[]> {
  const { origins = [] } = await whileAlive(() => browser.permissions.getAll())
  return hostsOf(origins)
}

function hostsOf(patterns: readonly string[]): string[] {
  return patterns.flatMap((pattern) => /^(https?:\/\/[^/*]+)\/\*$/.exec(pattern)?.[1] ?? [])
}

/** What changes about access to sites. `hosts` as in {@link grantedHosts}. */
export interface AccessChange {
  readonly kind: 'granted' | 'removed'
  readonly hosts: readonly string[]
}

/**
 * Whether the browser grants access to an origin, remembered until it tells of any change: a worker
 * asks before every request. Call at worker start, before any await.
 */
export function createAccessMemory(
  onChange: (change: AccessChange) => void,
): (origin: string) => Promise<boolean> {
  const known = new Map<string, Promise<boolean>>()
  browser.permissions.onAdded.addListener(({ origins = [] }) => {
    known.clear()
    onChange({ kind: 'granted', hosts: hostsOf(origins) })
  })
  browser.permissions.onRemoved.addListener(({ origins = [] }) => {
    known.clear()
    onChange({ kind: 'removed', hosts: hostsOf(origins) })
  })
  return (origin) => {
    const answer = known.get(origin) ?? hasSiteAccess(origin)
    known.set(origin, answer)
    // Only an answer is worth remembering.
    answer.catch(() => known.delete(origin))
    return answer
  }
}
