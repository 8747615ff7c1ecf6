import * as z from 'zod/mini'

import { FAILURE_CLASSES } from './failure'
import { traceSchema } from './trace'

export const failureSchema = z.object({
  class: z.enum(FAILURE_CLASSES),
  /** Stable kebab-case code inside the class, e.g. `timeout`, `user-mismatch`, `not-json`. */
  reason: z.optional(z.string()),
  /** The input field at fault, for `input`. */
  field: z.optional(z.string()),
  /** HTTP status of the answer, where there was one. */
  httpStatus: z.optional(z.int()),
  /** Epoch ms before which trying again is pointless. */
  retryAtMs: z.optional(z.int()),
  /** Path of the call that failed, without query and without origin. */
  path: z.optional(z.string()),
  /** The site's own words, redacted and cut to 200 characters. Rendered as text only. */
  detail: z.optional(z.string()),
  /** The requests that led here; no secret in them. */
  trace: z.optional(traceSchema),
})

/** A failure as a plain value: storable, sendable, free of secrets. */
export type Failure = z.infer<typeof failureSchema>
