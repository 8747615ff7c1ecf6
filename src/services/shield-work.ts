import { needsYou } from '@/src/domain/needs-you'
import type { BackOff } from '@/src/net/back-off'
import { withClearance } from '@/src/net/shield'
import type { SiteAdapter } from '@/src/sites/adapter'
import type { SiteType } from '@/src/domain/site-type'

import type { AccountBook } from './account-book'
import type { TabPorts } from './find-tabs'
import type { RefreshRunner } from './refresh-runner'

export interface ShieldWorkPorts extends Pick<TabPorts, 'reach' | 'transportIn'> {
  readonly book: AccountBook
  readonly adapterFor: (type: SiteType) => SiteAdapter
  readonly backOff: BackOff
  readonly runner: Pick<RefreshRunner, 'start' | 'idle'>
  readonly now: () => number
}

/** Classes that say that no answer of the site itself has been seen. */
const NOT_THROUGH: ReadonlySet<string> = new Set(['challenge', 'needs-tab', 'network', 'limit'])

/** Whether a request made in that tab reaches the site itself now. */
export async function isThroughShield(
  ports: ShieldWorkPorts,
  origin: string,
  tabId: number,
): Promise<boolean> {
  const [row] = await waitingAt(ports, origin)
  // Whatever waited was deleted meanwhile.
  if (!row) return true
  // A page on its way to the next one cannot be asked.
  const ask = await ports.reach(tabId).catch(() => null)
  if (!ask) return false
  const transport = withClearance(ports.transportIn(origin, ask), () => undefined)
  const ctx = { origin, transport, now: ports.now }
  const status = await ports.adapterFor(row.siteType).fetchStatus(ctx)
  return status.ok || !NOT_THROUGH.has(status.failure.class)
}

/** Refreshes the accounts that waited behind a site's protection page, through its open tab. */
export async function runWaiting(ports: ShieldWorkPorts, origin: string): Promise<void> {
  const { backOff, runner } = ports
  const ids = (await waitingAt(ports, origin)).map(({ id }) => id)
  if (ids.length === 0) return
  // While the origin is known to be shielded its requests go through the tab at once.
  if (!backOff.restOf(origin)) backOff.note(origin, 'challenge', ports.now())
  await runner.start(ids)
  await runner.idle()
  // The clearance is in the browser now: the next request may try the usual way.
  backOff.clear(origin)
}

async function waitingAt({ book, now }: ShieldWorkPorts, origin: string) {
  const { rows } = await book.glance()
  return needsYou(rows, now()).flatMap((item) =>
    item.act === 'pass' && item.origin === origin ? item.rows : [],
  )
}
