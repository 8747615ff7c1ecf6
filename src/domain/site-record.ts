import * as z from 'zod/mini'

import { isOrigin } from './origin'

/** What is known here about reaching one site. Bound to this browser, as its permissions are. */
export const siteRecordSchema = z.object({
  id: z.string().check(z.regex(/^site_[0-9a-f]{32}$/)),
  origin: z.string().check(z.refine(isOrigin)),
  /** When the browser granted access, epoch ms; absent = before anybody wrote it down. */
  grantedAtMs: z.optional(z.int()),
  /** The last request of ours, epoch ms. */
  lastUsedAtMs: z.optional(z.int()),
  /** The user allowed opening this site unseen when a protection page stands in the way. */
  autoHelp: z.boolean(),
  /** When that was done last, epoch ms. */
  autoHelpedAtMs: z.optional(z.int()),
  /** Redemption codes are looked for in what the user selects or copies on its pages. */
  findCodes: z.optional(z.boolean()),
})

export type SiteRecord = z.infer<typeof siteRecordSchema>

/** One line of the site access list. */
export const siteAccessSchema = z.object({
  origin: z.string(),
  /** Whether the browser grants access now. */
  granted: z.boolean(),
  /** Accounts that are a reason; neither these nor `others` = left over from something that was not finished. */
  accounts: z.array(z.object({ id: z.string(), name: z.string() })),
  /** How many other things are reasons; absent = none. */
  others: z.optional(z.object({ credentials: z.int(), gateways: z.int(), channels: z.int() })),
  sinceMs: z.optional(z.int()),
  lastUsedAtMs: z.optional(z.int()),
  autoHelp: z.boolean(),
  findCodes: z.optional(z.boolean()),
})

export type SiteAccess = z.infer<typeof siteAccessSchema>
