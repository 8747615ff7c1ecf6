import * as z from 'zod/mini'

import { once } from './once'

/** Until when things that were told or put away stay quiet: by their key, epoch ms. */
export const quietRecordSchema = once(() =>
  z.object({
    id: z.enum(['warnings', 'notices']),
    until: z.record(z.string(), z.int()),
  }),
)

export type QuietRecord = z.infer<ReturnType<typeof quietRecordSchema>>
