import * as z from 'zod/mini'

import { AUTOMATION_LIMITS } from './automation-limits'
import { NOTICE_EVENTS } from './notice'
import { once } from './once'

/** A time of day on the user's clock: `HH:MM`. */
const clockTimeSchema = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/))

export const BADGES = ['off', 'needs-you', 'total'] as const

export type Badge = (typeof BADGES)[number]

const whole = ({ min, max }: { min: number; max: number }) =>
  z.int().check(z.minimum(min), z.maximum(max))

/** What the user decided about everything that runs by itself. */
export const automationSettingsSchema = once(() => {
  const limits = AUTOMATION_LIMITS
  return z.object({
    refresh: z.strictObject({
      enabled: z.boolean(),
      everyMin: whole(limits.refreshEveryMin),
      /** An account refreshed less than this ago is left alone, seconds. */
      minAgeSec: whole(limits.refreshMinAgeSec),
      onPopup: z.boolean(),
    }),
    checkIn: z.strictObject({
      enabled: z.boolean(),
      /** The part of the day it may run in; `from` later than `to` = over midnight. */
      from: clockTimeSchema,
      to: clockTimeSchema,
      mode: z.enum(['random', 'fixed']),
      /** For `fixed`; inside the window. */
      at: clockTimeSchema,
      /** Opening the popup inside the window runs what is due that day. */
      onPopup: z.boolean(),
      retry: z.boolean(),
      retryEveryMin: whole(limits.retryEveryMin),
      /** Check-ins sent per account and site day at most, the first one included. */
      retryMost: whole(limits.retryMost),
    }),
    warnings: z.strictObject({
      /** Below this a balance is low, USD; `null` = no warning unless account or tag have one. */
      lowBalanceUsd: z.nullable(
        z.number().check(z.minimum(limits.lowBalanceUsd.min), z.maximum(limits.lowBalanceUsd.max)),
      ),
      /** A plan that ends in fewer days; 0 = never. */
      planDays: whole(limits.warnDays),
      /** A login that ends in fewer days, where that is known; 0 = never. */
      loginDays: whole(limits.warnDays),
      /** How long a warning that was put away or sent stays quiet. */
      cooldownHours: whole(limits.cooldownHours),
    }),
    badge: z.enum(BADGES),
    notices: z.strictObject({
      events: z.record(z.enum(NOTICE_EVENTS), z.boolean()),
      /** Notifications of the browser itself. */
      browser: z.boolean(),
    }),
  })
})

export type AutomationSettings = z.infer<ReturnType<typeof automationSettingsSchema>>

export const automationSettingsRecordSchema = once(() =>
  z.object({
    id: z.literal('automation'),
    decided: automationSettingsSchema(),
    /** When the user last set each section, epoch ms. */
    decidedAtMs: z.record(z.string(), z.int()),
  }),
)

export type AutomationSettingsRecord = z.infer<ReturnType<typeof automationSettingsRecordSchema>>

/** Nothing notifies, nothing is shown on the icon, nothing is refreshed unless the user says so. */
export const DEFAULT_AUTOMATION: AutomationSettings = {
  refresh: { enabled: false, everyMin: 15, minAgeSec: 120, onPopup: false },
  checkIn: {
    enabled: true,
    from: '09:00',
    to: '23:00',
    mode: 'random',
    at: '09:00',
    onPopup: false,
    retry: false,
    retryEveryMin: 30,
    retryMost: 3,
  },
  warnings: { lowBalanceUsd: null, planDays: 3, loginDays: 3, cooldownHours: 24 },
  badge: 'off',
  notices: {
    events: {
      'check-in-finished': false,
      'check-in-needs-you': false,
      'low-balance': false,
      'login-expired': false,
      'sync-failed': false,
    },
    browser: false,
  },
}
