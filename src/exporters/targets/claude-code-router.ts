import type { ApiType } from '@/src/domain/chat-endpoints'
import type { ExportRecord } from '@/src/domain/export-record'

import { ALL_PROTOCOLS, openAiStyleBase, protocolBase } from '../bases'
import { defineExporter, type Problem } from '../exporter'
import { prettyJson } from '../json'
import { offeredLink, query } from '../links'
import { fullName, shortNames, siteSlug, uniqueIds } from '../names'
import { apiTypeField, flagField, modelsField, type Values } from '../options'

/** Lengths in characters, and the number of models (`contracts/exports.md 5.3`). */
const LIMITS = { link: 32_000, name: 120, base: 2048, key: 8192, model: 256, models: 300 }

const PROTOCOL_NAMES: Record<ApiType, string> = {
  'openai-compatible': 'openai_chat_completions',
  openai: 'openai_responses',
  anthropic: 'anthropic_messages',
  google: 'gemini_generate_content',
}

/** What follows the base, and the transformer of that protocol (`contracts/exports.md 5.1`). */
const ENDPOINTS: Record<ApiType, { path: string; use: string }> = {
  'openai-compatible': { path: '/v1/chat/completions', use: '' },
  openai: { path: '/v1/responses', use: 'openai-responses' },
  anthropic: { path: '/v1/messages', use: 'Anthropic' },
  // Resolved relatively: without the slash its last segment would be lost.
  google: { path: '/v1beta/models/', use: 'gemini' },
}

/** `contracts/exports.md 5.3`: link of the desktop program of Claude Code Router 3. */
export const claudeCodeRouterLink = defineExporter({
  id: 'claude-code-router-link',
  kind: 'link',
  many: true,
  protocols: ALL_PROTOCOLS,
  fields: (records) => [apiTypeField(records, ALL_PROTOCOLS), modelsField(records, false)],
  notes: (values) => [
    'confirm-there',
    ...(values.list('models').length === 0 ? ['asks-for-models'] : []),
  ],
  check: linkProblems,
  build: (records, values) => {
    const urls = routerLinks(records, values)
    return {
      kind: 'link',
      links: records.map((record, index) => offeredLink(fullName(record), [urls[index] ?? ''])),
    }
  },
})

/** `contracts/exports.md 5.1`: part of the configuration file of Claude Code Router 1 and 2. */
export const claudeCodeRouterConfig = defineExporter({
  id: 'claude-code-router-config',
  kind: 'snippets',
  many: true,
  protocols: ALL_PROTOCOLS,
  fields: (records) => [
    apiTypeField(records, ALL_PROTOCOLS),
    modelsField(records, true),
    flagField('setDefault'),
  ],
  notes: () => ['merge-by-hand', 'restart-there'],
  // There, `$` begins the name of an environment variable.
  check: (records) =>
    records.some(({ key }) => key.includes('$')) ? [{ field: 'key', reason: 'unusable' }] : [],
  build: (records, values) => ({
    kind: 'snippets',
    snippets: [
      {
        id: 'config',
        place: '~/.claude-code-router/config.json',
        text: prettyJson(routerConfig(records, values)),
        language: 'json',
      },
    ],
  }),
})

function linkProblems(records: readonly ExportRecord[], values: Values): readonly Problem[] {
  const models = values.list('models')
  const bases = records.map((record) => openAiStyleBase(record, values.protocol()))
  const rows: [boolean, string, string][] = [
    [records.some(({ key }) => key.length > LIMITS.key), 'key', 'too-long'],
    [bases.some((base) => base.length > LIMITS.base), 'baseUrl', 'too-long'],
    [models.length > LIMITS.models, 'models', 'too-many'],
    [models.some((model) => model.length > LIMITS.model), 'models', 'too-long'],
    [models.some((model) => model.includes(',')), 'models', 'comma'],
    [routerLinks(records, values).some((url) => url.length > LIMITS.link), 'models', 'too-many'],
  ]
  return rows.filter(([is]) => is).map(([, field, reason]) => ({ field, reason }))
}

function routerLinks(records: readonly ExportRecord[], values: Values): readonly string[] {
  const names = shortNames(records, LIMITS.name)
  const type = values.protocol()
  return records.map((record, index) => {
    const parameters = query({
      name: names[index] ?? '',
      base_url: openAiStyleBase(record, type),
      api_key: record.key,
      protocol: PROTOCOL_NAMES[type],
      models: values.list('models').join(','),
    })
    return `ccr://provider?${parameters}`
  })
}

function routerConfig(records: readonly ExportRecord[], values: Values): object {
  const { path, use } = ENDPOINTS[values.protocol()]
  const models = values.list('models')
  // A later entry of the same name would hide the earlier one.
  const names = uniqueIds(records.map(siteSlug))
  const providers = records.map((record, index) => ({
    name: names[index],
    api_base_url: `${protocolBase(record, values.protocol())}${path}`,
    api_key: record.key,
    models,
    ...(use === '' ? {} : { transformer: { use: [use] } }),
  }))
  const isDefault = values.flag('setDefault')
  return {
    Providers: providers,
    ...(isDefault ? { Router: { default: `${names[0] ?? ''},${models[0] ?? ''}` } } : {}),
  }
}
