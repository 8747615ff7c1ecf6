/** Longest text of a site that is kept with a failure, in UTF-16 units. */
export const DETAIL_LIMIT = 200

/** More of a hostile answer than this is not even looked at. */
const INPUT_LIMIT = 20_000

const MARK = '[…]'

/** Order matters: named places first, shapes of secrets after them. */
const RULES: readonly (readonly [RegExp, string])[] = [
  [/\b(https?:\/\/)[^\s/@"'<>]*@/gi, '$1'],
  [/(\bhttps?:\/\/[^\s?#"'<>]*)[?#][^\s"'<>]*/gi, `$1?${MARK}`],
  [/\b(Bearer|Basic)\s+[^\s"',;]+/gi, `$1 ${MARK}`],
  [
    /\b((?:access_?|refresh_?|api_?)?(?:token|key|secret|session|cookie)|password|passwd|pwd|authorization)(["']?\s*[:=]\s*["']?)[^\s"',;&]+/gi,
    `$1$2${MARK}`,
  ],
  // The longest parts an address may have: a run of letters without end costs no time.
  [/[^\s@<>"'(),;:]{1,64}(?:@|%40)[^\s@<>"'(),;:]{1,253}\.[a-z]{2,}/gi, MARK],
  [/\bsk-[\w-]{6,}/g, MARK],
  [/\beyJ[\w-]{5,}(?:\.[\w-]*)*/g, MARK],
  [/[0-9a-f]{16,}/gi, MARK],
  // A PAT has 28 to 32 characters, an API key 48; long words of error codes have no digit.
  [/[\w+/=~%-]{24,}/g, MARK],
  [/(?=[A-Za-z_+/=~%-]*\d)[\w+/=~%-]{16,}/g, MARK],
]

/**
 * Makes a site's own words fit to store and show: one line, at most `limit` characters, without
 * anything that has the shape of a credential and without `secrets` (the exact values the call
 * carried, 4 characters or more).
 */
export function redact(
  text: string,
  secrets: readonly string[] = [],
  limit = DETAIL_LIMIT,
): string {
  let shown = hideSecrets(text, secrets).slice(0, INPUT_LIMIT)
  // Control characters have no place in one line.
  shown = shown.replace(/[\s\p{Cc}]+/gu, ' ')
  for (const [shape, mark] of RULES) shown = shown.replace(shape, mark)
  shown = hideSecrets(shown, secrets).trim()
  return shown.length <= limit ? shown : `${wholeCharacters(shown, limit - 1)}…`
}

/**
 * Cuts these values (4 characters or more) out of a text, in capitals and small letters and with any
 * of their signs percent-encoded.
 */
export function hideSecrets(text: string, secrets: readonly string[]): string {
  // The longest first: one secret may contain another.
  const longestFirst = secrets
    .filter((secret) => secret.length >= 4)
    .sort((a, b) => b.length - a.length)
  return longestFirst.reduce((shown, secret) => shown.replace(patternOf(secret), MARK), text)
}

function patternOf(secret: string): RegExp {
  const parts = Array.from(secret, (char) =>
    /[a-z0-9]/i.test(char) ? char : `(?:${escaped(char)}|${percentEncoded(char)})`,
  )
  return new RegExp(parts.join(''), 'gi')
}

const escaped = (char: string): string => char.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&')

/** As `encodeURIComponent`, but of every sign and without failing. */
function percentEncoded(char: string): string {
  const bytes = Array.from(new TextEncoder().encode(char))
  return bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
}

/** Cuts without leaving half of a surrogate pair. */
function wholeCharacters(text: string, length: number): string {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, '')
}
