/**
 * How a key is used: OpenAI chat completions, OpenAI Responses, Anthropic messages, Google Gemini
 * (`contracts/exports.md 8.1`). Apart from `chat-endpoints.ts`, whose schemas pages have no use for.
 */
export const API_TYPES = ['openai-compatible', 'openai', 'anthropic', 'google'] as const

export type ApiType = (typeof API_TYPES)[number]
