import type { ApiType } from '@/src/domain/chat-endpoints'
import type { ExportRecord } from '@/src/domain/export-record'

import { ALL_PROTOCOLS, commonProtocols, protocolBase, rootOf, versionedBase } from '../bases'
import { defineExporter } from '../exporter'
import { prettyJson } from '../json'
import { uniqueNames } from '../names'

const PROTOCOL_NAMES: Record<ApiType, string> = {
  'openai-compatible': 'openai',
  openai: 'responses',
  anthropic: 'anthropic',
  google: 'gemini',
}

/** `contracts/exports.md 7.4`: the program's own format, for scripts. */
export const jsonFile = defineExporter({
  id: 'json',
  kind: 'file',
  many: true,
  protocols: [],
  fields: () => [],
  build: (records, _values, nowMs) => {
    const names = uniqueNames(records)
    const text = prettyJson({
      format: 'relay-keys',
      version: 1,
      exportedAt: new Date(nowMs).toISOString().replace(/\.\d+Z$/, 'Z'),
      providers: records.map((record, index) => provider(record, names[index] ?? '')),
    })
    return { kind: 'file', name: 'relay-keys.json', mime: 'application/json', text }
  },
})

/** `contracts/exports.md 7.4`: a table; what a spreadsheet could take for a formula is defused. */
export const csvFile = defineExporter({
  id: 'csv',
  kind: 'file',
  many: true,
  protocols: [],
  fields: () => [],
  build: (records) => {
    const names = uniqueNames(records)
    const rows = records.map((record, index) => [
      names[index] ?? '',
      rootOf(record.baseUrl),
      record.key,
      record.modelHint.join(' '),
    ])
    const lines = [['name', 'base_url', 'key', 'models'], ...rows]
    const text = lines.map((row) => `${row.map(csvField).join(',')}\r\n`).join('')
    return { kind: 'file', name: 'relay-keys.csv', mime: 'text/csv', text }
  },
})

/** The keys alone, one on each line. */
export const plainList = defineExporter({
  id: 'plain',
  kind: 'text',
  many: true,
  protocols: [],
  fields: () => [],
  build: (records) => ({
    kind: 'text',
    text: records.map(({ key }) => key).join('\n'),
    language: 'text',
  }),
})

function provider(record: ExportRecord, name: string) {
  const spoken = commonProtocols([record], ALL_PROTOCOLS)
  const baseUrl = rootOf(record.baseUrl)
  const isElsewhere = (type: ApiType): boolean =>
    spoken.includes(type) && protocolBase(record, type) !== baseUrl
  return {
    name,
    protocols: spoken.map((type) => PROTOCOL_NAMES[type]),
    baseUrl,
    openaiBaseUrl: versionedBase(record, 'openai-compatible'),
    ...(isElsewhere('anthropic') && { anthropicBaseUrl: protocolBase(record, 'anthropic') }),
    ...(isElsewhere('google') && { geminiBaseUrl: protocolBase(record, 'google') }),
    apiKey: record.key,
    models: record.modelHint,
    note: record.notes,
  }
}

function csvField(text: string): string {
  const defused = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(defused) ? `"${defused.replaceAll('"', '""')}"` : defused
}
