import { plainPage } from '@/e2e/relays/kit/plain-page'
import { emptyReply, jsonReply, type Reply } from '@/e2e/relays/kit/reply'
import type { RequestHandler } from '@/e2e/relays/kit/site-double'
import { createForeignSite } from '@/e2e/relays/foreign/foreign-site'

/** An application whose API refuses everybody, in JSON of its own. */
export const jsonRefuser = (status: number): RequestHandler =>
  createForeignSite(() => jsonReply({ error: 'unauthenticated', status }, status))

/** Calls of models by key and nothing else: the error form of relays, and no accounts. */
export const keyServer = (): RequestHandler =>
  createForeignSite((path): Reply => {
    const error = { message: `Invalid URL (GET ${path})`, type: 'invalid_request_error' }
    return jsonReply({ error }, 404)
  })

/** `contracts/other-sites.md 6`: a protocol of its own under the name of a relative. */
export const voApi2 = (): RequestHandler =>
  createForeignSite((path) =>
    path.startsWith('/api/')
      ? jsonReply({ code: 2, data: null, msg: 'auth expire' })
      : plainPage('VoAPI公益站'),
  )

export const gateway = (): RequestHandler =>
  createForeignSite(() => plainPage('502 Bad Gateway', 502))

/** Takes every request and closes the connection. */
export function droppingServer(): RequestHandler {
  const site = createForeignSite(() => emptyReply(204))
  site.faults.set({}, { kind: 'reset' })
  return site
}

/** Begins every answer and never ends it. */
export function drippingServer(): RequestHandler {
  return {
    handle: (_req, res) => {
      res.writeHead(200, { 'content-type': 'application/json' })
      const drip = setInterval(() => res.write(' '), 250)
      res.on('close', () => {
        clearInterval(drip)
      })
    },
  }
}
