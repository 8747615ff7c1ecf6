import type { ExportRecord } from '@/src/domain/export-record'
import { raise } from '@/src/domain/failure'
import type { Json } from '@/src/net/transport'

import type { Wish } from '../gateway-client'
import { isList, isObject, type JsonObject, sameJson, textOf } from '../json'
import { canonicalAddress, hostOf, sameKey, versionedBase } from '../upstream'
import { mergedModels, modelEntry } from './models'
import type { Plan, Planner } from './plan'

/** Providers with several keys each (`contracts/exports.md 4.3, 4.5`). */
export function planProvider(record: ExportRecord, wish: Wish): Planner {
  const base = versionedBase(record, wish.apiType)
  const hits = (entries: readonly JsonObject[]) =>
    entries.filter((entry) => baseOf(entry) === baseOf({ 'base-url': base }))
  return {
    list: 'openai-compatibility',
    holds: (entries) => hits(entries).some((entry) => hasKey(entry, record.key)),
    plan(entries): Plan {
      const hit = choose(hits(entries), record, wish)
      if (!hit) return append(entries, base, record, wish)
      const providerName = textOf(hit, 'name')
      const entry = merged(hit, record, wish)
      if (sameJson(entry, hit)) return { act: 'nothing', providerName }
      const isUnique = entries.filter((one) => textOf(one, 'name') === providerName).length === 1
      const at = entries.indexOf(hit)
      const isName = providerName !== '' && providerName === providerName.trim()
      const by = isUnique && isName ? { name: providerName } : { index: at }
      return { act: 'change', at, entry, by, providerName }
    },
  }
}

function baseOf(entry: JsonObject): string {
  const address = canonicalAddress(textOf(entry, 'base-url'))
  return canonicalAddress(address.replace(/\/chat\/completions$/, ''))
}

/** The one that holds the key (or the key it replaces), else the one of that name. */
function choose(
  hits: readonly JsonObject[],
  record: ExportRecord,
  wish: Wish,
): JsonObject | undefined {
  if (hits.length < 2) return hits[0]
  const { oldKey } = wish
  return (
    hits.find((entry) => hasKey(entry, record.key)) ??
    (oldKey ? hits.find((entry) => hasKey(entry, oldKey)) : undefined) ??
    hits.find((entry) => isNamed(entry, nameOf(record, wish))) ??
    raise({ class: 'input', field: 'providerName', reason: 'ambiguous-provider' })
  )
}

function append(
  entries: readonly JsonObject[],
  base: string,
  record: ExportRecord,
  wish: Wish,
): Plan {
  const providerName = freeName(entries, record, wish)
  const entry = {
    name: providerName,
    'base-url': base,
    // Servers of before September 2025 know plain keys only.
    ...(entries.some(isPlain)
      ? { 'api-keys': [record.key] }
      : { 'api-key-entries': [pair(record)] }),
    models: needed(wish.models.map(modelEntry)),
    headers: {},
  }
  return { act: 'append', entry, providerName }
}

function merged(hit: JsonObject, record: ExportRecord, wish: Wish): JsonObject {
  const field = isPlain(hit) ? 'api-keys' : 'api-key-entries'
  const models = needed(mergedModels(hit, wish))
  const keys = mergedKeys(hit, record, wish.oldKey)
  return {
    ...hit,
    ...(keys ? { [field]: keys } : {}),
    ...(sameJson(models, hit['models']) ? {} : { models }),
  }
}

/** `null` = they are right as they are. */
function mergedKeys(
  hit: JsonObject,
  record: ExportRecord,
  oldKey: string | undefined,
): readonly Json[] | null {
  const keys = keysOf(hit)
  const isThere = keys.some((key) => sameKey(keyText(key), record.key))
  const isOld = (key: Json) => oldKey !== undefined && sameKey(keyText(key), oldKey)
  const renew = (key: Json): Json =>
    isObject(key) ? { ...key, 'api-key': record.key } : record.key
  if (isThere) return keys.some(isOld) ? keys.filter((key) => !isOld(key)) : null
  if (keys.some(isOld)) return keys.map((key) => (isOld(key) ? renew(key) : key))
  return [...keys, isPlain(hit) ? record.key : pair(record)]
}

const pair = ({ key }: ExportRecord): JsonObject => ({ 'api-key': key, 'proxy-url': '' })

/** An empty list would register no model at all. */
function needed(models: readonly Json[]): readonly Json[] {
  if (models.length > 0) return models
  return raise({ class: 'input', field: 'models', reason: 'gateway-no-models' })
}

const isPlain = (entry: JsonObject): boolean => 'api-keys' in entry && !('api-key-entries' in entry)

function keysOf(entry: JsonObject): readonly Json[] {
  const keys = entry[isPlain(entry) ? 'api-keys' : 'api-key-entries']
  return isList(keys) ? keys : []
}

function keyText(key: Json): string {
  if (typeof key === 'string') return key
  return isObject(key) ? textOf(key, 'api-key') : ''
}

const hasKey = (entry: JsonObject, key: string): boolean =>
  keysOf(entry).some((one) => sameKey(keyText(one), key))

const nameOf = (record: ExportRecord, wish: Wish): string =>
  wish.providerName.trim() || record.siteName.trim() || hostOf(record)

const isNamed = (entry: JsonObject, name: string): boolean =>
  textOf(entry, 'name').trim().toLowerCase() === name.toLowerCase()

function freeName(entries: readonly JsonObject[], record: ExportRecord, wish: Wish): string {
  const name = nameOf(record, wish)
  const isFree = (candidate: string) => !entries.some((entry) => isNamed(entry, candidate))
  if (isFree(name)) return name
  const withHost = `${name} (${hostOf(record)})`
  let candidate = withHost
  for (let count = 2; !isFree(candidate); count++) candidate = `${withHost} #${count}`
  return candidate
}
