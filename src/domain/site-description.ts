import * as z from 'zod/mini'

import { siteTypeSchema } from './site-type'

/** What a screen may know of a site family: plain data, no behaviour. */
export const siteDescriptionSchema = z.object({
  type: siteTypeSchema,
  label: z.string(),
  authModes: z.array(z.enum(['token', 'cookie'])),
  /** Front-end paths by page; a missing one hides the action. */
  routes: z.object({
    login: z.string(),
    profile: z.string(),
    keys: z.string(),
    usageLog: z.string(),
    topUp: z.string(),
  }),
})

export type SiteDescription = z.infer<typeof siteDescriptionSchema>
