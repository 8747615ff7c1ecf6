import type { ApiType } from '@/src/domain/chat-endpoints'

import { versionedBase } from '../bases'
import { defineExporter } from '../exporter'
import { prettyJson } from '../json'
import { fullName, slug, stableSuffix, uniqueNames } from '../names'
import { apiTypeField, modelsField } from '../options'

/** Which base its two other kinds want is not known: they are not offered. */
const PROTOCOLS: readonly ApiType[] = ['openai-compatible', 'openai']

/** `contracts/exports.md 3.4`: elements of `providers` in `~/.ccursor/providers.json`, to paste. */
export const cursorPlus = defineExporter({
  id: 'cursor-plus',
  kind: 'text',
  many: true,
  protocols: PROTOCOLS,
  fields: (records) => [apiTypeField(records, PROTOCOLS), modelsField(records, true)],
  notes: () => ['paste-into-providers'],
  build: (records, values) => {
    const names = uniqueNames(records)
    const type = values.protocol()
    const elements = records.map((record, index) => {
      const baseUrl = versionedBase(record, type)
      return {
        id: `${slug(fullName(record))}-${stableSuffix(record, baseUrl)}`,
        name: names[index],
        type: type === 'openai' ? 'openai-responses' : 'openai-chat',
        baseUrl,
        auth: { kind: 'apiKey', value: record.key },
        models: values.list('models').map((id) => ({ id, apiModel: id, defaultOn: true })),
      }
    })
    return { kind: 'text', text: elements.map(prettyJson).join(',\n'), language: 'json' }
  },
})
