import { raise } from './failure'

/**
 * The origin (`https://host[:port]`, lower case, no slash) of what a person typed or pasted.
 * A missing scheme means https, except for loopback hosts, where a certificate is rare.
 *
 * @throws `input` with field `origin` when it is not an http(s) address.
 */
export function parseOrigin(text: string): string {
  const trimmed = text.trim()
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed)
    ? trimmed
    : `${isLoopbackHost(trimmed) ? 'http' : 'https'}://${trimmed}`
  const url = URL.canParse(withScheme) ? new URL(withScheme) : null
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '') {
    return raise({ class: 'input', reason: 'not-a-web-address', field: 'origin' })
  }
  if (url.username !== '' || url.password !== '') {
    return raise({ class: 'input', reason: 'address-with-login', field: 'origin' })
  }
  return url.origin
}

/** Whether `text` is exactly what {@link parseOrigin} would make of it. */
export function isOrigin(text: string): boolean {
  try {
    return parseOrigin(text) === text
  } catch {
    return false
  }
}

/** The match pattern that grants access to one origin's host (patterns carry no port). */
export function accessPattern(origin: string): string {
  const { protocol, hostname } = new URL(origin)
  return `${protocol}//${hostname}/*`
}

function isLoopbackHost(text: string): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\]|[a-z0-9.-]+\.localhost)(:\d+)?(\/|$)/i.test(text)
}
