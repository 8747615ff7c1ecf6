import type { GatewayKind } from './export-record'
import { raise } from './failure'

/** Where a gateway is, from what a person typed or pasted. */
export interface GatewayAddress {
  /** Origin and path, without a slash at its end. */
  readonly address: string
  /** A token the pasted address carried (`contracts/exports.md 5.3`); it must not stay there. */
  readonly token?: string
}

/** Tails of addresses people copy from the gateway's own pages (`contracts/exports.md 4, 5`). */
const TAILS: Readonly<Record<GatewayKind, RegExp>> = {
  'cli-proxy-api': /(?:\/v0\/management(?:\/.*)?|\/management\.html)$/,
  'claude-code-router': /\/(?:ui|api)(?:\/.*)?$/,
}

/** What comes behind the rest of the path. */
const MANAGEMENT: Readonly<Record<GatewayKind, string>> = {
  'cli-proxy-api': '/v0/management',
  'claude-code-router': '',
}

/**
 * The address of a gateway's management interface. Without a scheme it is `http` for hosts of the
 * user's own network, where certificates are rare, and `https` for all others.
 *
 * @throws `input`, field `address`: `required`, `not-a-web-address`, `address-with-login`.
 */
export function parseGatewayAddress(kind: GatewayKind, text: string): GatewayAddress {
  const url = webAddress(text.trim())
  if (url.username !== '' || url.password !== '') refuse('address-with-login')
  const path = url.pathname.replace(/\/+$/, '').replace(TAILS[kind], '').replace(/\/+$/, '')
  const token = url.searchParams.get('ccr_web_token')
  return {
    address: url.origin + path + MANAGEMENT[kind],
    ...(token ? { token } : {}),
  }
}

function webAddress(text: string): URL {
  if (text === '') refuse('required')
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text)
  const address = hasScheme ? text : `${isNear(text) ? 'http' : 'https'}://${text}`
  const url = URL.canParse(address) ? new URL(address) : null
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '') {
    return refuse('not-a-web-address')
  }
  return url
}

/** Loopback, private ranges (RFC 1918) and names without a dot. */
function isNear(text: string): boolean {
  const host = (/^(\[[^\]]*\]|[^/:?#]*)/.exec(text)?.[1] ?? '').toLowerCase()
  return (
    /^(?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)\d/.test(host) ||
    /^(?:\[::1\]|[^.[]+|.*\.(?:localhost|local|lan|internal))$/.test(host)
  )
}

function refuse(reason: string): never {
  return raise({ class: 'input', reason, field: 'address' })
}
