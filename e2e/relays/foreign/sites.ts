import { plainPage } from '../kit/plain-page'
import { emptyReply, jsonReply } from '../kit/reply'
import { createForeignSite, type ForeignSite } from './foreign-site'

const isApi = (path: string): boolean => /^\/api(?:[/?]|$)/.test(path)

/**
 * A web application with an API of its own: JSON without the envelope below `/api`, and a title that
 * fits the title rule of New API (`contracts/new-api.md` 12).
 */
export function unrelatedApp({ title = 'New API Garden' } = {}): ForeignSite {
  return createForeignSite((path) =>
    isApi(path) ? jsonReply({ status: 'ok', data: [] }) : plainPage(title),
  )
}

/** Plain files: one page, and 404 pages for the rest. */
export function staticSite(): ForeignSite {
  return createForeignSite((path) =>
    /^\/(?:\?|$)/.test(path) ? plainPage('Harbour News') : plainPage('404 Not Found', 404),
  )
}

/** 404 in plain text for everything. */
export function notFoundServer(): ForeignSite {
  const text = { kind: 'text' as const, text: '404 page not found\n', contentType: 'text/plain' }
  return createForeignSite(() => ({ ...emptyReply(404), body: text }))
}

/** Accepts every request and never answers. */
export function silentServer(): ForeignSite {
  const site = createForeignSite(() => emptyReply(204))
  site.faults.set({}, { kind: 'hang' })
  return site
}

/** A single-page application that answers its page for every path, also below `/api`. */
export function spaEverywhere({ title = 'Console' } = {}): ForeignSite {
  return createForeignSite(() => plainPage(title))
}

/** Sends everybody to the same path of another origin. */
export function redirector(target: string): ForeignSite {
  const { origin } = new URL(target)
  return createForeignSite((path) => emptyReply(302, { location: `${origin}${path}` }))
}
