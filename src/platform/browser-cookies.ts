import { browser, type Browser } from '#imports'

import { whileAlive } from './while-alive'

/** Sites keep their programming interface there, and some limit cookies to it. */
const API_PATH = '/api/'

/**
 * The `Cookie` header that a page of `origin` would send to its own site now. `''` without cookies
 * and without access to the site.
 */
export async function copyCookies(origin: string): Promise<string> {
  // Without the empty key, cookies that the browser keeps per embedding site are left out.
  const cookies = await whileAlive(() =>
    browser.cookies.getAll({ url: origin + API_PATH, partitionKey: {} }),
  )
  return cookies
    .filter(({ partitionKey }) => partitionKey === undefined || isOwn(partitionKey, origin))
    .filter(({ name, value }) => isSendable(name, value))
    .map(({ name, value }) => `${name}=${value}`)
    .join('; ')
}

/** Whether a cookie was set while the site itself was open, not embedded in another one. */
function isOwn(partition: Browser.cookies.CookiePartitionKey, origin: string): boolean {
  const { topLevelSite = '', hasCrossSiteAncestor } = partition
  if (hasCrossSiteAncestor || !URL.canParse(topLevelSite)) return false
  const [site, own] = [new URL(topLevelSite), new URL(origin)]
  if (site.protocol !== own.protocol) return false
  return own.hostname === site.hostname || own.hostname.endsWith(`.${site.hostname}`)
}

/** Browsers also keep cookies without a name or beyond ASCII; neither is a login. */
function isSendable(name: string, value: string): boolean {
  return name !== '' && /^[ -~]*$/.test(name + value)
}
