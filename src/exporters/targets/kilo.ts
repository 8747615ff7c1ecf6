import type { ExportRecord } from '@/src/domain/export-record'

import { ALL_PROTOCOLS, versionedBase } from '../bases'
import { defineExporter } from '../exporter'
import { prettyJson } from '../json'
import { fullName, slug, stableSuffix, uniqueNames } from '../names'
import { apiTypeField, modelField, modelsField, type Values } from '../options'
import { byCodePoint, MODEL_NAME_LIMIT, NPM_PACKAGES, openCodeModels } from '../providers'

/** Of the file, and of a name in it, in bytes and UTF-16 units (`contracts/exports.md 3.1`). */
const FILE_LIMIT = 1_048_576
const NAME_LIMIT = 200

/**
 * `contracts/exports.md 3.1`: settings file of Kilo Code 7, which is merged into the settings it has.
 * The user's default model is named only when asked for.
 */
export const kilo = defineExporter({
  id: 'kilo',
  kind: 'file',
  many: true,
  protocols: ALL_PROTOCOLS,
  fields: (records) => [
    apiTypeField(records, ALL_PROTOCOLS),
    modelsField(records, true),
    modelField('defaultModel'),
  ],
  notes: (values) => [
    'merged-there',
    'key-field-looks-empty',
    ...(values.text('defaultModel') === '' ? [] : ['changes-default-model']),
  ],
  check: (records, values) => {
    const models = values.list('models')
    const chosen = values.text('defaultModel')
    if (models.some((model) => model.length > MODEL_NAME_LIMIT)) {
      return [{ field: 'models', reason: 'too-long' }]
    }
    if (chosen !== '' && !models.includes(chosen)) {
      return [{ field: 'defaultModel', reason: 'not-in-models' }]
    }
    const size = new TextEncoder().encode(fileText(records, values, 0)).length
    return size > FILE_LIMIT ? [{ field: 'models', reason: 'too-many' }] : []
  },
  build: (records, values, nowMs) => ({
    kind: 'file',
    name: 'kilo-settings.json',
    mime: 'application/json',
    text: fileText(records, values, nowMs),
  }),
})

function fileText(records: readonly ExportRecord[], values: Values, nowMs: number): string {
  const names = uniqueNames(records, NAME_LIMIT)
  const models = openCodeModels([...values.list('models')].sort(byCodePoint))
  const type = values.protocol()
  const providers = records.map((record, index): [string, unknown] => {
    const baseURL = versionedBase(record, type)
    return [
      `${slug(fullName(record))}-${stableSuffix(record, baseURL)}`,
      {
        name: names[index],
        npm: NPM_PACKAGES[type],
        models,
        options: { apiKey: record.key, baseURL },
      },
    ]
  })
  const chosen = values.text('defaultModel')
  return prettyJson({
    _meta: { version: 1, exportedAt: new Date(nowMs).toISOString() },
    provider: Object.fromEntries(providers),
    ...(chosen === '' ? {} : { model: `${providers[0]?.[0] ?? ''}/${chosen}` }),
  })
}
