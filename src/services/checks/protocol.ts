import type { ApiType } from '@/src/domain/chat-endpoints'
import type { Probe } from '@/src/domain/check-run'
import type { Json } from '@/src/net/transport'

/** A probe that talks to a model. */
export type ModelProbe = Exclude<Probe, 'models'>

/** What one probe is about. */
export interface Ask {
  readonly key: string
  readonly model: string
  readonly prompt: string
}

/** A model call before it is bound to a base address. */
export interface ModelCall {
  /** Below the protocol's base with its version segment, e.g. `/chat/completions`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
  readonly body: Readonly<Record<string, Json>>
}

interface ToolCall {
  readonly name: string
  /** Its arguments as JSON text. */
  readonly input: string
}

/** What a model said, in no protocol's form. */
export interface Said {
  readonly text: string
  readonly calls: readonly ToolCall[]
}

/** One of the protocols (`contracts/exports.md 8.4`); no state. */
export interface Protocol {
  /** What stands between the base address and {@link ModelCall.path}. */
  readonly version: '/v1' | '/v1beta'
  callFor(probe: 'text' | 'stream' | 'tools' | 'structured', ask: Ask): ModelCall
  /**
   * Reads an answer: one document, or the documents of a stream in their order. `null` = no answer
   * of this protocol.
   */
  read(documents: readonly Document[]): Said | null
}

/** A JSON object of an answer. */
export type Document = Readonly<Record<string, unknown>>

/** Every probe that talks to a model, with the protocol it talks. */
export const PROTOCOL_OF_TOOL = {
  'claude-code': 'anthropic',
  codex: 'openai',
  'gemini-cli': 'google',
} as const satisfies Partial<Record<Probe, ApiType>>

/** Prompts of `contracts/exports.md 8.3`. */
export const PROMPTS = {
  text: 'Reply with exactly: OK',
  stream: 'Reply with exactly: OK',
  tools:
    'Call the verify_tool tool once. Reply with a short sentence that includes the returned time.',
  structured: 'Return a JSON object with shape { ok: true }.',
} as const

export const VERIFY_TOOL = {
  name: 'verify_tool',
  description: 'Return a timestamp string.',
} as const

/** What a structured answer must be. */
export const OK_SCHEMA = {
  type: 'object',
  properties: { ok: { type: 'boolean', const: true } },
  required: ['ok'],
  additionalProperties: false,
} as const

/** Models that think before they speak: the thinking counts as output. */
const THINKING =
  /(?:^|[/-])o\d(?:$|-)|gpt-5|codex|grok-[4-9]|deepseek-r|reason|think|qwq|gemini-(?:2\.5|[3-9])|glm-[4-9]|kimi-k2|minimax/i

export function thinks(model: string): boolean {
  return THINKING.test(model)
}

/** How much a model may say, tokens (`contracts/exports.md 8.6`): a check is to cost little. */
export function tokensFor(probe: ModelProbe, model: string): number {
  if (thinks(model)) return 1024
  return probe === 'text' || probe === 'stream' ? 64 : 256
}

/** A field of a document that is itself an object. */
export function objectAt(document: Document, field: string): Document | undefined {
  return asDocument(document[field])
}

export function asDocument(value: unknown): Document | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isObject ? (value as Document) : undefined
}

/** The objects of a list; `[]` for anything else. */
export function objectsAt(document: Document, field: string): Document[] {
  const list = document[field]
  if (!Array.isArray(list)) return []
  return list.map(asDocument).filter((one) => one !== undefined)
}

/** The object in a field, as a list of one or none. */
export function oneAt(document: Document, field: string): Document[] {
  const one = objectAt(document, field)
  return one ? [one] : []
}

export function textAt(document: Document | undefined, field: string): string {
  const value = document?.[field]
  return typeof value === 'string' ? value : ''
}
