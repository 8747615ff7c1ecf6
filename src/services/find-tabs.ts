import type { Transport } from '@/src/net/transport'
import type { AskPage } from '@/src/net/tab-transport'

export interface TabPorts {
  readonly findTab: (origin: string) => Promise<number | null>
  readonly reach: (tabId: number) => Promise<AskPage>
  readonly transportIn: (origin: string, ask: AskPage) => Transport
}

/** A transport through a tab of the site that is open anyway; `null` = none, or not reachable. */
export async function transportInTab(ports: TabPorts, origin: string): Promise<Transport | null> {
  const tab = await ports.findTab(origin)
  if (tab === null) return null
  // A page that is just going away, or that the browser shields, is as good as none.
  const ask = await ports.reach(tab).catch(() => null)
  return ask && ports.transportIn(origin, ask)
}
