import type { OriginBudgets } from '@/src/net/budgets'
import { createHttpTransport } from '@/src/net/http-transport'
import { createTabTransport } from '@/src/net/tab-transport'
import type { SiteRequest, Transport } from '@/src/net/transport'

import type { Planted, RawAnswer } from './fuzz-places'

const now = () => Date.now()

const NO_BUDGETS: OriginBudgets = {
  acquire: () => Promise.resolve(() => undefined),
  pause: () => undefined,
  snapshot: () => ({}),
}

/** Less than the largest of the planted answers. */
const MAX_BYTES = 60_000

/** Answers a request by its path. */
export type Site = (path: string) => Planted

type Make = (origin: string, site: Site) => Transport

/** @throws what is planted to be thrown, whatever it is */
function answerOf(planted: Planted): RawAnswer {
  if (!('thrown' in planted)) return planted
  // Browsers throw errors; what a mistake throws may be anything.
  throw planted.thrown as Error
}

/** The site's answer exactly as it is, refusing nothing. */
const bare: Make = (_, site) => (request: SiteRequest) =>
  Promise.resolve().then(() => {
    const { status, contentType, headers, text } = answerOf(site(request.path))
    const type = contentType.split(';')[0]?.trim().toLowerCase() ?? ''
    return { status, contentType: type, header: (name) => headers[name] ?? null, text }
  })

/** The worker's transport over a `fetch` that gives these answers. */
const http: Make = (origin, site) =>
  createHttpTransport({
    origin,
    budgets: NO_BUDGETS,
    now,
    maxBytes: MAX_BYTES,
    fetch: (input) =>
      Promise.resolve().then(() => {
        const { pathname } = new URL(input instanceof Request ? input.url : String(input))
        const { status, statusText = '', contentType, headers, text } = answerOf(site(pathname))
        const type = contentType === '' ? {} : { 'content-type': contentType }
        return new Response(text, { status, statusText, headers: { ...type, ...headers } })
      }),
  })

/** A tab's transport over a page script that gives these answers. */
const tab: Make = (origin, site) =>
  createTabTransport({
    origin,
    budgets: NO_BUDGETS,
    now,
    ask: (question) =>
      Promise.resolve().then(() => {
        const { request } = question as { request: SiteRequest }
        const { status, contentType, headers, text } = answerOf(site(request.path))
        const type = contentType === '' ? {} : { 'content-type': contentType }
        return { got: 'response', status, headers: { ...type, ...headers }, text }
      }),
  })

export const TRANSPORTS: Readonly<Record<string, Make>> = { bare, http, tab }
