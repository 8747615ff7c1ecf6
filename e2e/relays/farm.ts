import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

import type { RequestHandler } from './kit/site-double'
import { createNewApiRelay, type RelayOptions } from './new-api/relay'

/** Many sites behind one loopback port, told apart by the `Host` header. */
export interface Farm {
  readonly port: number
  /** Answers `host` (no port) by `relay`; a second call replaces the first. */
  add(host: string, relay: RequestHandler): void
  /** `http://<host>:<port>` */
  origin(host: string): string
  /** Ends the server with every open connection, also hanging ones; does nothing the second time. */
  readonly close: () => Promise<void>
}

function hostOf(req: IncomingMessage): string {
  return (req.headers.host ?? '').replace(/:\d+$/, '').toLowerCase()
}

/** Starts an empty farm on 127.0.0.1; an unknown host is answered 421. */
export async function startFarm(
  options: { port?: number; host?: '127.0.0.1' } = {},
): Promise<Farm> {
  const sites = new Map<string, RequestHandler>()
  const server = createServer((req, res) => {
    const site = sites.get(hostOf(req))
    if (site !== undefined) {
      site.handle(req, res)
      return
    }
    res.writeHead(421, { 'content-type': 'text/plain' }).end('no such site\n')
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    port,
    add: (host, relay) => {
      sites.set(host.toLowerCase(), relay)
    },
    origin: (host) => `http://${host}:${port}`,
    close: () =>
      new Promise((resolve, reject) => {
        if (!server.listening) {
          resolve()
          return
        }
        server.close((error) => (error === undefined ? resolve() : reject(error)))
        server.closeAllConnections()
      }),
  }
}

/** One site at `http://127.0.0.1:<port>`. */
export async function startSite<Site extends RequestHandler>(
  relay: Site,
): Promise<{ relay: Site; origin: string; close: () => Promise<void> }> {
  const farm = await startFarm()
  farm.add('127.0.0.1', relay)
  return { relay, origin: farm.origin('127.0.0.1'), close: () => farm.close() }
}

/** One New API or One API relay at `http://127.0.0.1:<port>`. */
export function startRelay(options: RelayOptions) {
  return startSite(createNewApiRelay(options))
}
