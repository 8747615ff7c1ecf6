import * as z from 'zod/mini'

/** The user's id at the site: a positive integer on the wire, text in the product. */
export const userId = z.pipe(
  z.int().check(z.positive()),
  z.transform((id: number) => String(id)),
)

/** A field that only helps: whatever is wrong with it, it counts as absent. */
export const lenient = <S extends z.ZodMiniType>(schema: S) =>
  z.catch(z.optional(schema), undefined)

/** Printable ASCII: what may stand in a header. */
export const tokenText = z.string().check(z.regex(/^[\x21-\x7e]{1,8192}$/))

const count = z.int().check(z.nonnegative())
const time = z.optional(z.nullable(z.string()))

/** `contracts/sub2api.md 7`. Amounts are USD; the three last fields came after the first servers. */
export const selfSchema = z.object({
  id: userId,
  email: z.optional(z.nullable(z.string())),
  username: z.optional(z.nullable(z.string())),
  balance: z.number(),
  run_mode: lenient(z.string()),
  frozen_balance: lenient(z.number()),
  total_recharged: lenient(z.number()),
  rpm_limit: lenient(z.number()),
})

export type SelfAnswer = z.infer<typeof selfSchema>

/** `contracts/sub2api.md 13`, as far as it proves the software. */
export const settingsSchema = z.object({
  site_name: z.string(),
  registration_enabled: z.boolean(),
  version: lenient(z.string()),
  turnstile_enabled: lenient(z.boolean()),
  tencent_captcha_enabled: lenient(z.boolean()),
  aliyun_captcha_enabled: lenient(z.boolean()),
})

export type SettingsAnswer = z.infer<typeof settingsSchema>

/** `GET /usage/dashboard/stats` (`contracts/sub2api.md 11`). */
export const dashboardSchema = z.object({ total_requests: count, total_actual_cost: z.number() })

/** `GET /usage/stats` (`contracts/sub2api.md 11`). */
export const statsSchema = z.object({
  total_requests: count,
  total_input_tokens: count,
  total_output_tokens: count,
  total_actual_cost: z.number(),
})

/** A row of `GET /usage`; the full key embedded in it is left out (`contracts/sub2api.md 11`). */
export const usageRowSchema = z.object({
  user_id: z.optional(userId),
  // A row that cannot be placed would silently be missing from its day.
  created_at: z.string().check(z.refine((text) => !Number.isNaN(Date.parse(text)))),
  actual_cost: z.number(),
  input_tokens: count,
  output_tokens: count,
})

export type UsageRow = z.infer<typeof usageRowSchema>

/** `contracts/sub2api.md 9`. */
export const groupSchema = z.object({
  id: z.int(),
  name: z.string(),
  description: z.optional(z.nullable(z.string())),
  rate_multiplier: z.number(),
})

/** Personal multipliers by group id; none at all may be left out (`contracts/sub2api.md 2, 9`). */
export const ratesSchema = z.optional(z.nullable(z.record(z.string(), z.number())))

/** `contracts/sub2api.md 8`; old servers have the required fields only. */
export const apiKeySchema = z.object({
  id: z.int(),
  user_id: z.optional(userId),
  key: z.string(),
  name: z.string(),
  status: z.string(),
  created_at: time,
  last_used_at: time,
  expires_at: time,
  /** USD, 0 = unlimited. */
  quota: z.optional(z.number()),
  quota_used: z.optional(z.number()),
  /** `null` = any address, or none shut out; absent before 0.1.46. */
  ip_whitelist: z.optional(z.nullable(z.array(z.string()))),
  ip_blacklist: z.optional(z.nullable(z.array(z.string()))),
  group: z.optional(z.nullable(z.object({ name: z.string() }))),
})

export type ApiKeyAnswer = z.infer<typeof apiKeySchema>

const limit = z.optional(z.nullable(z.number()))

/** A window of `progress` (`contracts/sub2api.md 12`). */
const windowSchema = z.object({ limit_usd: limit, used_usd: z.number(), resets_at: time })

/** `contracts/sub2api.md 12`. */
export const subscriptionSchema = z.object({
  id: z.int(),
  user_id: z.optional(userId),
  status: z.string(),
  expires_at: time,
  daily_window_start: time,
  weekly_window_start: time,
  monthly_window_start: time,
  daily_usage_usd: z.optional(z.number()),
  weekly_usage_usd: z.optional(z.number()),
  monthly_usage_usd: z.optional(z.number()),
  group: z.optional(
    z.nullable(
      z.object({
        name: z.string(),
        daily_limit_usd: limit,
        weekly_limit_usd: limit,
        monthly_limit_usd: limit,
      }),
    ),
  ),
})

const maybeWindow = z.optional(z.nullable(windowSchema))

export const progressSchema = z.object({
  subscription: subscriptionSchema,
  progress: z.optional(
    z.nullable(
      z.object({
        group_name: z.optional(z.string()),
        daily: maybeWindow,
        weekly: maybeWindow,
        monthly: maybeWindow,
      }),
    ),
  ),
})

export type ProgressAnswer = z.infer<typeof progressSchema>
