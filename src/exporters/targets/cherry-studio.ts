import type { ApiType } from '@/src/domain/chat-endpoints'
import type { ExportRecord } from '@/src/domain/export-record'

import { ALL_PROTOCOLS, protocolBase } from '../bases'
import { defineExporter } from '../exporter'
import { base64, offeredLink } from '../links'
import { addressSlug, fullName, siteNameOf } from '../names'
import { apiTypeField } from '../options'

/** OpenAI chat is what the program takes when no type is given. */
const TYPES: Record<ApiType, string> = {
  'openai-compatible': '',
  openai: 'openai-response',
  anthropic: 'anthropic',
  google: 'gemini',
}

/** `contracts/exports.md 1`: link of Cherry Studio that adds a key to a provider. */
export const cherryStudio = defineExporter({
  id: 'cherry-studio',
  kind: 'link',
  many: true,
  protocols: ALL_PROTOCOLS,
  fields: (records) => [apiTypeField(records, ALL_PROTOCOLS)],
  notes: () => ['confirm-there', 'adds-to-provider', 'no-models'],
  build: (records, values) => ({
    kind: 'link',
    links: records.map((record) => {
      const json = JSON.stringify(provider(record, values.protocol()))
      const data = encodeURIComponent(base64(harmless(json)))
      const url = `cherrystudio://providers/api-keys?v=1&data=${data}`
      return offeredLink(fullName(record), [url])
    }),
  }),
})

function provider(record: ExportRecord, apiType: ApiType) {
  const type = TYPES[apiType]
  // Single words are ids of providers the program has built in: their address would be replaced.
  const slug = addressSlug(record)
  const own = new URL(record.baseUrl).hostname.includes('.') ? slug : `relay-${slug}`
  return {
    id: type === '' ? own : `${own}-${type}`,
    baseUrl: protocolBase(record, apiType),
    apiKey: record.key,
    name: siteNameOf(record),
    ...(type === '' ? {} : { type }),
  }
}

/** The program turns `'` into `"` and drops parentheses before it reads the JSON. */
function harmless(json: string): string {
  return json.replace(/['()]/g, (mark) => String.raw`\u00${mark.charCodeAt(0).toString(16)}`)
}
