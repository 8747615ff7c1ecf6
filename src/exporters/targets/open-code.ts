import { ALL_PROTOCOLS, versionedBase } from '../bases'
import { defineExporter } from '../exporter'
import { prettyJson } from '../json'
import { shortNames, siteSlug, slug } from '../names'
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
    const providers = new Map<string, unknown>()
    for (const [index, record] of records.entries()) {
      const name = names[index] ?? ''
      const base = records.length === 1 ? siteSlug(record) : slug(name, siteSlug(record))
      let id = base
      for (let number = 2; providers.has(id); number += 1) id = `${base}-${number}`
      providers.set(id, {
        npm: NPM_PACKAGES[type],
        name,
        options: { baseURL: versionedBase(record, type), apiKey: record.key },
        models: openCodeModels(values.list('models')),
      })
    }
    const text = prettyJson({ provider: Object.fromEntries(providers) })
    return {
      kind: 'snippets',
      snippets: [{ id: 'config', place: 'opencode.json', text, language: 'json' }],
    }
  },
})
