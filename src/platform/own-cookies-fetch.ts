import { raise } from '@/src/domain/failure'

import type { CookieRules } from './cookie-rules'
import type { SetCookieWatch } from './set-cookie-watch'

export interface OwnFetchOptions {
  readonly origin: string
  readonly rules: CookieRules
  readonly watch: SetCookieWatch
  /** Throws while requests cannot be given cookies. */
  readonly expectReady: () => Promise<void>
  readonly read: () => Promise<string>
  readonly onSetCookie: (values: readonly string[]) => Promise<void>
}

/** See `CookieJars.fetchFor`. */
export function createOwnFetch(options: OwnFetchOptions): typeof fetch {
  const { origin, rules, watch, expectReady, read, onSetCookie } = options
  return async (input, init) => {
    const url = addressOf(input, origin)
    await expectReady()
    const header = expectPlain(await read())
    const request = rules.mark(url)
    const answer = watch.begin(request.address)
    try {
      await rules.apply(request, header)
      const response = await fetch(request.address, { ...init, ...ALONE })
      const values = await answer.values()
      if (values.length > 0) await onSetCookie(values)
      return response
    } finally {
      answer.end()
      rules.remove(request)
    }
  }
}

/** What keeps a request apart from everything else the browser does at its site. */
const ALONE = {
  // The rule sets its cookies all the same, and those of the answer are not stored.
  credentials: 'omit',
  // The cache does not tell logins apart.
  cache: 'no-store',
  // Followed inside the site, a redirect would take the cookies along to where nobody sent them.
  redirect: 'manual',
} satisfies RequestInit

function addressOf(input: RequestInfo | URL, origin: string): URL {
  // The body of a `Request` could not go out again under another address.
  const url = input instanceof Request ? null : new URL(input)
  if (url?.origin !== origin) return raise({ class: 'internal', reason: 'bad-address' })
  return url
}

/** A header of printable ASCII: a line break in it would begin another header. */
function expectPlain(header: string): string {
  return /^[ -~]*$/.test(header)
    ? header
    : raise({ class: 'internal', reason: 'bad-cookie-header' })
}
