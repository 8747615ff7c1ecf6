import type { SiteDescription } from '@/src/domain/site-description'
import type { Handlers } from '@/src/messaging/server'
import { detectAt, recognise, type RecognisePorts } from '@/src/services/recognise'
import type { ShieldHelp } from '@/src/services/shield-help'
import { signIn } from '@/src/services/sign-in'
import type { SiteBook } from '@/src/services/site-book'

export interface SiteHandlerPorts extends RecognisePorts {
  readonly descriptions: readonly SiteDescription[]
  readonly openTab: (url: string) => Promise<number>
  readonly siteBook: SiteBook
  readonly revoke: (origins: readonly string[]) => Promise<void>
  readonly help: ShieldHelp
}

export function siteHandlers(ports: SiteHandlerPorts) {
  const { siteBook, help } = ports
  return {
    'sites.describe': () => Promise.resolve([...ports.descriptions]),
    'sites.recognise': (wanted) => recognise(ports, wanted),
    'sites.detect': ({ origin }) => detectAt(ports, origin),
    'sites.signIn': ({ code, ...form }) =>
      signIn(ports, { ...form, ...(code === undefined ? {} : { code }) }),
    'sites.openTab': async ({ origin }) => ({ tabId: await ports.openTab(origin) }),
    'sites.access': () => siteBook.list(),
    'sites.revoke': async ({ origins }) => {
      await ports.revoke(origins)
      return {}
    },
    'sites.setAutoHelp': async ({ origin, allowed }) => {
      await siteBook.update(origin, { autoHelp: allowed })
      return {}
    },
    'help.start': async ({ origins }) => {
      await help.start(origins)
      return {}
    },
    'help.stop': async () => {
      await help.stop()
      return {}
    },
    'help.progress': () => Promise.resolve(help.progress()),
  } satisfies Partial<Handlers>
}
