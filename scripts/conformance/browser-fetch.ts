import { CookieJar } from 'tough-cookie'

/**
 * `fetch` as a page of `origin` has it: a cookie jar that obeys `credentials`, and the page's own
 * `Origin` on calls that may change something (`contracts/new-api.md 2.6`, secure mode).
 */
export function createBrowserFetch(
  origin: string,
  jar = new CookieJar(undefined, { rejectPublicSuffixes: false }),
): typeof globalThis.fetch {
  return async (input, init = {}) => {
    const url = input instanceof Request ? input.url : String(input)
    const headers = new Headers(init.headers)
    const usesCookies = init.credentials === 'include'
    if (usesCookies) {
      const cookies = await jar.getCookieString(url)
      if (cookies !== '') headers.set('Cookie', cookies)
    }
    if ((init.method ?? 'GET') !== 'GET') headers.set('Origin', origin)
    const response = await fetch(url, { ...init, headers })
    if (usesCookies) {
      for (const cookie of response.headers.getSetCookie()) {
        await jar.setCookie(cookie, url, { ignoreError: true })
      }
    }
    return response
  }
}
