import type { ApiType } from '@/src/domain/chat-endpoints'

import { versionedBase } from '../bases'
import { defineExporter } from '../exporter'
import { base64 } from '../links'
import { shortNames } from '../names'
import { apiTypeField } from '../options'

/** Of its third kind, Google, the program ignores the address. */
const PROTOCOLS: readonly ApiType[] = ['openai-compatible', 'anthropic']

/** `contracts/exports.md 3.5`: text that Kelivo reads, one line for each key. */
export const kelivo = defineExporter({
  id: 'kelivo',
  kind: 'text',
  many: true,
  protocols: PROTOCOLS,
  fields: (records) => [apiTypeField(records, PROTOCOLS)],
  notes: () => ['adds-each-time', 'no-models'],
  build: (records, values) => {
    const names = shortNames(records)
    const apiType = values.protocol()
    const lines = records.map((record, index) => {
      const provider = {
        type: apiType === 'anthropic' ? 'claude' : 'openai',
        name: names[index],
        apiKey: record.key,
        baseUrl: versionedBase(record, apiType),
      }
      return `ai-provider:v1:${base64(JSON.stringify(provider))}`
    })
    return { kind: 'text', text: lines.join('\n'), language: 'text' }
  },
})
