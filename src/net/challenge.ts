import type { SiteResponse } from './transport'

/** Signs that are enough alone (`features/accounts-and-keys.md 3.5`, "strong"). */
const STRONG_SIGNS: readonly RegExp[] = [
  /_cf_chl_opt/,
  /\/cdn-cgi\/challenge-platform\//,
  /\/cdn-cgi\/images\/trace\/jsch\//,
  /\b(?:id|class)=["'][^"']*\bchallenge-form\b/i,
  /__cf_chl_f_tk/,
  // Alibaba: a script that computes the cookie (`contracts/new-api.md 13`, AnyRouter).
  /acw_sc__v2/,
]

/** Weaker signs with their points; three points make a challenge. */
const WEAK_SIGNS: readonly (readonly [RegExp, number])[] = [
  [/\bid=["']cf-content["']/i, 2],
  [/\bid=["']cf-wrapper["']/i, 2],
  [/\bcf-error-code\b[^>]*>\s*1020\b/i, 2],
  [/<title>[^<]*(?:Just a moment|Checking your browser|Attention Required|请稍候)/i, 1],
]

const TURNSTILE = /challenges\.cloudflare\.com/i

/** Only this much of a page is searched: the signs sit in the head or near it. */
const SEARCHED = 200_000

/** Whether an answer is a protection page standing in for the real one. */
export function isChallenge(response: SiteResponse): boolean {
  if (response.header('cf-mitigated')?.toLowerCase() === 'challenge') return true
  if (!isHtml(response)) return false
  const page = response.text.slice(0, SEARCHED)
  if (STRONG_SIGNS.some((sign) => sign.test(page))) return true
  const points = WEAK_SIGNS.reduce((sum, [sign, worth]) => sum + (sign.test(page) ? worth : 0), 0)
  // A Turnstile widget adds to other signs and is none by itself: login pages have it.
  return points > 0 && points + (TURNSTILE.test(page) ? 1 : 0) >= 3
}

/** Whether something in front of the site answered, not the site: as `classifyAnswer` decides. */
export function standsInFront(response: SiteResponse): boolean {
  if (isChallenge(response) || isFirewallPage(response)) return true
  return response.status === 403 && isHtml(response)
}

/** Whether the answer is a web page, by its media type or, without one, by its first characters. */
export function isHtml(response: Pick<SiteResponse, 'contentType' | 'text'>): boolean {
  if (response.contentType === 'text/html' || response.contentType === 'application/xhtml+xml') {
    return true
  }
  return response.contentType === '' && /^\s*<(?:!doctype|html)\b/i.test(response.text)
}

/**
 * Whether a 401 or 429 comes from a firewall in front of the site: a page, without `Retry-After`
 * (`contracts/new-api.md 1.6`).
 */
export function isFirewallPage(response: SiteResponse): boolean {
  const { status } = response
  return (
    (status === 401 || status === 429) &&
    isHtml(response) &&
    response.header('retry-after') === null
  )
}
