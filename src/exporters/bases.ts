import type { ApiType, Endpoints } from '@/src/domain/chat-endpoints'
import type { ExportRecord } from '@/src/domain/export-record'
import { raise } from '@/src/domain/failure'

/** Here and not taken from `domain/chat-endpoints.ts`, whose values would bring zod into pages. */
const ENDPOINTS = {
  'openai-compatible': 'chat',
  openai: 'responses',
  anthropic: 'anthropic',
  google: 'google',
} as const satisfies Record<ApiType, keyof Endpoints>

const VERSIONS: Record<ApiType, string> = {
  'openai-compatible': '/v1',
  openai: '/v1',
  anthropic: '/v1',
  google: '/v1beta',
}

export const ALL_PROTOCOLS: readonly ApiType[] = [
  'openai-compatible',
  'openai',
  'anthropic',
  'google',
]

export function isProtocol(text: string): text is ApiType {
  return Object.hasOwn(ENDPOINTS, text)
}

function speaks({ endpoints }: ExportRecord, type: ApiType): boolean {
  return endpoints[ENDPOINTS[type]] !== null
}

/** Those of the protocols that the sites of all records speak. */
export function commonProtocols(
  records: readonly ExportRecord[],
  among: readonly ApiType[],
): readonly ApiType[] {
  return among.filter((type) => records.every((record) => speaks(record, type)))
}

/**
 * `{o}` of `contracts/exports.md 0.4`: the address below which the protocol lives, without version
 * segment and trailing slash.
 * @throws `input` with field `apiType` when the site does not speak the protocol.
 */
export function protocolBase({ baseUrl, endpoints }: ExportRecord, type: ApiType): string {
  const path = endpoints[ENDPOINTS[type]]
  if (path === null) return raise({ class: 'input', field: 'apiType', reason: 'not-spoken' })
  return `${rootOf(baseUrl)}${path}`
}

/** `{o}/v1`, and `{o}/v1beta` for Google. */
export function versionedBase(record: ExportRecord, type: ApiType): string {
  return `${protocolBase(record, type)}${VERSIONS[type]}`
}

/** With version segment for the two OpenAI protocols, without for the others. */
export function openAiStyleBase(record: ExportRecord, type: ApiType): string {
  const isOpenAi = type === 'openai-compatible' || type === 'openai'
  return isOpenAi ? versionedBase(record, type) : protocolBase(record, type)
}

/** The address of the site, as in the record, for certain without a slash at its end. */
export function rootOf(baseUrl: string): string {
  return baseUrl.replace(/\/+$/, '')
}

/** Whether it is an http(s) address that carries nothing but host and path. */
export function isWebBase(baseUrl: string): boolean {
  if (!URL.canParse(baseUrl) || /[\s?#]/.test(baseUrl)) return false
  const { protocol, username, password } = new URL(baseUrl)
  return /^https?:$/.test(protocol) && username === '' && password === ''
}
