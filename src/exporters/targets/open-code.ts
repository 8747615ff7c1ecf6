import { ALL_PROTOCOLS, versionedBase } from '../bases'
import { defineExporter } from '../exporter'
import { prettyJson } from '../json'
import { fullName, shortNames, siteSlug, slug, uniqueIds } from '../names'
import { apiTypeField, modelsField } from '../options'
import { NPM_PACKAGES, openCodeModels } from '../providers'

/** `contracts/exports.md 7.2`: providers for `opencode.json`. */
export const openCode = defineExporter({
  id: 'open-code',
  kind: 'snippets',
  many: true,
  protocols: ALL_PROTOCOLS,
  fields: (records) => [apiTypeField(records, ALL_PROTOCOLS), modelsField(records, true)],
  notes: () => ['merge-by-hand'],
  build: (records, values) => {
    const names = shortNames(records)
    const type = values.protocol()
    const isOnly = records.length === 1
    const ids = uniqueIds(
      records.map((record) =>
        isOnly ? siteSlug(record) : slug(fullName(record), siteSlug(record)),
      ),
    )
    const providers = records.map((record, index): [string, unknown] => [
      ids[index] ?? '',
      {
        npm: NPM_PACKAGES[type],
        name: names[index],
        options: { baseURL: versionedBase(record, type), apiKey: record.key },
        models: openCodeModels(values.list('models')),
      },
    ])
    const text = prettyJson({ provider: Object.fromEntries(providers) })
    return {
      kind: 'snippets',
      snippets: [{ id: 'config', place: 'opencode.json', text, language: 'json' }],
    }
  },
})
