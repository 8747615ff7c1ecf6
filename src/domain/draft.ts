import * as z from 'zod/mini'

import { recognitionSchema } from './recognition'

const userId = z.string()

/**
 * A finished recognition that waits for the user's word, secrets included. Lives an hour at most
 * and only on this device.
 */
export const draftRecordSchema = z.object({
  id: z.string().check(z.regex(/^draft_[0-9a-f]{32}$/)),
  createdAtMs: z.int(),
  recognition: recognitionSchema,
  access: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('token'), userId, accessToken: z.string() }),
    z.object({ kind: z.literal('cookie'), userId }),
    z.object({
      kind: z.literal('bearer'),
      userId,
      bearer: z.string(),
      expiresAtMs: z.int(),
      sessionId: z.optional(z.string()),
    }),
  ]),
  existingToken: z.nullable(z.string()),
  /** One-time refresh token of a session that was made for Relaydeck. */
  refreshToken: z.optional(z.string()),
  /** Set before the site is asked for a new access token: that request never leaves twice. */
  tokenAskedAtMs: z.optional(z.int()),
})

export type DraftRecord = z.infer<typeof draftRecordSchema>
