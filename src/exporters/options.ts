import type { ApiType } from '@/src/domain/chat-endpoints'
import type { ExportRecord } from '@/src/domain/export-record'

import { commonProtocols, isProtocol } from './bases'

export type OptionValue = string | boolean | readonly string[]

/** What a user chose, by name of the field; what is absent has its default. */
export type Options = Readonly<Record<string, OptionValue>>

interface Choice {
  readonly value: string
  /** Understood only by newer versions of the program. */
  readonly newer?: true
}

interface TextField {
  readonly name: string
  /** `template`: a chat link template of the site. */
  readonly type: 'text' | 'model' | 'template'
  readonly default: string
  readonly required: boolean
}

interface ModelsField {
  readonly name: string
  readonly type: 'models'
  readonly default: readonly string[]
  readonly required: boolean
}

interface FlagField {
  readonly name: string
  readonly type: 'boolean'
  readonly default: boolean
  readonly required: false
}

export interface ChoiceField {
  readonly name: string
  /** `apiType`: the choices are API types. */
  readonly type: 'select' | 'apiType'
  readonly choices: readonly Choice[]
  readonly default: string
  readonly required: true
}

/** One option of an export, as data; its label comes from locales by exporter and name. */
export type OptionField = TextField | ModelsField | FlagField | ChoiceField

/** The options of one export, defaults filled in. */
export interface Values {
  /** Trimmed; `''` when there is none. */
  text(name: string): string
  flag(name: string): boolean
  /** Trimmed, each once, in the order given. */
  list(name: string): readonly string[]
  /** The chosen API type; OpenAI compatible when there is no such option. */
  protocol(): ApiType
}

export function isChoice(field: OptionField): field is ChoiceField {
  return field.type === 'select' || field.type === 'apiType'
}

/** Values of the given fields. An option of another type than its field's counts as absent. */
export function valuesOf(fields: readonly OptionField[], options: Options): Values {
  const values = new Map(fields.map((field) => [field.name, chosen(field, options)]))
  const text = (name: string): string => {
    const value = values.get(name)
    return typeof value === 'string' ? value.trim() : ''
  }
  return {
    text,
    flag: (name) => values.get(name) === true,
    list: (name) => {
      const value = values.get(name)
      return typeof value === 'object' ? tidyModels(value) : []
    },
    protocol: () => {
      const value = text('apiType')
      return isProtocol(value) ? value : 'openai-compatible'
    },
  }
}

function chosen(field: OptionField, options: Options): OptionValue {
  const value = options[field.name]
  if (value === undefined || typeof value !== typeof field.default) return field.default
  if (typeof value === 'string') return value.toWellFormed()
  return typeof value === 'object' ? value.map((one) => one.toWellFormed()) : value
}

export function textField(name: string, fallback = ''): OptionField {
  return { name, type: 'text', default: fallback, required: false }
}

export function modelField(name: string): OptionField {
  return { name, type: 'model', default: '', required: false }
}

/** A model that must be named; suggests one the keys are limited to. */
export function requiredModelField(
  name: string,
  records: readonly ExportRecord[],
  type: ApiType,
): OptionField {
  return { name, type: 'model', default: suggestedModel(records, type), required: true }
}

/** Models to hand over; suggests what the keys are limited to. */
export function modelsField(records: readonly ExportRecord[], required: boolean): OptionField {
  return { name: 'models', type: 'models', default: hints(records), required }
}

export function flagField(name: string, fallback = false): OptionField {
  return { name, type: 'boolean', default: fallback, required: false }
}

export function selectField(name: string, choices: readonly string[]): ChoiceField {
  const [first = ''] = choices
  const all = choices.map((value) => ({ value }))
  return { name, type: 'select', choices: all, default: first, required: true }
}

/** Which API the target shall use: of `among`, those that the sites of all records speak. */
export function apiTypeField(
  records: readonly ExportRecord[],
  among: readonly ApiType[],
): ChoiceField {
  const spoken = commonProtocols(records, among)
  const preferred = records[0]?.apiType
  return {
    ...selectField('apiType', spoken),
    type: 'apiType',
    default: spoken.find((type) => type === preferred) ?? spoken[0] ?? '',
  }
}

/** What is chosen of one field while the others are still being told. */
export function choiceOf(field: ChoiceField, options: Options): string {
  return valuesOf([field], options).text(field.name)
}

const FITTING: Record<ApiType, RegExp> = {
  'openai-compatible': /gpt|^o\d/,
  openai: /gpt|^o\d/,
  anthropic: /^claude/,
  google: /^gemini/,
}

/** `contracts/exports.md 8.1`: the first hint that fits the API type, else the first. */
function suggestedModel(records: readonly ExportRecord[], type: ApiType): string {
  const all = hints(records)
  return all.find((model) => FITTING[type].test(model)) ?? all[0] ?? ''
}

function hints(records: readonly ExportRecord[]): readonly string[] {
  return tidyModels(records.flatMap(({ modelHint }) => modelHint))
}

function tidyModels(models: readonly string[]): readonly string[] {
  return [...new Set(models.map((model) => model.trim()).filter((model) => model !== ''))]
}
