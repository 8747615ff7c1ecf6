import type { Handlers } from '@/src/messaging/server'
import { recognise, type RecognisePorts } from '@/src/services/recognise'
import type { SiteDescription } from '@/src/domain/site-description'

export interface SiteHandlerPorts extends RecognisePorts {
  readonly descriptions: readonly SiteDescription[]
  readonly openTab: (url: string) => Promise<number>
}

export function siteHandlers(ports: SiteHandlerPorts) {
  return {
    'sites.describe': () => Promise.resolve([...ports.descriptions]),
    'sites.recognise': ({ origin, tabId }) => recognise(ports, origin, tabId),
    'sites.openTab': async ({ origin }) => ({ tabId: await ports.openTab(origin) }),
  } satisfies Partial<Handlers>
}
