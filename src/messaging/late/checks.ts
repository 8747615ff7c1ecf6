import * as z from 'zod/mini'

import { apiTypeSchema } from '@/src/domain/chat-endpoints'
import { checkRunSchema, PROBES } from '@/src/domain/check-run'
import { keySourceSchema } from '@/src/domain/credential'

const none = z.strictObject({})
const runId = checkRunSchema.shape.id

export const checkMessages = {
  /**
   * Runs probes with a key, one after the other; each costs a little quota, which the user was told.
   * Answers at once; the run is announced as it goes.
   */
  'checks.start': {
    input: z.strictObject({
      source: keySourceSchema,
      apiType: apiTypeSchema,
      /** Absent: the first fitting one of the model list. */
      model: z.optional(z.string().check(z.minLength(1), z.maxLength(256))),
      probes: z.array(z.enum(PROBES)).check(z.minLength(1), z.maxLength(PROBES.length)),
    }),
    output: z.object({ id: runId }),
  },
  'checks.stop': { input: z.strictObject({ id: runId }), output: none },
  /** Runs under way and over, newest first; of one source where one is named. */
  'checks.runs': {
    input: z.strictObject({ source: z.optional(keySourceSchema) }),
    output: z.array(checkRunSchema),
  },
  /** Forgets runs that are over. */
  'checks.clear': { input: z.strictObject({ source: z.optional(keySourceSchema) }), output: none },
  /** Live models of a key by one protocol, and the one a verification would take. */
  'checks.models': {
    input: z.strictObject({ source: keySourceSchema, apiType: apiTypeSchema }),
    output: z.object({ models: z.array(z.string()), suggested: z.nullable(z.string()) }),
  },
}
