/** Longest `Cookie` header made here, in characters; common servers refuse more. */
export const MAX_COOKIE_HEADER = 16 * 1024

export interface CookiePair {
  readonly name: string
  readonly value: string
}

/** The cookies of a `Cookie` header in their order; what is none is left out. */
export function parseCookieHeader(header: string): CookiePair[] {
  return header.split(';').flatMap((part) => pairOf(part) ?? [])
}

/** The `Cookie` header of these cookies. One that would make it too long is left out. */
export function printCookieHeader(pairs: readonly CookiePair[]): string {
  return pairs.reduce((header, { name, value }) => {
    const longer = `${header}${header === '' ? '' : '; '}${name}=${value}`
    return longer.length > MAX_COOKIE_HEADER ? header : longer
  }, '')
}

/**
 * What a `Cookie` header becomes when a site answers with these `Set-Cookie` values, taken in their
 * order. The copy is for one origin and knows names only: a cookie limited to some path or domain
 * is kept like any other. Malformed values change nothing.
 */
export function mergeSetCookies(header: string, values: readonly string[], nowMs: number): string {
  const merged = values.reduce((pairs, value) => {
    const [first = '', ...attributes] = value.split(';')
    const pair = pairOf(first)
    return pair ? withCookie(pairs, pair, isGone(attributes, nowMs)) : pairs
  }, parseCookieHeader(header))
  return printCookieHeader(merged)
}

/** Replaces in place: sites that are sent one name twice take the first. */
function withCookie(pairs: CookiePair[], pair: CookiePair, isDeleted: boolean): CookiePair[] {
  const at = pairs.findIndex(({ name }) => name === pair.name)
  const others = pairs.filter(({ name }) => name !== pair.name)
  return isDeleted ? others : others.toSpliced(at < 0 ? others.length : at, 0, pair)
}

/** Printable ASCII with a name: anything else could end the header early or be no cookie. */
function pairOf(text: string): CookiePair | null {
  const [, name = '', value = ''] = /^([^=]*)=(.*)$/s.exec(text) ?? []
  const pair = { name: name.trim(), value: value.trim() }
  return pair.name !== '' && /^[ -~]*$/.test(pair.name + pair.value) ? pair : null
}

/** `Max-Age` outranks `Expires`; of one said twice, the last counts (RFC 6265, 5.2 and 5.3). */
function isGone(attributes: readonly string[], nowMs: number): boolean {
  const said = attributes.flatMap((text) => pairOf(text) ?? [])
  const last = (attribute: string, shape: RegExp) =>
    said.findLast(({ name, value }) => name.toLowerCase() === attribute && shape.test(value))?.value
  const maxAge = last('max-age', /^-?\d+$/)
  if (maxAge !== undefined) return Number(maxAge) <= 0
  // Browsers want a time of day, too; `Date.parse` alone would take any number for a year.
  const expires = last('expires', /\d:\d\d?:\d/)
  return expires !== undefined && Date.parse(expires) <= nowMs
}
