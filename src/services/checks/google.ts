import {
  objectAt,
  objectsAt,
  oneAt,
  type Protocol,
  textAt,
  tokensFor,
  VERIFY_TOOL,
} from './protocol'

/** Google Gemini (`contracts/exports.md 8.4`). */
export const google: Protocol = {
  version: '/v1beta',
  callFor(probe, { key, model, prompt }) {
    return {
      ...googleAddress(model, probe === 'stream'),
      headers: { 'x-goog-api-key': key },
      body: {
        contents: [{ role: 'user', parts: [{ text: prompt }] }],
        generationConfig: {
          maxOutputTokens: tokensFor(probe, model),
          ...(probe === 'structured'
            ? { responseMimeType: 'application/json', responseSchema: SCHEMA }
            : {}),
        },
        ...(probe === 'tools' ? TOOLS : {}),
      },
    }
  },
  read(documents) {
    const answers = documents.filter((document) => Array.isArray(document['candidates']))
    if (answers.length === 0) return null
    const parts = answers
      .flatMap((answer) => objectsAt(answer, 'candidates').slice(0, 1))
      .flatMap((candidate) => oneAt(candidate, 'content'))
      .flatMap((content) => objectsAt(content, 'parts'))
    return {
      text: parts
        // What it thought is not what it said.
        .filter(({ thought }) => thought !== true)
        .map((part) => textAt(part, 'text'))
        .join(''),
      calls: parts.flatMap((part) => {
        const call = objectAt(part, 'functionCall')
        return call
          ? [{ name: textAt(call, 'name'), input: JSON.stringify(call['args'] ?? {}) }]
          : []
      }),
    }
  },
}

/** Where a model is asked; without `alt=sse` a stream would be one long JSON list. */
export function googleAddress(model: string, streamed: boolean) {
  // A model's name is one segment, whatever it holds.
  const name = encodeURIComponent(model.replace(/^models\//, ''))
  return streamed
    ? { path: `/models/${name}:streamGenerateContent`, query: { alt: 'sse' } }
    : { path: `/models/${name}:generateContent` }
}

/** Its schemas have no `const`. */
const SCHEMA = {
  type: 'object',
  properties: { ok: { type: 'boolean' } },
  required: ['ok'],
} as const

const TOOLS = {
  tools: [{ functionDeclarations: [VERIFY_TOOL] }],
  toolConfig: { functionCallingConfig: { mode: 'ANY' } },
} as const
