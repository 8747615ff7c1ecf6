import { raise } from '@/src/domain/failure'

import { copyCookies } from './browser-cookies'
import { createCookieRules } from './cookie-rules'
import { createOwnFetch } from './own-cookies-fetch'
import { areOwnCookiesGranted } from './own-cookies-permission'
import { createSetCookieWatch } from './set-cookie-watch'

/** Lets several logins of one site work side by side: each account keeps cookies of its own. */
export interface CookieJars {
  /** Whether this browser can keep several logins of one site apart at all. */
  readonly isSupported: boolean
  /** Whether the user has granted what it takes. */
  isGranted(): Promise<boolean>
  /**
   * The `Cookie` header this browser would send to `origin` now; `''` = no cookies.
   *
   * @throws `access`/`own-cookies-not-granted`
   */
  copy(origin: string): Promise<string>
  /**
   * A `fetch` for addresses of one origin. Its requests carry exactly the cookies of `read()` and
   * nothing of the browser's jar; cookies the site sets are handed to `onSetCookie` (raw
   * `Set-Cookie` values) before the answer is, and never reach the browser's jar. It follows no
   * redirect and uses no cache.
   *
   * @throws `access`/`own-cookies-not-granted`, and whatever `read` and `onSetCookie` throw
   */
  fetchFor(
    account: { readonly id: string; readonly origin: string },
    read: () => Promise<string>,
    onSetCookie: (values: readonly string[]) => Promise<void>,
  ): typeof fetch
  /** Forgets what an earlier worker left; call at worker start. Later calls do nothing. */
  reset(): Promise<void>
}

export function createCookieJars(): CookieJars {
  // Not verified elsewhere: Firefox would have to match an address's fragment in its header rules.
  const isSupported = !import.meta.env.FIREFOX
  const rules = createCookieRules()
  const watch = createSetCookieWatch()
  const isGranted = async () => isSupported && (await areOwnCookiesGranted())
  const expectReady = async () => {
    if (!(await isGranted())) raise({ class: 'access', reason: 'own-cookies-not-granted' })
  }
  const clear = async () => {
    if (!isSupported) return
    await rules.reset()
    if (await isGranted()) watch.reset()
  }
  let cleared: Promise<void> | undefined
  return {
    isSupported,
    isGranted,
    async copy(origin) {
      await expectReady()
      return copyCookies(origin)
    },
    fetchFor: ({ origin }, read, onSetCookie) =>
      createOwnFetch({ origin, rules, watch, expectReady, read, onSetCookie }),
    // What stays is no reason not to start: only its own number could call it up again.
    reset: () => (cleared ??= clear().catch(() => undefined)),
  }
}
