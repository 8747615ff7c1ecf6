import { versionedBase } from '../bases'
import { defineExporter, type Snippet } from '../exporter'
import { requiredModelField } from '../options'

/** `contracts/exports.md 3.3`: values to type into Cline, which has no import. */
export const cline = defineExporter({
  id: 'cline',
  kind: 'snippets',
  many: false,
  protocols: ['openai-compatible'],
  fields: (records) => [requiredModelField('model', records, 'openai-compatible')],
  build: (records, values) => ({
    kind: 'snippets',
    snippets: records.flatMap((record) => [
      plain('provider', 'OpenAI Compatible'),
      plain('base-url', versionedBase(record, 'openai-compatible')),
      plain('key', record.key),
      plain('model', values.text('model')),
    ]),
  }),
})

function plain(id: string, text: string): Snippet {
  return { id, place: '', text, language: 'text' }
}
