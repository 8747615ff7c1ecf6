import { browser } from '#imports'

import { accessPattern } from '@/src/domain/origin'

const ID = 'find-codes'
/** Built by `entrypoints/find-codes.content.ts`. */
const FILE = '/content-scripts/find-codes.js'

/**
 * Makes the browser run the script that looks for codes on every page of these sites, and nowhere
 * else, also after a restart. Patterns carry no port: what answers the script tells ports apart.
 */
export async function registerCodeFinder(origins: readonly string[]): Promise<void> {
  const matches = [...new Set(origins.map(accessPattern))].sort()
  const [known] = await browser.scripting.getRegisteredContentScripts({ ids: [ID] })
  if (matches.length === 0) {
    if (known) await browser.scripting.unregisterContentScripts({ ids: [ID] })
    return
  }
  if (known && String(known.matches?.toSorted()) === String(matches)) return
  const script = {
    id: ID,
    js: [FILE],
    matches,
    allFrames: false,
    runAt: 'document_idle' as const,
    persistAcrossSessions: true,
  }
  await (known
    ? browser.scripting.updateContentScripts([script])
    : browser.scripting.registerContentScripts([script]))
}

/** Runs the script in the open tabs of a site, as far as the browser lets us. */
export async function startCodeFinderIn(origin: string): Promise<void> {
  const tabs = await browser.tabs.query({ url: accessPattern(origin) })
  const here = tabs.filter(({ url = '' }) => URL.canParse(url) && new URL(url).origin === origin)
  await Promise.allSettled(
    here.map(({ id: tabId = -1 }) =>
      browser.scripting.executeScript({ target: { tabId }, files: [FILE] }),
    ),
  )
}
