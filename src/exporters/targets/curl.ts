import type { ApiType } from '@/src/domain/chat-endpoints'
import type { ExportRecord } from '@/src/domain/export-record'

import { ALL_PROTOCOLS, isProtocol, protocolBase, versionedBase } from '../bases'
import { defineExporter, type Snippet } from '../exporter'
import { apiTypeField, choiceOf, flagField, requiredModelField } from '../options'
import { posixQuoted } from '../shells'

interface Request {
  readonly url: string
  readonly keyHeader: string
  readonly headers: readonly string[]
  readonly body?: object
}

const MESSAGE = { role: 'user', content: 'Hi' }

/** `contracts/exports.md 7.3`. */
const REQUESTS: Record<ApiType, (base: string, model: string) => Request> = {
  'openai-compatible': (base, model) => ({
    url: `${base}/v1/chat/completions`,
    keyHeader: 'Authorization: Bearer ',
    headers: [],
    body: { model, messages: [MESSAGE] },
  }),
  openai: (base, model) => ({
    url: `${base}/v1/responses`,
    keyHeader: 'Authorization: Bearer ',
    headers: [],
    body: { model, input: 'Hi' },
  }),
  anthropic: (base, model) => ({
    url: `${base}/v1/messages`,
    keyHeader: 'x-api-key: ',
    headers: ['anthropic-version: 2023-06-01'],
    body: { model, max_tokens: 64, messages: [MESSAGE] },
  }),
  google: (base, model) => ({
    url: `${base}/v1beta/models/${encodeURIComponent(model)}:generateContent`,
    keyHeader: 'x-goog-api-key: ',
    headers: [],
    body: { contents: [{ role: 'user', parts: [{ text: 'Hi' }] }] },
  }),
}

/** `contracts/exports.md 7.3`: requests to try a key with, for a POSIX shell. */
export const curl = defineExporter({
  id: 'curl',
  kind: 'snippets',
  many: false,
  protocols: ALL_PROTOCOLS,
  fields: (records, options) => {
    const apiType = apiTypeField(records, ALL_PROTOCOLS)
    const type = choiceOf(apiType, options)
    return [
      apiType,
      requiredModelField('model', records, isProtocol(type) ? type : 'openai-compatible'),
      // So that the key stays out of the history of the shell.
      flagField('placeholder'),
    ]
  },
  build: (records, values) => ({
    kind: 'snippets',
    snippets: records.flatMap((record) => {
      const base = protocolBase(record, values.protocol())
      const call = REQUESTS[values.protocol()](base, values.text('model'))
      const isPlaceholder = values.flag('placeholder')
      return [
        snippet('models', modelList(record), record, isPlaceholder),
        snippet('request', call, record, isPlaceholder),
      ]
    }),
  }),
})

function modelList(record: ExportRecord): Request {
  const url = `${versionedBase(record, 'openai-compatible')}/models`
  return { url, keyHeader: 'Authorization: Bearer ', headers: [] }
}

function snippet(
  id: string,
  { url, keyHeader, headers, body }: Request,
  { key }: ExportRecord,
  isPlaceholder: boolean,
): Snippet {
  const withKey = isPlaceholder ? `"${keyHeader}$API_KEY"` : posixQuoted(`${keyHeader}${key}`)
  const more = [...headers, ...(body ? ['Content-Type: application/json'] : [])]
  const words = [
    ...['curl -sS', posixQuoted(url), '-H', withKey],
    ...more.flatMap((header) => ['-H', posixQuoted(header)]),
    ...(body ? ['-d', posixQuoted(JSON.stringify(body))] : []),
  ]
  return { id, place: '', text: words.join(' '), language: 'sh' }
}
