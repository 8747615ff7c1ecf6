import * as z from 'zod/mini'

import { metricSchema } from './metric'
import { generationSchema, siteTypeSchema } from './site-type'

/** What auto-recognition found in a tab. The secret part stays with the worker, under `draftId`. */
export const recognitionSchema = z.object({
  draftId: z.string(),
  origin: z.string(),
  siteType: siteTypeSchema,
  generation: generationSchema,
  /** Signs the software was recognised by. */
  evidence: z.array(z.string()),
  siteName: z.string(),
  userId: z.string(),
  username: z.string(),
  /** Quota points. */
  balance: metricSchema,
  quotaPerUnit: z.number(),
  exchangeRate: z.number(),
  /**
   * `found`: the site showed an existing access token, it will be used. `replaces`: making one
   * stops the previous one. `by-hand`: only the site's console can make one.
   */
  token: z.enum(['found', 'replaces', 'by-hand']),
  /** Accounts already stored for this origin. */
  existing: z.array(z.object({ id: z.string(), name: z.string(), sameUser: z.boolean() })),
})

export type Recognition = z.infer<typeof recognitionSchema>
