import { vi } from 'vitest'

import { answerQuestion } from '@/src/content/site-page'
import type { PageQuestion } from '@/src/messaging/page-channel'
import { createBudgets } from '@/src/net/budgets'
import { createHttpTransport } from '@/src/net/http-transport'
import { type AskPage, createTabTransport } from '@/src/net/tab-transport'
import type { RecognisePorts } from '@/src/services/recognise'
import { adapterFor, allAdapters, detectSite } from '@/src/sites/registry'
import { createBrowserFetch } from '@/scripts/conformance/browser-fetch'
import { startWorld } from '@/tests/support/world'

/**
 * `detect`: from the worker, with no account in mind. `worker`: adding one while no tab of the site
 * is open. `tab`: through an open one.
 */
export type Way = 'detect' | 'worker' | 'tab'

const now = () => Date.now()

/** The page's script as a tab of that origin would run it. */
function pageOf(): AskPage {
  return (question) => answerQuestion(question as PageQuestion)
}

/** What the worker has: real transports, the real page script, a database of the test's own. */
export async function portsAt(origin: string, way: Way): Promise<RecognisePorts> {
  const { book, vault } = await startWorld()
  const budgets = createBudgets({ now })
  if (way === 'tab') vi.stubGlobal('location', { origin })
  return {
    detect: detectSite,
    adapterFor,
    descriptions: allAdapters.map(({ description }) => description),
    hasAccess: () => Promise.resolve(true),
    transportTo: (to) =>
      createHttpTransport({
        origin: to,
        fetch: createBrowserFetch(to),
        budgets,
        hasAccess: () => Promise.resolve(true),
        now,
      }),
    transportIn: (to, ask) => createTabTransport({ origin: to, ask, budgets, now }),
    findTab: () => Promise.resolve(way === 'tab' ? 1 : null),
    reach: () => Promise.resolve(pageOf()),
    canKeepCookies: false,
    book,
    vault,
    now,
  }
}
