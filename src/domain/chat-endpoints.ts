import * as z from 'zod/mini'

import { API_TYPES } from './api-types'

export type { ApiType } from './api-types'

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
