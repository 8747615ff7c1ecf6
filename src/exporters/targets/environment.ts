import type { ApiType } from '@/src/domain/chat-endpoints'
import type { ExportRecord } from '@/src/domain/export-record'

import { protocolBase, versionedBase } from '../bases'
import { defineExporter, type Exporter, type Snippet } from '../exporter'
import { prettyJson } from '../json'
import { modelField, selectField, type OptionField, type Values } from '../options'
import { canWrite, environmentBlock, languageOf, shellOf, SHELLS, type Variables } from '../shells'

/** A program that is told by environment variables, and by files that say the same. */
interface Program {
  readonly id: string
  readonly type: ApiType
  readonly fields: readonly OptionField[]
  readonly variables: (record: ExportRecord, values: Values) => Variables
  readonly files: (variables: Variables) => readonly Snippet[]
}

function defineProgram({ id, type, fields, variables, files }: Program): Exporter {
  return defineExporter({
    id,
    kind: 'snippets',
    many: false,
    protocols: [type],
    fields: () => [shellField(), ...fields],
    check: (records, values) =>
      records.every((record) => canWrite(shellOf(values.text('shell')), variables(record, values)))
        ? []
        : [{ field: 'shell', reason: 'not-writable' }],
    build: (records, values) => ({
      kind: 'snippets',
      snippets: records.flatMap((record) => {
        const all = variables(record, values)
        return [environmentSnippet(all, values), ...files(all)]
      }),
    }),
  })
}

export function shellField(): OptionField {
  return selectField('shell', SHELLS)
}

export function environmentSnippet(variables: Variables, values: Values): Snippet {
  const shell = shellOf(values.text('shell'))
  const text = environmentBlock(shell, variables)
  return { id: 'environment', place: '', text, language: languageOf(shell) }
}

/** `contracts/exports.md 7.2`: variables that every OpenAI library reads. */
export const openAiVariables = defineProgram({
  id: 'openai-variables',
  type: 'openai-compatible',
  fields: [],
  variables: (record) => ({
    OPENAI_BASE_URL: versionedBase(record, 'openai-compatible'),
    OPENAI_API_KEY: record.key,
  }),
  files: () => [],
})

/** `contracts/exports.md 7.2`: environment and settings file of Claude Code. */
export const claudeCode = defineProgram({
  id: 'claude-code',
  type: 'anthropic',
  fields: [
    // Sent as Bearer or as x-api-key; only one of them may be set.
    selectField('keyVariable', ['ANTHROPIC_AUTH_TOKEN', 'ANTHROPIC_API_KEY']),
    modelField('model'),
    modelField('opusModel'),
    modelField('sonnetModel'),
    modelField('haikuModel'),
  ],
  variables: (record, values) => ({
    ANTHROPIC_BASE_URL: protocolBase(record, 'anthropic'),
    [values.text('keyVariable')]: record.key,
    ANTHROPIC_MODEL: values.text('model'),
    ANTHROPIC_DEFAULT_OPUS_MODEL: values.text('opusModel'),
    ANTHROPIC_DEFAULT_SONNET_MODEL: values.text('sonnetModel'),
    ANTHROPIC_DEFAULT_HAIKU_MODEL: values.text('haikuModel'),
  }),
  files: (variables) => {
    const env = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''))
    const place = '~/.claude/settings.json'
    return [{ id: 'settings', place, text: prettyJson({ env }), language: 'json' }]
  },
})

/** `contracts/exports.md 7.2`: environment and files of the Gemini CLI. */
export const geminiCli = defineProgram({
  id: 'gemini-cli',
  type: 'google',
  fields: [modelField('model')],
  variables: (record, values) => ({
    GEMINI_API_KEY: record.key,
    GOOGLE_GEMINI_BASE_URL: protocolBase(record, 'google'),
    GEMINI_MODEL: values.text('model'),
  }),
  files: (variables) => [
    {
      id: 'variables',
      place: '~/.gemini/.env',
      text: environmentBlock('dotenv', variables),
      language: 'dotenv',
    },
    {
      id: 'settings',
      place: '~/.gemini/settings.json',
      text: prettyJson({ security: { auth: { selectedType: 'gemini-api-key' } } }),
      language: 'json',
    },
  ],
})
