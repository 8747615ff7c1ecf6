import {
  type Document,
  objectAt,
  objectsAt,
  oneAt,
  type Protocol,
  textAt,
  thinks,
  tokensFor,
  VERIFY_TOOL,
} from './protocol'

/** OpenAI chat completions (`contracts/exports.md 8.4`, openai-compatible). */
export const chat: Protocol = {
  version: '/v1',
  callFor(probe, { key, model, prompt }) {
    const tokens = tokensFor(probe, model)
    return {
      path: '/chat/completions',
      headers: { Authorization: `Bearer ${key}` },
      body: {
        model,
        messages: [{ role: 'user', content: prompt }],
        // Models that think refuse the old name, other servers know only that one.
        ...(thinks(model) && /gpt|(?:^|\/)o\d/i.test(model)
          ? { max_completion_tokens: tokens }
          : { max_tokens: tokens }),
        ...(probe === 'stream' ? { stream: true } : {}),
        ...(probe === 'tools' ? { tools: [TOOL], tool_choice: 'required' } : {}),
        ...(probe === 'structured' ? { response_format: { type: 'json_object' } } : {}),
      },
    }
  },
  read(documents) {
    const answers = documents.filter((document) => Array.isArray(document['choices']))
    if (answers.length === 0) return null
    // Plain answers have `message`, pieces of a stream have `delta`.
    const messages = answers.flatMap((document) =>
      objectsAt(document, 'choices')
        .slice(0, 1)
        .flatMap((choice) => [...oneAt(choice, 'message'), ...oneAt(choice, 'delta')]),
    )
    return { text: messages.map(contentOf).join(''), calls: callsOf(messages) }
  },
}

const TOOL = {
  type: 'function',
  function: { ...VERIFY_TOOL, parameters: { type: 'object', properties: {} } },
} as const

/** Text, or the text parts of a list. */
function contentOf(message: Document): string {
  const parts = objectsAt(message, 'content').map((part) => textAt(part, 'text'))
  return textAt(message, 'content') + parts.join('')
}

/** A stream names a call once and sends its arguments in pieces, all with the call's index. */
function callsOf(messages: readonly Document[]) {
  const calls = new Map<unknown, { name: string; input: string }>()
  for (const message of messages) {
    objectsAt(message, 'tool_calls').forEach((piece, at) => {
      const index = piece['index'] ?? at
      const call = calls.get(index) ?? { name: '', input: '' }
      const told = objectAt(piece, 'function')
      calls.set(index, {
        name: call.name || textAt(told, 'name'),
        input: call.input + textAt(told, 'arguments'),
      })
    })
  }
  return [...calls.values()]
}
