import * as z from 'zod/mini'

import { CURRENCIES } from './money'
import { DEFAULT_KEY, HELP_PLACES, LANGUAGES, THEMES } from './settings'

const defaultKeySchema = z.strictObject({
  /** Make it right after an account was added. */
  afterAdding: z.boolean(),
  name: z.string().check(z.minLength(1), z.maxLength(50)),
  /** What it may spend, USD; `null` = unlimited. */
  limitUsd: z.nullable(z.number().check(z.positive(), z.maximum(1_000_000))),
  /** Days until it expires; `null` = never. */
  days: z.nullable(z.int().check(z.minimum(1), z.maximum(3650))),
})

export const settingsSchema = z.object({
  /** `auto` follows the browser. */
  language: z.enum(['auto', ...LANGUAGES]),
  theme: z.enum(THEMES),
  /** What balances and use are shown in. */
  currency: z.enum(CURRENCIES),
  /** Where a site is opened for its protection check. */
  helpIn: z._default(z.enum(HELP_PLACES), 'tab'),
  /** Seconds after which a copied key is taken out of the clipboard again; 0 = never. */
  clearClipboardSec: z._default(z.int().check(z.minimum(0), z.maximum(600)), 0),
  /** The key that is made for an account without one, if the user switched that on. */
  defaultKey: z._default(defaultKeySchema, DEFAULT_KEY),
})

export type Settings = z.infer<typeof settingsSchema>

export const settingsRecordSchema = z.object({
  id: z.literal('settings'),
  decided: settingsSchema,
  /** When the user last set each field, epoch ms. */
  decidedAtMs: z.record(z.string(), z.int()),
})

export type SettingsRecord = z.infer<typeof settingsRecordSchema>
