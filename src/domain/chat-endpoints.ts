import * as z from 'zod/mini'

export const API_TYPES = ['openai-compatible', 'openai', 'anthropic', 'google'] as const

/**
 * How a key is used: OpenAI chat completions, OpenAI Responses, Anthropic messages, Google Gemini
 * (`contracts/exports.md 8.1`).
 */
export type ApiType = (typeof API_TYPES)[number]

export const apiTypeSchema = z.enum(API_TYPES)

/**
 * Where each protocol lives below the address of a site (`contracts/exports.md 0.3`). Paths begin
 * with `/` or are `''`; `null` = the software does not speak that protocol.
 */
export const endpointsSchema = z.object({
  /** To which `/v1/chat/completions` is added. */
  chat: z.string(),
  /** To which `/v1/responses` is added. */
  responses: z.nullable(z.string()),
  /** To which `/v1/messages` is added. */
  anthropic: z.nullable(z.string()),
  /** To which `/v1beta/models/…` is added. */
  google: z.nullable(z.string()),
})

export type Endpoints = z.infer<typeof endpointsSchema>
