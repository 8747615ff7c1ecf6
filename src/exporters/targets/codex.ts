import type { ExportRecord } from '@/src/domain/export-record'

import { versionedBase } from '../bases'
import { defineExporter, type Snippet } from '../exporter'
import { prettyJson } from '../json'
import { siteNameOf, siteSlug } from '../names'
import { modelField, selectField, type Values } from '../options'
import { canWrite, shellOf, type Variables } from '../shells'
import { tomlString } from '../toml'
import { environmentSnippet, shellField } from './environment'

/** Ids the program has providers of its own for. */
const BUILT_IN = ['openai', 'ollama', 'oss', 'lmstudio', 'azure', 'amazon_bedrock']

const FROM_ENVIRONMENT = 'environment'

/** `contracts/exports.md 7.2`: configuration of Codex, and the key in the environment or a file. */
export const codex = defineExporter({
  id: 'codex',
  kind: 'snippets',
  many: false,
  protocols: ['openai'],
  fields: (_records, options) => [
    selectField('keyIn', [FROM_ENVIRONMENT, 'auth.json']),
    ...(options['keyIn'] === 'auth.json' ? [] : [shellField()]),
    modelField('model'),
  ],
  notes: (values) => (values.text('keyIn') === FROM_ENVIRONMENT ? [] : ['replaces-login']),
  check: (records, values) =>
    records.every((record) => canWrite(shellOf(values.text('shell')), keyVariable(record)))
      ? []
      : [{ field: 'shell', reason: 'not-writable' }],
  build: (records, values) => ({
    kind: 'snippets',
    snippets: records.flatMap((record) => [
      {
        id: 'config',
        place: '~/.codex/config.toml',
        text: config(record, values),
        language: 'toml',
      },
      values.text('keyIn') === FROM_ENVIRONMENT
        ? environmentSnippet(keyVariable(record), values)
        : authFile(record),
    ]),
  }),
})

function config(record: ExportRecord, values: Values): string {
  const id = providerId(record)
  const model = values.text('model')
  const isInEnvironment = values.text('keyIn') === FROM_ENVIRONMENT
  return [
    `model_provider = "${id}"`,
    ...(model === '' ? [] : [`model = ${tomlString(model)}`]),
    'disable_response_storage = true',
    '',
    `[model_providers.${id}]`,
    `name = ${tomlString(siteNameOf(record))}`,
    `base_url = ${tomlString(versionedBase(record, 'openai'))}`,
    // Recent versions stop at anything else.
    'wire_api = "responses"',
    isInEnvironment ? `env_key = "${variableName(record)}"` : 'requires_openai_auth = true',
  ].join('\n')
}

function authFile(record: ExportRecord): Snippet {
  const text = prettyJson({ OPENAI_API_KEY: record.key })
  return { id: 'auth', place: '~/.codex/auth.json', text, language: 'json' }
}

function keyVariable(record: ExportRecord): Variables {
  return { [variableName(record)]: record.key }
}

function providerId(record: ExportRecord): string {
  const id = siteSlug(record).replaceAll('-', '_')
  return BUILT_IN.includes(id) ? `${id}_relay` : id
}

/** A name of a variable must not begin with a digit. */
function variableName(record: ExportRecord): string {
  const name = `${providerId(record).toUpperCase()}_API_KEY`
  return /^\d/.test(name) ? `RELAY_${name}` : name
}
