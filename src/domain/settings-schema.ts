import * as z from 'zod/mini'

import { CURRENCIES } from './money'
import { HELP_PLACES, LANGUAGES, THEMES } from './settings'

export const settingsSchema = z.object({
  /** `auto` follows the browser. */
  language: z.enum(['auto', ...LANGUAGES]),
  theme: z.enum(THEMES),
  /** What balances and use are shown in. */
  currency: z.enum(CURRENCIES),
  /** Where a site is opened for its protection check. */
  helpIn: z._default(z.enum(HELP_PLACES), 'tab'),
})

export type Settings = z.infer<typeof settingsSchema>

export const settingsRecordSchema = z.object({
  id: z.literal('settings'),
  decided: settingsSchema,
  /** When the user last set each field, epoch ms. */
  decidedAtMs: z.record(z.string(), z.int()),
})

export type SettingsRecord = z.infer<typeof settingsRecordSchema>
