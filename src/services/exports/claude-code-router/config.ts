import type { ApiType } from '@/src/domain/chat-endpoints'
import type { ExportRecord } from '@/src/domain/export-record'
import { raise } from '@/src/domain/failure'

import type { Placed, Wish } from '../gateway-client'
import { isList, isObject, type JsonObject, sameJson, textOf } from '../json'
import { canonicalAddress, hostOf, protocolBase, sameKey, versionedBase } from '../upstream'

/** `v2`: version 1 and 2, one file over HTTP. `v3`: the rewrite, calls over one address. */
export type RouterGeneration = 'v2' | 'v3'

/** The configuration with a key in it, and what that changed; equal to the given one = nothing. */
export interface Configured extends Placed {
  readonly config: JsonObject
}

/**
 * Puts one key into a whole configuration (`contracts/exports.md 5.1-5.3`). A provider of the same
 * address and key gets the models; otherwise a new one is made under a name nobody has, for a second
 * one of a name would hide the first. Everything else stays as it is.
 *
 * @throws `input` (`models`/`gateway-no-models`): a provider without models routes nothing.
 */
export function configure(
  generation: RouterGeneration,
  config: JsonObject,
  record: ExportRecord,
  wish: Wish,
): Configured {
  const providers = providersOf(config)
  const fields = FIELDS[generation](record, wish.apiType)
  const hit =
    find(providers, fields, record.key) ??
    (wish.oldKey ? find(providers, fields, wish.oldKey) : undefined)
  const entry = hit
    ? merged(hit, record, wish)
    : {
        name: freeName(providers, record, wish),
        ...fields,
        api_key: record.key,
        models: needed(wish.models.map(({ name }) => name)),
      }
  const listed = hit ? providers.map((one) => (one === hit ? entry : one)) : [...providers, entry]
  const providerName = textOf(entry, 'name')
  const next = {
    ...config,
    ...(hit && sameJson(hit, entry) ? {} : { Providers: listed }),
    ...(wish.setDefault ? routed(config, providerName, entry, wish) : {}),
  }
  const result = sameJson(next, config) ? 'already-there' : hit ? 'updated' : 'created'
  return { config: next, providerName, result }
}

export function providersOf(config: JsonObject): readonly JsonObject[] {
  const providers = config['Providers'] ?? []
  if (isList(providers) && providers.every((one) => isObject(one))) return [...providers]
  return raise({ class: 'changed-api', reason: 'gateway-unknown-program' })
}

const TRANSFORMERS: Readonly<Partial<Record<ApiType, string>>> = {
  openai: 'openai-responses',
  anthropic: 'Anthropic',
  google: 'gemini',
}

const V3_TYPES: Readonly<Record<ApiType, string>> = {
  'openai-compatible': 'openai_chat_completions',
  openai: 'openai_responses',
  anthropic: 'anthropic_messages',
  google: 'gemini_generate_content',
}

type Fields = JsonObject & { readonly api_base_url: string }

const FIELDS: Readonly<
  Record<RouterGeneration, (record: ExportRecord, apiType: ApiType) => Fields>
> = {
  v2: (record, apiType) => {
    const transformer = TRANSFORMERS[apiType]
    return {
      api_base_url: endpointOf(record, apiType),
      ...(transformer ? { transformer: { use: [transformer] } } : {}),
    }
  },
  v3: (record, apiType) => ({
    api_base_url:
      apiType === 'anthropic' || apiType === 'google'
        ? protocolBase(record, apiType)
        : versionedBase(record, apiType),
    type: V3_TYPES[apiType],
  }),
}

/** Versions 1 and 2 send to exactly this address (5.1). */
function endpointOf(record: ExportRecord, apiType: ApiType): string {
  const base = protocolBase(record, apiType)
  switch (apiType) {
    case 'openai-compatible':
      return `${versionedBase(record, apiType)}/chat/completions`
    case 'openai':
      return `${versionedBase(record, apiType)}/responses`
    case 'anthropic':
      return `${base}/v1/messages`
    case 'google':
      // The model's name is resolved against it: without the slash the last part would be lost.
      return `${base}/v1beta/models/`
  }
}

/** Chat and Responses of version 3 share an address: there the type tells them apart. */
function find(providers: readonly JsonObject[], fields: Fields, key: string) {
  return providers.find(
    (one) =>
      sameKey(textOf(one, 'api_key'), key) &&
      canonicalAddress(textOf(one, 'api_base_url')) === canonicalAddress(fields.api_base_url) &&
      (one['type'] === undefined || fields['type'] === undefined || one['type'] === fields['type']),
  )
}

function merged(hit: JsonObject, record: ExportRecord, wish: Wish): JsonObject {
  const there = isList(hit['models']) ? hit['models'] : []
  const wished = wish.models.map(({ name }) => name)
  const isReplaced = wish.replaceModels && wished.length > 0
  const models = isReplaced ? wished : [...there, ...wished.filter((one) => !there.includes(one))]
  const isRenewed = !sameKey(textOf(hit, 'api_key'), record.key)
  return {
    ...hit,
    ...(isRenewed ? { api_key: record.key } : {}),
    ...(sameJson(needed(models), hit['models']) ? {} : { models }),
  }
}

function needed<T>(models: readonly T[]): readonly T[] {
  if (models.length > 0) return models
  return raise({ class: 'input', field: 'models', reason: 'gateway-no-models' })
}

function routed(config: JsonObject, provider: string, entry: JsonObject, wish: Wish): JsonObject {
  const router = isObject(config['Router']) ? config['Router'] : {}
  const [first] = isList(entry['models']) ? entry['models'] : []
  const model = wish.models[0]?.name ?? (typeof first === 'string' ? first : '')
  return { Router: { ...router, default: `${provider},${model}` } }
}

/** Routes are written `provider,model`: a name holds no comma. */
function freeName(providers: readonly JsonObject[], record: ExportRecord, wish: Wish): string {
  const wanted = wish.providerName.trim() || record.siteName.trim() || hostOf(record)
  const name = wanted.replace(/\s*,\s*/g, ' ').trim() || hostOf(record)
  const taken = new Set(providers.map((one) => textOf(one, 'name').toLowerCase()))
  let candidate = name
  for (let count = 2; taken.has(candidate.toLowerCase()); count++) candidate = `${name}-${count}`
  return candidate
}
