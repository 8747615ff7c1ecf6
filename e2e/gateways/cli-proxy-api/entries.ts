/** An entry as the server's file holds it; fields of newer servers included. */
export type Entry = Record<string, unknown>

export const LISTS = [
  'openai-compatibility',
  'claude-api-key',
  'codex-api-key',
  'gemini-api-key',
] as const

export type ListName = (typeof LISTS)[number]

/** Fields a `PATCH` takes over (`contracts/exports.md 4.3, 4.4`). */
const COMMON =
  'prefix base-url proxy-url headers excluded-models disable-cooling request-retry request-scoped-errors weight api-key'
const PATCHABLE: Readonly<Record<ListName, readonly string[]>> = {
  'openai-compatibility':
    'name prefix disabled disable-cooling base-url api-key-entries api-keys models headers support-prompt-cache-key request-retry request-scoped-errors'.split(
      ' ',
    ),
  'claude-api-key': `${COMMON} models`.split(' '),
  'codex-api-key': `${COMMON} models`.split(' '),
  'gemini-api-key': COMMON.split(' '),
}

export function patched(list: ListName, entry: Entry, value: Entry): Entry {
  const taken = Object.entries(value).filter(([name]) => PATCHABLE[list].includes(name))
  return { ...entry, ...Object.fromEntries(taken) }
}

/** What the server makes of a list whenever it takes one over. */
export function tidy(list: ListName, entries: readonly Entry[]): Entry[] {
  const own = entries.map((entry) => namedModels(ownFields(entry)))
  if (list === 'gemini-api-key') return withoutDoubles(own)
  if (list === 'claude-api-key') return own
  return own.filter((entry) => text(entry['base-url']).trim() !== '')
}

/** `auth-index` is only shown: one that is sent is dropped. */
function ownFields(entry: Entry): Entry {
  const { 'auth-index': _, ...own } = entry
  const keys = own['api-key-entries']
  return Array.isArray(keys) ? { ...own, 'api-key-entries': keys.map(ownKeyFields) } : own
}

function ownKeyFields(key: Entry): Entry {
  const { 'auth-index': _, ...own } = key
  return own
}

function namedModels(entry: Entry): Entry {
  if (!Array.isArray(entry['models'])) return entry
  const models = entry['models'].map((model: Entry) => ({
    ...model,
    alias: text(model['alias']) || model['name'],
  }))
  return { ...entry, models }
}

function withoutDoubles(entries: readonly Entry[]): Entry[] {
  const seen = new Set<string>()
  return entries.filter((entry) => {
    const fields = ['api-key', 'base-url', 'proxy-url', 'prefix', 'headers']
    const identity = JSON.stringify(fields.map((name) => entry[name] ?? ''))
    return !seen.has(identity) && seen.add(identity)
  })
}

/** As lists are shown: with the numbers the server gives its entries and keys. */
export function shown(list: ListName, entries: readonly Entry[]): Entry[] {
  return entries.map((entry, at) => {
    const keys = entry['api-key-entries']
    if (!Array.isArray(keys)) return { ...entry, 'auth-index': `${list}-${at}` }
    const pairs = keys.map((key: Entry, place) => ({ ...key, 'auth-index': `${at}.${place}` }))
    return { ...entry, 'api-key-entries': pairs, 'auth-index': `${list}-${at}` }
  })
}

/** A server of before September 2025: it knows plain keys only. */
export function plainKeysOnly(entries: readonly Entry[]): Entry[] {
  return entries.map(({ 'api-key-entries': _, ...entry }) => ({
    ...entry,
    'api-keys': entry['api-keys'] ?? null,
  }))
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
