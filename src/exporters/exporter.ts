import type { ApiType } from '@/src/domain/chat-endpoints'
import type { ExportRecord } from '@/src/domain/export-record'
import { raise } from '@/src/domain/failure'
import { assertWhole, isWholeKey } from '@/src/domain/whole-key'

import { commonProtocols, isWebBase } from './bases'
import { cut } from './names'
import { isChoice, type OptionField, type Options, valuesOf, type Values } from './options'

/** Longest value of an option in the ledger (`messaging/late/exports.ts`). */
const NOTED_LENGTH = 400

/** Something that keeps an export from being built; words for it come from locales by `reason`. */
export interface Problem {
  /** An option, or `key` / `baseUrl` of a record. */
  readonly field: string
  readonly reason: string
}

export interface BuiltLink {
  /** Name of the key it carries. */
  readonly label: string
  readonly url: string
  /** What will receive the key: the host of a web link, else the scheme (`cherrystudio:`). */
  readonly opens: string
  /**
   * `too-long`: may not reach the program. `key-in-query`: the web server it opens sees the key.
   * `in-history`: the browser writes the address it opens, and with it the key, into its history.
   */
  readonly warnings: readonly ('too-long' | 'key-in-query' | 'in-history')[]
}

export interface Snippet {
  /** What it is; words for it come from locales. */
  readonly id: string
  /** The file it belongs to (`~/.codex/config.toml`); `''` = none. */
  readonly place: string
  readonly text: string
  readonly language: string
}

/** What an exporter makes. Every form of it holds the key: never log, store or leave it mounted. */
export type Built =
  | { readonly kind: 'link'; readonly links: readonly BuiltLink[] }
  | { readonly kind: 'text'; readonly text: string; readonly language: string }
  | { readonly kind: 'file'; readonly name: string; readonly mime: string; readonly text: string }
  | { readonly kind: 'snippets'; readonly snippets: readonly Snippet[] }

/** What one target is told by; {@link defineExporter} adds everything all targets have in common. */
interface Definition {
  readonly id: string
  readonly kind: Built['kind']
  /** Takes several keys at once. */
  readonly many: boolean
  /** Protocols the target can use; one of them must be spoken by every site. Empty = any. */
  readonly protocols: readonly ApiType[]
  fields(records: readonly ExportRecord[], options: Options): readonly OptionField[]
  /** What the user should know before it is done; words come from locales. */
  notes?(values: Values): readonly string[]
  /** Problems beyond missing options; called only when there are none of the common ones. */
  check?(records: readonly ExportRecord[], values: Values): readonly Problem[]
  build(records: readonly ExportRecord[], values: Values, nowMs: number): Built
}

/** A target keys can be handed to. A generic form can render any of them. */
export interface Exporter {
  readonly id: string
  readonly kind: Built['kind']
  readonly many: boolean
  /** Whether the target can use these keys at all, whatever the options. */
  offered(records: readonly ExportRecord[]): boolean
  /** The options to ask for; they may depend on what is chosen so far. */
  fields(records: readonly ExportRecord[], options?: Options): readonly OptionField[]
  notes(records: readonly ExportRecord[], options?: Options): readonly string[]
  problems(records: readonly ExportRecord[], options?: Options): readonly Problem[]
  /** The options worth writing down in the destination ledger: choices and models, never text. */
  remembered(records: readonly ExportRecord[], options?: Options): Record<string, string>
  /**
   * Makes the export.
   * @throws `input` with the first of {@link Exporter.problems}; `key`/`masked` for a masked key.
   */
  build(records: readonly ExportRecord[], options?: Options, nowMs?: number): Built
}

/** Makes an exporter that refuses masked keys and incomplete options before its target is asked. */
export function defineExporter(definition: Definition): Exporter {
  const { id, kind, many, protocols } = definition
  const offered = (records: readonly ExportRecord[]): boolean =>
    records.length > 0 &&
    (many || records.length === 1) &&
    (protocols.length === 0 || commonProtocols(records, protocols).length > 0)

  const prepare = (given: readonly ExportRecord[], options: Options) => {
    const records = tidied(given)
    const fields = definition.fields(records, options)
    return { records, fields, values: valuesOf(fields, options) }
  }

  const problems = (given: readonly ExportRecord[], options: Options = {}): readonly Problem[] => {
    const { records, fields, values } = prepare(given, options)
    const found = [...problemsOfRecords(records, many), ...problemsOfFields(fields, values)]
    if (records.length > 0 && protocols.length > 0 && !commonProtocols(records, protocols).length) {
      found.push({ field: 'apiType', reason: 'not-spoken' })
    }
    return found.length > 0 ? found : (definition.check?.(records, values) ?? [])
  }

  return {
    id,
    kind,
    many,
    offered,
    problems,
    fields: (records, options = {}) => prepare(records, options).fields,
    notes: (records, options = {}) => definition.notes?.(prepare(records, options).values) ?? [],
    remembered: (records, options = {}) => {
      const { fields, values } = prepare(records, options)
      const told = fields.filter(({ type }) => ['select', 'apiType', 'model'].includes(type))
      const pairs = told.map(({ name }): [string, string] => [
        name,
        cut(values.text(name), NOTED_LENGTH),
      ])
      return Object.fromEntries(pairs.filter(([, value]) => value !== ''))
    },
    build: (given, options = {}, nowMs = Date.now()) => {
      for (const { key } of given) assertWhole(key)
      const [problem] = problems(given, options)
      if (problem) raise({ class: 'input', ...problem })
      const { records, values } = prepare(given, options)
      return definition.build(records, values, nowMs)
    },
  }
}

function problemsOfRecords(records: readonly ExportRecord[], many: boolean): Problem[] {
  if (records.length === 0) return [{ field: 'key', reason: 'none' }]
  const found: Problem[] = []
  if (!many && records.length > 1) found.push({ field: 'key', reason: 'one-key' })
  if (records.some(({ key }) => !isWholeKey(key))) found.push({ field: 'key', reason: 'masked' })
  // A key travels in a header: anything but visible ASCII is a mistake, and could break out.
  else if (records.some(({ key }) => !/^[!-~]+$/.test(key))) {
    found.push({ field: 'key', reason: 'unusable' })
  }
  if (!records.every(({ baseUrl }) => isWebBase(baseUrl))) {
    found.push({ field: 'baseUrl', reason: 'not-a-web-address' })
  }
  return found
}

function problemsOfFields(fields: readonly OptionField[], values: Values): Problem[] {
  return fields.flatMap((field): Problem[] => {
    const { name } = field
    if (isChoice(field)) {
      if (field.choices.length === 0) return [{ field: name, reason: 'not-spoken' }]
      const known = field.choices.some(({ value }) => value === values.text(name))
      return known ? [] : [{ field: name, reason: 'not-a-choice' }]
    }
    const isMissing = field.type === 'models' ? !values.list(name).length : !values.text(name)
    return field.required && isMissing ? [{ field: name, reason: 'required' }] : []
  })
}

/** Each key once, and no half of a character pair, which no encoding has a place for. */
function tidied(records: readonly ExportRecord[]): readonly ExportRecord[] {
  const bySource = new Map(records.map((record) => [JSON.stringify(sourceOf(record)), record]))
  return [...bySource.values()].map((record) => ({
    ...record,
    siteName: record.siteName.toWellFormed(),
    keyName: record.keyName.toWellFormed(),
    notes: record.notes.toWellFormed(),
  }))
}

function sourceOf({ source }: ExportRecord): readonly string[] {
  return source.kind === 'key' ? [source.accountId, source.keyId] : [source.credentialId]
}
