import { emptyReply, htmlReply, jsonReply, type Reply } from '../../relays/kit/reply'
import {
  createGatewayServer,
  type GatewayDouble,
  type GatewayRequest,
  textReply,
} from '../gateway-server'
import { type AuthRules, createAuth } from './auth'
import { type Entry, type ListName, LISTS, patched, plainKeysOnly, shown, tidy } from './entries'

export interface CliProxyApiOptions extends Partial<AuthRules> {
  /** `null` = a server of before November 2025, which tells none. */
  readonly version?: string | null
  /** Servers of before 21 December 2025 put the value in the entry's place. */
  readonly patch?: 'merge' | 'replace'
  /** Servers of before September 2025 have plain keys. */
  readonly keys?: 'entries' | 'plain'
  /** Servers of before October 2025 have no list for Gemini. */
  readonly lists?: readonly ListName[]
  /** How many readings after a write still show the list as it was. */
  readonly staleReadings?: number
}

/** CLIProxyAPI's management interface as `contracts/exports.md 4` has it. */
export interface CliProxyApi extends GatewayDouble {
  /** The lists as the server's file holds them. */
  readonly lists: Record<ListName, Entry[]>
}

const BASE = '/v0/management/'

export function createCliProxyApi(options: CliProxyApiOptions = {}): CliProxyApi {
  const refusal = createAuth({
    secret: 'management-secret',
    allowRemote: false,
    isRemote: false,
    now: () => Date.now(),
    ...options,
  })
  const lists: CliProxyApi['lists'] = {
    'openai-compatibility': [],
    'claude-api-key': [],
    'codex-api-key': [],
    'gemini-api-key': [],
  }
  const known: readonly ListName[] = options.lists ?? LISTS
  /** What readings still show after a write, and how often. */
  const old = new Map<ListName, { entries: Entry[]; left: number }>()

  function take(list: ListName, entries: readonly Entry[]): Reply {
    if (options.keys === 'plain' && !hasPlainKeys(entries)) {
      return jsonReply({ error: 'invalid body' }, 400)
    }
    const left = options.staleReadings ?? 0
    if (left > 0) old.set(list, { entries: lists[list], left })
    const readable = options.keys === 'plain' ? plainKeysOnly(entries) : entries
    lists[list] = tidy(list, readable)
    return jsonReply({ status: 'ok' })
  }

  function show(list: ListName): Reply {
    const before = old.get(list)
    const isOld = before !== undefined && before.left-- > 0
    const entries = isOld ? before.entries : lists[list]
    return jsonReply({ [list]: entries.length === 0 ? null : shown(list, entries) })
  }

  function patch(list: ListName, body: Entry): Reply {
    const entries = lists[list]
    const value = body['value'] as Entry | undefined
    if (value === undefined) return jsonReply({ error: 'invalid body' }, 400)
    const at = placeOf(list, entries, body)
    const entry = entries[at]
    if (!entry) return jsonReply({ error: 'item not found' }, 404)
    const isWhole = options.patch === 'replace'
    const next = isWhole ? value : patched(list, entry, value)
    if (text(next['base-url']) === '' && list !== 'claude-api-key') {
      return take(list, entries.toSpliced(at, 1))
    }
    return take(list, entries.with(at, next))
  }

  function answer(request: GatewayRequest): Reply {
    if (!request.path.startsWith(BASE)) return htmlReply('<!doctype html><title>Proxy</title>')
    const refused = refusal(request)
    if (refused) return refused
    const list = known.find((name) => request.path === BASE + name)
    if (!list) return textReply('404 page not found', 404)
    if (request.method === 'GET') return show(list)
    const { body } = request
    if (request.method === 'PATCH' && isEntry(body)) return patch(list, body)
    if (request.method === 'PUT') return put(list, body, take)
    return emptyReply(405)
  }

  const server = createGatewayServer(answer, () => {
    const version = options.version === undefined ? '7.2.140' : options.version
    return version === null ? {} : { 'X-CPA-VERSION': version, 'X-CPA-COMMIT': 'abc' }
  })
  return { ...server, lists }
}

/** An array, or `{"items":[…]}` that is not empty; an empty array clears. */
function put(
  list: ListName,
  body: unknown,
  take: (list: ListName, entries: readonly Entry[]) => Reply,
): Reply {
  const entries = isEntry(body) ? body['items'] : body
  const isEmptyObject = isEntry(body) && Array.isArray(entries) && entries.length === 0
  if (!Array.isArray(entries) || isEmptyObject) return jsonReply({ error: 'invalid body' }, 400)
  return take(list, entries as Entry[])
}

/** The index wins when it is in range; otherwise the first of that name or key. */
function placeOf(list: ListName, entries: readonly Entry[], body: Entry): number {
  const { index } = body
  if (typeof index === 'number' && index >= 0 && index < entries.length) return index
  const [field, wanted]: readonly [string, unknown] =
    list === 'openai-compatibility' ? ['name', body['name']] : ['api-key', body['match']]
  return entries.findIndex((entry) => entry[field] === text(wanted).trim())
}

/** Go refuses an object where it expects a text. */
function hasPlainKeys(entries: readonly Entry[]): boolean {
  return entries.every((entry) => {
    const keys = entry['api-keys'] ?? []
    return Array.isArray(keys) && keys.every((key) => typeof key === 'string')
  })
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
