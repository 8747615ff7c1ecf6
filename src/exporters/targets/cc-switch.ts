import type { ApiType } from '@/src/domain/chat-endpoints'
import type { ExportRecord } from '@/src/domain/export-record'

import { ALL_PROTOCOLS, commonProtocols, protocolBase, rootOf, versionedBase } from '../bases'
import { defineExporter } from '../exporter'
import { offeredLink, query } from '../links'
import { hostOf, shortNames, siteNameOf, slug, fullName } from '../names'
import {
  choiceOf,
  flagField,
  modelField,
  selectField,
  textField,
  type ChoiceField,
  type Values,
} from '../options'

interface App {
  readonly type: ApiType
  /** Whether its endpoint ends with the version segment. */
  readonly versioned: boolean
  readonly newer?: true
}

/** `contracts/exports.md 2.1, 2.3`. */
const APPS: Record<string, App> = {
  claude: { type: 'anthropic', versioned: false },
  codex: { type: 'openai', versioned: true },
  gemini: { type: 'google', versioned: false },
  grokbuild: { type: 'openai', versioned: true, newer: true },
  opencode: { type: 'openai-compatible', versioned: true, newer: true },
  openclaw: { type: 'openai-compatible', versioned: true, newer: true },
  hermes: { type: 'openai-compatible', versioned: true, newer: true },
}

const TIERS = ['haikuModel', 'sonnetModel', 'opusModel'] as const

/** `contracts/exports.md 2`: link of CC Switch that adds a provider to one of its programs. */
export const ccSwitch = defineExporter({
  id: 'cc-switch',
  kind: 'link',
  many: true,
  protocols: ALL_PROTOCOLS,
  fields: (records, options) => {
    const app = appField(records)
    const only = records.length === 1 ? records[0] : undefined
    return [
      app,
      ...(only ? [textField('name', siteNameOf(only))] : []),
      modelField('model'),
      ...(choiceOf(app, options) === 'claude' ? TIERS.map((name) => modelField(name)) : []),
      ...(records.some(({ notes }) => notes !== '') ? [flagField('notes', true)] : []),
      flagField('enabled'),
    ]
  },
  notes: () => ['confirm-there', 'adds-each-time'],
  build: (records, values) => {
    const names = shortNames(records)
    return {
      kind: 'link',
      links: records.map((record, index) => {
        const name = values.text('name') || (names[index] ?? '')
        const linkWith = (notes: string) => linkOf(record, name, notes, values)
        return offeredLink(fullName(record), [linkWith(record.notes), linkWith('')])
      }),
    }
  },
})

function appField(records: readonly ExportRecord[]): ChoiceField {
  const offered = Object.keys(APPS).filter(
    (name) => commonProtocols(records, [appOf(name).type]).length > 0,
  )
  const field = selectField('app', offered)
  const preferred = offered.find(
    (name) => appOf(name).type === records[0]?.apiType && !appOf(name).newer,
  )
  const choices = offered.map((value) => {
    const { newer } = appOf(value)
    return newer ? { value, newer } : { value }
  })
  return { ...field, choices, default: preferred ?? field.default }
}

function appOf(name: string): App {
  return APPS[name] ?? { type: 'openai-compatible', versioned: true }
}

function linkOf(record: ExportRecord, name: string, notes: string, values: Values): string {
  const app = values.text('app')
  const { type, versioned } = appOf(app)
  const endpoint = versioned ? versionedBase(record, type) : protocolBase(record, type)
  const tiers = TIERS.map((tier): [string, string] => [tier, values.text(tier)])
  const parameters = query({
    resource: 'provider',
    app,
    // Hermes takes nothing but a slug for a name.
    name: app === 'hermes' ? slug(name, slug(hostOf(record))) : name,
    homepage: rootOf(record.baseUrl),
    // A comma would begin a second endpoint.
    endpoint: endpoint.replaceAll(',', '%2C'),
    apiKey: record.key,
    model: values.text('model'),
    ...Object.fromEntries(tiers),
    notes: values.flag('notes') ? notes : '',
    enabled: values.flag('enabled') ? 'true' : '',
  })
  return `ccswitch://v1/import?${parameters}`
}
