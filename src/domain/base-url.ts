import type { ApiType } from './chat-endpoints'
import { failed, ok, raise, type Result } from './failure'

/** Quotes and punctuation a copied address brings along, at either end. */
const BEFORE = /^[\s"'`“”‘’«»「『《<（(【{,;，、。；：]+/u
const AFTER = /[\s"'`“”‘’«»」』》>）)】},;，、。；：.!?！？]+$/u
const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i
/** `/v1`, `/v1beta`, `/v3`, at the end of a path. */
const VERSION = /\/v\d+(?:(?:alpha|beta)\d*)?$/

/**
 * The base address of an API as it is stored, from what was typed or pasted
 * (`features/accounts-and-keys.md 7.2`): http(s), without login, query, fragment, the last version
 * segment with all behind it, and trailing slashes. Other parts of the path are kept.
 *
 * Failures are `input` with field `baseUrl`: `required` or `not-a-web-address`.
 */
export function normaliseBaseUrl(text: string, apiType: ApiType): Result<string> {
  const trimmed = text.replace(BEFORE, '').replace(AFTER, '')
  if (trimmed === '') return failed({ class: 'input', reason: 'required', field: 'baseUrl' })
  const url = webAddress(trimmed)
  if (!url) return failed({ class: 'input', reason: 'not-a-web-address', field: 'baseUrl' })
  const segments = url.pathname.split('/')
  const version = segments.lastIndexOf(apiType === 'google' ? 'v1beta' : 'v1')
  const path = (version < 0 ? segments : segments.slice(0, version)).join('/')
  return ok(url.origin + withoutSlashes(path))
}

/**
 * The address with `suffix` (`/v1`) at its end, once; doubled and trailing slashes go
 * (`contracts/exports.md 0.2`).
 *
 * @throws `input`/`not-a-web-address` (field `baseUrl`)
 */
export function withSuffix(address: string, suffix: string): string {
  const { origin, pathname } = mustBeWeb(address)
  const path = withoutSlashes(pathname.replace(/\/{2,}/g, '/'))
  return origin + (path.endsWith(suffix) ? path : path + suffix)
}

/**
 * The address below which an API's calls are: with `suffix` (`/v1`) at its end, unless a version
 * segment is there already (`contracts/exports.md 8.2`).
 *
 * @throws `input`/`not-a-web-address` (field `baseUrl`)
 */
export function withVersion(address: string, suffix: string): string {
  const { origin, pathname } = mustBeWeb(address)
  const path = withoutSlashes(pathname)
  return VERSION.test(path) ? origin + path : withSuffix(address, suffix)
}

/**
 * The address without query, trailing slash and a version segment at its end; other segments stay
 * (`contracts/exports.md 0.2`).
 *
 * @throws `input`/`not-a-web-address` (field `baseUrl`)
 */
export function rootOf(address: string): string {
  const { origin, pathname } = mustBeWeb(address)
  return origin + withoutSlashes(withoutSlashes(pathname).replace(VERSION, ''))
}

function mustBeWeb(address: string): URL {
  return (
    webAddress(address.trim()) ??
    raise({ class: 'input', reason: 'not-a-web-address', field: 'baseUrl' })
  )
}

function webAddress(text: string): URL | null {
  const withScheme = SCHEME.test(text) ? text : `https://${text}`
  const url = URL.canParse(withScheme) ? new URL(withScheme) : null
  return url && /^https?:$/.test(url.protocol) && url.hostname !== '' ? url : null
}

function withoutSlashes(path: string): string {
  return path.replace(/\/+$/, '')
}
