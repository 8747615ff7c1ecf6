import type { Json } from '@/src/net/transport'

import {
  type Document,
  objectAt,
  objectsAt,
  OK_SCHEMA,
  type Protocol,
  textAt,
  tokensFor,
  VERIFY_TOOL,
} from './protocol'

/** Models that take a schema for their answer; older ones need a tool for it (8.4). */
const TAKES_SCHEMA = /claude-(?:opus|sonnet|haiku)-(?:4-[5-9](?!\d)|[5-9])/

export const ANTHROPIC_VERSION = { 'anthropic-version': '2023-06-01' } as const

/** Anthropic messages (`contracts/exports.md 8.4`). */
export const anthropic: Protocol = {
  version: '/v1',
  callFor(probe, { key, model, prompt }) {
    return {
      path: '/messages',
      headers: { 'x-api-key': key, ...ANTHROPIC_VERSION },
      body: {
        model,
        max_tokens: tokensFor(probe, model),
        messages: [{ role: 'user', content: [{ type: 'text', text: prompt }] }],
        ...(probe === 'stream' ? { stream: true } : {}),
        ...(probe === 'tools' ? { tools: [TOOL], tool_choice: { type: 'any' } } : {}),
        ...(probe === 'structured' ? structuredFields(model) : {}),
      },
    }
  },
  read(documents) {
    const whole = documents.filter((document) => Array.isArray(document['content']))
    const events = documents.filter(({ type }) => /^(?:message|content_block)_/.test(String(type)))
    if (whole.length + events.length === 0) return null
    const blocks = [...whole.flatMap((answer) => objectsAt(answer, 'content')), ...joined(events)]
    const ofType = (wanted: string) => blocks.filter(({ type }) => type === wanted)
    const calls = ofType('tool_use').map((block) => ({
      name: textAt(block, 'name'),
      input: textAt(block, 'pieces') || JSON.stringify(block['input'] ?? {}),
    }))
    return {
      text: ofType('text')
        .map((block) => textAt(block, 'text') + textAt(block, 'pieces'))
        .join(''),
      calls,
    }
  },
}

const TOOL = { ...VERIFY_TOOL, input_schema: { type: 'object', properties: {} } } as const

function structuredFields(model: string): Record<string, Json> {
  return TAKES_SCHEMA.test(model)
    ? { output_config: { format: { type: 'json_schema', schema: OK_SCHEMA } } }
    : {
        tools: [
          { name: 'json', description: 'Respond with a JSON object.', input_schema: OK_SCHEMA },
        ],
        tool_choice: { type: 'any', disable_parallel_tool_use: true },
      }
}

/** The blocks of a stream, each with what was added to it as `pieces`. */
function joined(events: readonly Document[]): Document[] {
  const blocks = new Map<unknown, Document>()
  for (const event of events) {
    const index = event['index']
    if (event['type'] === 'content_block_start') {
      blocks.set(index, objectAt(event, 'content_block') ?? {})
    } else if (event['type'] === 'content_block_delta') {
      const delta = objectAt(event, 'delta')
      const block = blocks.get(index) ?? { type: 'text' }
      const piece = textAt(delta, 'text') + textAt(delta, 'partial_json')
      blocks.set(index, { ...block, pieces: textAt(block, 'pieces') + piece })
    }
  }
  return [...blocks.values()]
}
