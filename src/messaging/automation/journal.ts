import * as z from 'zod/mini'

import { JOURNAL_KINDS, journalEntrySchema } from '@/src/domain/journal'

export const journalMessages = {
  /** Jobs, newest first, at most `limit` that began before `beforeMs`. */
  'journal.list': {
    input: z.strictObject({
      kinds: z.optional(z.array(z.enum(JOURNAL_KINDS))),
      beforeMs: z.optional(z.int()),
      limit: z.int().check(z.minimum(1), z.maximum(200)),
    }),
    output: z.object({ entries: z.array(journalEntrySchema()), more: z.boolean() }),
  },
}
