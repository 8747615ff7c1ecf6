import { isFailureError, raise } from '@/src/domain/failure'
import type { Json, SiteRequest, SiteResponse } from '@/src/net/transport'

import type { GatewayLine } from '../gateway-client'
import { isList, isObject, type JsonObject, parseJson, textOf, without } from '../json'
import { isEntryMissing, refuse } from './answers'

/** The lists keys go into (`contracts/exports.md 4.2`). */
export type ListName =
  'openai-compatibility' | 'claude-api-key' | 'codex-api-key' | 'gemini-api-key'

/** How a `PATCH` names its entry. */
export type Selector =
  { readonly name: string } | { readonly match: string } | { readonly index: number }

/** `missing`: no such entry. `unknown`: sent, and no answer tells what became of it. */
export type WriteFate = 'done' | 'missing' | 'unknown'

/** The management interface of CLIProxyAPI; no call is ever repeated by itself. */
export interface Management {
  /** Entries without what the server only shows, and its version if it tells one. */
  read(list: ListName): Promise<{ entries: readonly JsonObject[]; version: string | null }>
  /** Replaces a whole list: only right after it was read. */
  replace(list: ListName, entries: readonly JsonObject[]): Promise<WriteFate>
  change(list: ListName, selector: Selector, value: JsonObject): Promise<WriteFate>
}

export function createManagement(line: GatewayLine): Management {
  /** Keys of others in the lists that were read: a server's words may quote them. */
  const seen = new Set<string>([line.secret])

  async function send(list: ListName, part: Pick<SiteRequest, 'method' | 'body'>) {
    // A missing key counts as a failed try, and five of them lock everybody out for half an hour.
    if (line.secret === '') raise({ class: 'login', reason: 'gateway-key-missing' })
    const path = `${line.basePath}/${list}`
    const answer = await line.transport({
      ...part,
      path,
      headers: { Authorization: `Bearer ${line.secret}` },
      cookies: 'omit',
      budget: 'general',
    })
    return { answer, facts: { path, nowMs: line.now(), secrets: [...seen] } }
  }

  const note = (entries: readonly JsonObject[]) => {
    for (const text of secretsIn(entries)) seen.add(text)
  }

  async function write(
    list: ListName,
    part: Pick<SiteRequest, 'method' | 'body'>,
  ): Promise<WriteFate> {
    const sent = await send(list, part).catch((thrown: unknown) => {
      if (isFateless(thrown)) return null
      throw thrown
    })
    if (!sent) return 'unknown'
    const { answer, facts } = sent
    if (isEntryMissing(answer)) return 'missing'
    const body = answer.status === 200 ? parseJson(answer.text) : undefined
    if (!isObject(body) || textOf(body, 'status') !== 'ok') refuse(answer, facts)
    return 'done'
  }

  return {
    async read(list) {
      const { answer, facts } = await send(list, { method: 'GET' })
      const entries = entriesOf(answer, list) ?? refuse(answer, facts)
      note(entries)
      return { entries: entries.map(withoutShown), version: answer.header('x-cpa-version') }
    },
    replace(list, entries) {
      note(entries)
      return write(list, { method: 'PUT', body: entries })
    },
    change(list, selector, value) {
      note([value])
      return write(list, { method: 'PATCH', body: { ...selector, value } })
    },
  }
}

/** Whether a request may have arrived although no answer did. */
function isFateless(thrown: unknown): boolean {
  if (!isFailureError(thrown)) return false
  const { class: kind, reason } = thrown.failure
  return (
    kind === 'network' && (reason === 'timeout' || reason === 'cut-off' || reason === 'unreachable')
  )
}

function entriesOf(answer: SiteResponse, list: ListName): JsonObject[] | null {
  if (answer.status !== 200) return null
  const body = parseJson(answer.text)
  if (!isObject(body) || !Object.hasOwn(body, list)) return null
  const entries = body[list] ?? []
  return isList(entries) && entries.every((entry) => isObject(entry)) ? [...entries] : null
}

/** `auth-index` is told by the server and no part of the entry (4.2). */
function withoutShown(entry: JsonObject): JsonObject {
  const keys = entry['api-key-entries']
  const own = without(entry, 'auth-index')
  return isList(keys) ? { ...own, 'api-key-entries': keys.map(keyWithoutShown) } : own
}

const keyWithoutShown = (key: Json): Json => (isObject(key) ? without(key, 'auth-index') : key)

/** Keys, and what else of an entry may let somebody in. */
function secretsIn(entries: readonly JsonObject[]): string[] {
  return entries.flatMap((entry) => {
    const { 'api-key-entries': pairs, 'api-keys': plain, headers } = entry
    const listed = [...(isList(pairs) ? pairs : []), ...(isList(plain) ? plain : [])]
    const texts = listed.flatMap((key) => (isObject(key) ? ownSecrets(key) : key))
    const sent = isObject(headers) ? Object.values(headers) : []
    return [...ownSecrets(entry), ...texts, ...sent].filter((text) => typeof text === 'string')
  })
}

const ownSecrets = (entry: JsonObject): string[] => [
  textOf(entry, 'api-key'),
  textOf(entry, 'proxy-url'),
]
