import { withSuffix } from '@/src/domain/base-url'
import type { ApiType } from '@/src/domain/chat-endpoints'
import type { ExportRecord } from '@/src/domain/export-record'
import { raise } from '@/src/domain/failure'

const PROTOCOLS = {
  'openai-compatible': 'chat',
  openai: 'responses',
  anthropic: 'anthropic',
  google: 'google',
} as const satisfies Record<ApiType, keyof ExportRecord['endpoints']>

/**
 * The address one protocol of a site lives below, `{o}` of `contracts/exports.md 0.3`; never with a
 * slash at its end.
 *
 * @throws `unsupported`/`gateway-protocol-missing` when the site's software does not speak it.
 */
export function protocolBase({ baseUrl, endpoints }: ExportRecord, apiType: ApiType): string {
  const path =
    endpoints[PROTOCOLS[apiType]] ??
    raise({ class: 'unsupported', reason: 'gateway-protocol-missing' })
  return `${baseUrl.replace(/\/+$/, '')}${path.replace(/\/+$/, '')}`
}

/** The same with the version OpenAI's clients and gateways expect there. */
export function versionedBase(record: ExportRecord, apiType: ApiType): string {
  return withSuffix(protocolBase(record, apiType), '/v1')
}

/** An address as it is compared: host in small letters, no default port, no slash at its end. */
export function canonicalAddress(address: string): string {
  const trimmed = address.trim()
  const url = URL.canParse(trimmed) ? new URL(trimmed) : null
  return (url ? url.origin + url.pathname + url.search : trimmed).replace(/\/+$/, '')
}

/** Whether two texts are one key: sites of the One API lineage take it with and without `sk-`. */
export function sameKey(a: string, b: string): boolean {
  return a !== '' && a.trim().replace(/^sk-/, '') === b.trim().replace(/^sk-/, '')
}

/** Host of the site, for names. */
export function hostOf({ baseUrl }: ExportRecord): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl
}
