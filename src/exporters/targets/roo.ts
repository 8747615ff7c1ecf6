import type { ApiType } from '@/src/domain/chat-endpoints'
import type { ExportRecord } from '@/src/domain/export-record'

import { ALL_PROTOCOLS, openAiStyleBase } from '../bases'
import { defineExporter } from '../exporter'
import { prettyJson } from '../json'
import { stableSuffix, uniqueNames } from '../names'
import { apiTypeField, requiredModelField, selectField, textField } from '../options'

const FILES = ['roo-code-settings.json', 'kilo-code-settings.json']

/** Names of the fields each provider of the program reads (`contracts/exports.md 3.2`). */
const PROFILES: Record<ApiType, (base: string, key: string, model: string) => object> = {
  'openai-compatible': (base, key, model) => ({
    apiProvider: 'openai',
    openAiBaseUrl: base,
    openAiApiKey: key,
    openAiModelId: model,
  }),
  openai: (base, key, model) => ({
    apiProvider: 'openai-native',
    openAiNativeBaseUrl: base,
    openAiNativeApiKey: key,
    apiModelId: model,
  }),
  anthropic: (base, key, model) => ({
    apiProvider: 'anthropic',
    anthropicBaseUrl: base,
    // Every family takes the key as Bearer, and not every one as x-api-key.
    anthropicUseAuthToken: true,
    apiKey: key,
    apiModelId: model,
  }),
  google: (base, key, model) => ({
    apiProvider: 'gemini',
    googleGeminiBaseUrl: base,
    geminiApiKey: key,
    apiModelId: model,
  }),
}

/**
 * `contracts/exports.md 3.2`: settings file of Roo Code and Kilo Code 5. Importing it makes
 * `currentApiConfigName` the active profile: the first one here, unless the user names another.
 */
export const roo = defineExporter({
  id: 'roo',
  kind: 'file',
  many: true,
  protocols: ALL_PROTOCOLS,
  fields: (records) => [
    selectField('fileName', FILES),
    // Whatever the model: the other providers replace a model they do not know.
    { ...apiTypeField(records, ALL_PROTOCOLS), default: 'openai-compatible' },
    requiredModelField('model', records, 'openai-compatible'),
    textField('activeProfile'),
  ],
  notes: (values) => [
    'switches-profile',
    ...(values.protocol() === 'openai-compatible' ? [] : ['only-known-models']),
  ],
  build: (records, values) => {
    const names = uniqueNames(records)
    const profiles = records.map((record, index): [string, unknown] => [
      names[index] ?? '',
      profile(record, values.protocol(), values.text('model')),
    ])
    return {
      kind: 'file',
      name: values.text('fileName'),
      mime: 'application/json',
      text: prettyJson({
        providerProfiles: {
          currentApiConfigName: values.text('activeProfile') || names[0],
          apiConfigs: Object.fromEntries(profiles),
        },
      }),
    }
  },
})

function profile(record: ExportRecord, type: ApiType, model: string): object {
  const base = openAiStyleBase(record, type)
  return { id: stableSuffix(record, base), ...PROFILES[type](base, record.key, model) }
}
