import fc from 'fast-check'

import type { Endpoints } from '@/src/domain/chat-endpoints'
import type { ExportRecord } from '@/src/domain/export-record'
import type { Built, Exporter } from '@/src/exporters/exporter'
import type { Options } from '@/src/exporters/options'
import { EXPORTERS } from '@/src/exporters/registry'

export const NOW = Date.UTC(2026, 7, 20, 10)

/** Everything at the root of the site. */
const ROOTED: Endpoints = { chat: '', responses: '', anthropic: '', google: '' }
/** One Hub and DoneHub. */
export const HUB: Endpoints = { chat: '', responses: '', anthropic: '/claude', google: '/gemini' }
/** One API. */
export const CHAT_ONLY: Endpoints = { chat: '', responses: null, anthropic: null, google: null }

/** The dummy key of the contract. */
export function recordOf(changes: Partial<ExportRecord> = {}): ExportRecord {
  return {
    source: { kind: 'key', accountId: 'acc-1', keyId: '7' },
    stableId: 'acc-1/7',
    siteName: 'Example Relay',
    keyName: 'default',
    baseUrl: 'https://relay.example.com',
    endpoints: ROOTED,
    apiType: 'openai-compatible',
    key: 'sk-EXAMPLE',
    fingerprint: 'f',
    modelHint: ['gpt-5.2', 'claude-sonnet-4-5'],
    notes: '',
    ...changes,
  }
}

export function exporter(id: string): Exporter {
  const found = EXPORTERS.find((one) => one.id === id)
  if (!found) throw new Error(`no exporter ${id}`)
  return found
}

export function build(id: string, records: readonly ExportRecord[], options: Options = {}): Built {
  return exporter(id).build(records, options, NOW)
}

export function linksOf(
  id: string,
  records: readonly ExportRecord[],
  options: Options = {},
): readonly string[] {
  const built = build(id, records, options)
  return built.kind === 'link' ? built.links.map(({ url }) => url) : []
}

/** The text of a text or file, or of the snippet of that id. */
export function textOf(
  id: string,
  records: readonly ExportRecord[],
  options: Options = {},
  snippet = '',
): string {
  const built = build(id, records, options)
  if (built.kind === 'text' || built.kind === 'file') return built.text
  if (built.kind === 'link') throw new Error('links have no text')
  const found = built.snippets.find((one) => one.id === snippet)
  if (!found) throw new Error(`no snippet ${snippet}`)
  return found.text
}

const NASTY = [
  `"double" and 'single'`,
  `Bob's relay (EU)`,
  '🦊 emoji 👩‍👩‍👧',
  '中转站（测试）',
  '$HOME ${PATH} `id` %PATH%',
  String.raw`C:\new\table \u0041`,
  'line\nbreak\r\ttab\u0000\u007f\u0085\u2028',
  '‘typographic’',
  '=1+1',
  'a&b=c;d#e?f+g/h',
  '__proto__',
  '名'.repeat(200),
  'x'.repeat(200),
]

const names = fc.oneof(
  fc.constantFrom(...NASTY),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
)

export const keys = fc.stringMatching(/^[!-)+-~]{1,80}$/).filter((key) => !key.includes('...'))

const records: fc.Arbitrary<ExportRecord> = fc
  .record({
    siteName: names,
    keyName: names,
    key: fc.stringMatching(/^sk-[A-Za-z0-9_-]{1,60}$/),
    notes: fc.string({ unit: 'binary', maxLength: 80 }),
    endpoints: fc.constantFrom(ROOTED, HUB),
    keyId: fc.uuid(),
  })
  .map(({ keyId, ...rest }) =>
    recordOf({ ...rest, source: { kind: 'key', accountId: 'acc-1', keyId } }),
  )

export const oneRecord = records

export const someRecords = fc.array(records, { minLength: 1, maxLength: 5 })

/** Names of models as they occur, and some that do not. */
export const models = fc
  .uniqueArray(
    fc.oneof(
      fc.constantFrom(
        'gpt-5.2',
        'claude-sonnet-4-5',
        'vendor/model:free',
        "it's",
        '模型',
        '$x "y"',
      ),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
    ),
    { minLength: 1, maxLength: 5, selector: (name) => name.trim() },
  )
  .map((all) => all.map((name) => name.trim()).filter((name) => name !== ''))
  .filter((all) => all.length > 0)
