import { hideSecrets, redact } from '@/src/net/redact'

/** Longest answer whose words are looked at. */
const INPUT_LIMIT = 20_000

/** Ways of writing that {@link redact} does not take back. */
const WRITINGS: readonly ((text: string) => string)[] = [
  // %73, \x73, \u0073, &#115;, &#x73;
  (text) =>
    text.replace(/(?:%|\\x|\\+u00|&#x)([0-9a-f]{2});?/gi, (_, hex: string) => charOf(hex, 16)),
  (text) => text.replace(/&#(\d{2,3});?/g, (_, number: string) => charOf(number, 10)),
  (text) =>
    text.replace(/(?:[0-9a-f]{2}[\s:]?){6,}/gi, (run) =>
      run.replace(/([0-9a-f]{2})[\s:]?/gi, (_, hex: string) => charOf(hex, 16)),
    ),
  (text) => text.replace(/[\w+/-]{8,}={0,2}/g, fromBase64),
  (text) => Array.from(text).reverse().join(''),
]

/** What is left of a secret when only letters and digits count, in small letters. */
const bare = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '')

/**
 * A server's own words, fit to keep and to show (`contracts/exports.md 8.7`): redacted, on one line,
 * short; `''` when the key may still be in them, in whatever writing.
 */
export function ownWords(text: string, key: string): string {
  const forms = formsOf(key)
  const shown = redact(text.slice(0, INPUT_LIMIT), forms)
    .replace(/\bAIza[\w-]{20,}/g, '[…]')
    .replace(/\b(x-(?:goog-)?api-key["']?\s*[:=]\s*["']?)[^\s"',;&]+/gi, '$1[…]')
  return holdsKey(shown, key) ? '' : shown
}

/** Whether a text holds the key, plainly or in one or two usual writings. */
export function holdsKey(text: string, key: string): boolean {
  const core = bare(withoutPrefix(key))
  if (core.length < 4) return hideSecrets(text, [key]) !== text
  const once = WRITINGS.map((write) => write(text))
  const twice = once.flatMap((written) => WRITINGS.map((write) => write(written)))
  return [text, ...once, ...twice].some((written) => bare(written).includes(core))
}

const withoutPrefix = (key: string): string => key.replace(/^sk-/, '')

/** The key, with and without its prefix, and both as base64. */
function formsOf(key: string): string[] {
  const plain = [key, withoutPrefix(key), `sk-${withoutPrefix(key)}`]
  const encoded = plain.flatMap((form) => {
    const base64 = btoa(String.fromCharCode(...new TextEncoder().encode(form)))
    const bareForm = base64.replace(/=+$/, '')
    return [bareForm, bareForm.replaceAll('+', '-').replaceAll('/', '_')]
  })
  return [...new Set([...plain, ...encoded])]
}

function charOf(digits: string, base: number): string {
  return String.fromCharCode(Number.parseInt(digits, base))
}

/** A run that may be base64, at each of its four possible beginnings; others stay as they are. */
function fromBase64(run: string): string {
  const plain = run.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '')
  const starts = [0, 1, 2, 3].map((start) => {
    const part = plain.slice(start)
    try {
      return atob(part.length % 4 === 1 ? part.slice(0, -1) : part)
    } catch {
      return ''
    }
  })
  return starts.join(' ')
}
