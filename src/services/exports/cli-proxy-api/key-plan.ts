import type { ApiType } from '@/src/domain/chat-endpoints'
import type { ExportRecord } from '@/src/domain/export-record'

import type { Wish } from '../gateway-client'
import { type JsonObject, sameJson, textOf } from '../json'
import { canonicalAddress, protocolBase, sameKey, versionedBase } from '../upstream'
import type { ListName } from './management'
import { mergedModels, modelEntry } from './models'
import type { Plan, Planner } from './plan'

type KeyType = Exclude<ApiType, 'openai-compatible'>

const LISTS: Readonly<Record<KeyType, ListName>> = {
  openai: 'codex-api-key',
  anthropic: 'claude-api-key',
  google: 'gemini-api-key',
}

/** Lists with one entry for each key (`contracts/exports.md 4.4`). */
export function planKey(record: ExportRecord, wish: Wish, apiType: KeyType): Planner {
  const list = LISTS[apiType]
  // Only Codex's calls begin behind the version.
  const base = apiType === 'openai' ? versionedBase(record, apiType) : protocolBase(record, apiType)
  const find = (entries: readonly JsonObject[], key: string) =>
    entries.find(
      (entry) =>
        sameKey(textOf(entry, 'api-key'), key) &&
        canonicalAddress(textOf(entry, 'base-url')) === canonicalAddress(base),
    )
  return {
    list,
    holds: (entries) => find(entries, record.key) !== undefined,
    plan(entries): Plan {
      const own = find(entries, record.key)
      const old = wish.oldKey === undefined ? undefined : find(entries, wish.oldKey)
      const hit = own ?? old
      const providerName = ''
      if (!hit) return { act: 'append', entry: newEntry(record, wish, base), providerName }
      const models = mergedModels(hit, wish)
      const entry = {
        ...hit,
        ...(own ? {} : { 'api-key': record.key }),
        ...(sameJson(models, hit['models'] ?? []) ? {} : { models }),
      }
      if (sameJson(entry, hit)) return { act: 'nothing', providerName }
      const at = entries.indexOf(hit)
      return { act: 'change', at, entry, by: selectorOf(list, entries, hit, own), providerName }
    },
  }
}

function newEntry(record: ExportRecord, wish: Wish, base: string): JsonObject {
  return {
    'api-key': record.key,
    'base-url': base,
    'proxy-url': '',
    // Without models the server offers its own catalogue of that type.
    models: wish.models.map(modelEntry),
    headers: {},
  }
}

/** `PATCH` takes no models of Gemini entries, and no entry another key. */
function selectorOf(
  list: ListName,
  entries: readonly JsonObject[],
  hit: JsonObject,
  own: JsonObject | undefined,
) {
  if (list === 'gemini-api-key' || !own) return 'list'
  const key = textOf(hit, 'api-key')
  const isUnique = entries.filter((entry) => textOf(entry, 'api-key') === key).length === 1
  return isUnique ? { match: key } : { index: entries.indexOf(hit) }
}
