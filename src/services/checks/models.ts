import type { ApiType, Endpoints } from '@/src/domain/chat-endpoints'
import { withSuffix } from '@/src/domain/base-url'
import type { ExportRecord } from '@/src/domain/export-record'
import type { SiteRequest, SiteResponse, Transport } from '@/src/net/transport'

import { readAnswer } from './answer'
import { ANTHROPIC_VERSION } from './anthropic'
import { holdsKey } from './own-words'
import { type Document, objectsAt, textAt } from './protocol'
import { fail, refusalOf, unsupported, type Verdict } from './refusal'

const MAX_PAGES = 20
const MAX_MODELS = 2000
const PROBE_TIMEOUT_MS = 30_000

/**
 * Base addresses whose model list takes the key as a bearer only, as `<type> <base>`. Kept by the
 * caller for as long as it lives (`contracts/exports.md 8.2`).
 */
export type BearerBases = Set<string>

/** A model list, or why there is none. */
export type ModelList =
  | { readonly ok: true; readonly models: string[]; readonly httpStatus: number }
  | { readonly ok: false; readonly verdict: Verdict; readonly httpStatus?: number }

/** What a list is asked with. */
export interface ListPorts {
  readonly transportTo: (origin: string) => Transport
  readonly bearerBases: BearerBases
  readonly signal?: AbortSignal
}

/** Address of a protocol of a key, without version segment; `null` = not spoken there (0.3). */
export function baseOf(record: ExportRecord, apiType: ApiType): string | null {
  const endpoint = record.endpoints[ENDPOINT_OF[apiType]]
  return endpoint === null ? null : record.baseUrl + endpoint
}

const ENDPOINT_OF = {
  'openai-compatible': 'chat',
  openai: 'responses',
  anthropic: 'anthropic',
  google: 'google',
} as const satisfies Record<ApiType, keyof Endpoints>

/**
 * The live models of a key by one protocol (`contracts/exports.md 8.2`): at most 20 pages and 2000
 * models, none twice.
 *
 * @throws what the transport throws
 */
export async function listModels(
  ports: ListPorts,
  record: ExportRecord,
  apiType: ApiType,
): Promise<ModelList> {
  const isOpenAi = apiType === 'openai' || apiType === 'openai-compatible'
  // Both OpenAI protocols have one list, also where only one of them is spoken.
  const base = baseOf(record, isOpenAi ? 'openai-compatible' : apiType)
  if (base === null) return { ok: false, verdict: unsupported('protocol-unsupported') }
  return isOpenAi
    ? listOpenAi(ports, record.key, base)
    : listPages(ports, record.key, base, apiType === 'google' ? GOOGLE : ANTHROPIC)
}

async function listOpenAi(ports: ListPorts, key: string, base: string): Promise<ModelList> {
  const headers = { Authorization: `Bearer ${key}` }
  const first = await get(ports, `${withSuffix(base, '/v1')}/models`, headers)
  const isElsewhere = first.status === 404 || first.status === 405
  const response = isElsewhere ? await get(ports, `${base}/models`, headers) : first
  const page = readPage(response)
  // The address of the contract is the one whose answer counts.
  if (!page.ok) return isElsewhere ? refused(first) : page
  return listOf(key, page.names, page.httpStatus)
}

/** A protocol whose list comes in pages. */
interface Paged {
  readonly name: 'anthropic' | 'google'
  readonly version: '/v1' | '/v1beta'
  readonly keyHeaders: (key: string) => Record<string, string>
  readonly extraHeaders: Record<string, string>
  readonly firstQuery: Record<string, string>
  /** Query of the page after this one; `null` = it was the last. */
  readonly next: (page: Document) => Record<string, string> | null
}

const ANTHROPIC: Paged = {
  name: 'anthropic',
  version: '/v1',
  keyHeaders: (key) => ({ 'x-api-key': key }),
  extraHeaders: ANTHROPIC_VERSION,
  firstQuery: { limit: '200' },
  next: (page) => {
    const last = textAt(page, 'last_id')
    return page['has_more'] === true && last !== '' ? { limit: '200', after_id: last } : null
  },
}

const GOOGLE: Paged = {
  name: 'google',
  version: '/v1beta',
  keyHeaders: (key) => ({ 'x-goog-api-key': key }),
  extraHeaders: {},
  firstQuery: {},
  next: (page) => {
    const token = textAt(page, 'nextPageToken')
    return token === '' ? null : { pageToken: token }
  },
}

async function listPages(
  ports: ListPorts,
  key: string,
  base: string,
  paged: Paged,
): Promise<ModelList> {
  const names: string[] = []
  let query: Record<string, string> | null = paged.firstQuery
  let httpStatus = 200
  for (let page = 0; query && page < MAX_PAGES && names.length < MAX_MODELS; page += 1) {
    const response = await getWithKey(ports, key, base, paged, query)
    const read = readPage(response)
    if (!read.ok) return read
    names.push(...read.names)
    httpStatus = read.httpStatus
    query = paged.next(read.document)
  }
  return listOf(key, names, httpStatus)
}

/** By the protocol's own header; after a 401 once more with the key as a bearer. */
async function getWithKey(
  ports: ListPorts,
  key: string,
  base: string,
  paged: Paged,
  query: Record<string, string>,
): Promise<SiteResponse> {
  const address = `${withSuffix(base, paged.version)}/models`
  const mark = `${paged.name} ${base}`
  const bearer = { Authorization: `Bearer ${key}`, ...paged.extraHeaders }
  if (ports.bearerBases.has(mark)) return get(ports, address, bearer, query)
  const own = { ...paged.keyHeaders(key), ...paged.extraHeaders }
  const first = await get(ports, address, own, query)
  if (first.status !== 401) return first
  const second = await get(ports, address, bearer, query)
  if (second.status !== 401 && second.status !== 403) ports.bearerBases.add(mark)
  return second
}

function get(
  { transportTo, signal }: ListPorts,
  address: string,
  headers: Record<string, string>,
  query: Record<string, string> = {},
): Promise<SiteResponse> {
  const { origin, pathname } = new URL(address)
  const request: SiteRequest = {
    method: 'GET',
    path: pathname,
    query,
    headers,
    cookies: 'omit',
    budget: 'general',
    limitIsAnswer: true,
    timeoutMs: PROBE_TIMEOUT_MS,
  }
  return transportTo(origin)(request, signal ? { signal } : {})
}

type Page =
  | {
      readonly ok: true
      readonly names: string[]
      readonly document: Document
      readonly httpStatus: number
    }
  | Extract<ModelList, { ok: false }>

function readPage(response: SiteResponse): Page {
  const refusal = refusalOf('models', response)
  if (refusal) return { ok: false, verdict: refusal, httpStatus: response.status }
  const { documents } = readAnswer(response)
  const document = documents.find((one) => 'data' in one || 'models' in one)
  if (!document) return refused(response)
  // Gateways answer in the form of another protocol, too; Gemini's names are paths.
  const names = [...objectsAt(document, 'data'), ...objectsAt(document, 'models')]
    .map((model) => (textAt(model, 'id') || textAt(model, 'name')).replace(/^models\//, ''))
    // A wildcard is no model that could be called (`contracts/donehub.md 6.2`).
    .filter((name) => name !== '' && !name.endsWith('*'))
  return { ok: true, names, document, httpStatus: response.status }
}

function refused(response: SiteResponse): Extract<ModelList, { ok: false }> {
  const verdict = refusalOf('models', response) ?? fail('unexpected-shape', response.text)
  return { ok: false, verdict, httpStatus: response.status }
}

function listOf(key: string, names: readonly string[], httpStatus: number): ModelList {
  const models = [...new Set(names)].slice(0, MAX_MODELS).filter((name) => !holdsKey(name, key))
  return { ok: true, models, httpStatus }
}
