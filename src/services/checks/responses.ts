import {
  type Document,
  objectsAt,
  OK_SCHEMA,
  oneAt,
  type Protocol,
  textAt,
  tokensFor,
  VERIFY_TOOL,
} from './protocol'

/** OpenAI Responses (`contracts/exports.md 8.4`, openai). */
export const responses: Protocol = {
  version: '/v1',
  callFor(probe, { key, model, prompt }) {
    return {
      path: '/responses',
      headers: { Authorization: `Bearer ${key}` },
      body: {
        model,
        input: [{ role: 'user', content: [{ type: 'input_text', text: prompt }] }],
        max_output_tokens: tokensFor(probe, model),
        ...(probe === 'stream' ? { stream: true } : {}),
        ...(probe === 'tools' ? { tools: [TOOL], tool_choice: 'required' } : {}),
        ...(probe === 'structured' ? { text: { format: FORMAT } } : {}),
      },
    }
  },
  read(documents) {
    const whole = documents.filter((document) => Array.isArray(document['output']))
    const events = documents.filter(({ type }) => String(type).startsWith('response.'))
    if (whole.length + events.length === 0) return null
    const ended = events.flatMap((event) => oneAt(event, 'response'))
    const items = [...whole, ...ended].flatMap((answer) => objectsAt(answer, 'output'))
    const done = events
      .filter(({ type }) => type === 'response.output_item.done')
      .flatMap((event) => oneAt(event, 'item'))
    const deltas = events
      .filter(({ type }) => type === 'response.output_text.delta')
      .map((event) => textAt(event, 'delta'))
      .join('')
    // Some relays send the pieces and an empty last event, some only the last event.
    return { text: deltas || textOf(items) || textOf(done), calls: callsOf([...items, ...done]) }
  },
}

const TOOL = {
  type: 'function',
  ...VERIFY_TOOL,
  parameters: { type: 'object', properties: {} },
} as const

const FORMAT = { type: 'json_schema', strict: true, name: 'response', schema: OK_SCHEMA } as const

function textOf(items: readonly Document[]): string {
  return items
    .filter(({ type }) => type === 'message')
    .flatMap((item) => objectsAt(item, 'content'))
    .map((part) => textAt(part, 'text'))
    .join('')
}

function callsOf(items: readonly Document[]) {
  return items
    .filter(({ type }) => type === 'function_call')
    .map((item) => ({ name: textAt(item, 'name'), input: textAt(item, 'arguments') }))
}
