import * as z from 'zod/mini'

/** The user's id at the site: a positive integer on the wire, text in the product. */
const userId = z.pipe(
  z.int().check(z.positive()),
  z.transform((id: number) => String(id)),
)

/** A field that only helps: whatever is wrong with it, it counts as absent. */
const lenient = <S extends z.ZodMiniType>(schema: S) => z.catch(z.optional(schema), undefined)

/** `contracts/new-api.md 4.1`. Amounts are safe integers: a text or a float is another API. */
export const selfSchema = z.object({
  id: userId,
  username: z.optional(z.nullable(z.string())),
  display_name: z.optional(z.nullable(z.string())),
  group: z.optional(z.nullable(z.string())),
  quota: z.int(),
  used_quota: z.int(),
  request_count: z.int(),
  access_token: lenient(z.nullable(z.string())),
})

export type SelfAnswer = z.infer<typeof selfSchema>

/**
 * `contracts/new-api.md 3.1`. Everything may be missing; only `quota_per_unit` must be right when it
 * is there, because every amount of money rests on it.
 */
export const statusSchema = z.object({
  system_name: lenient(z.string()),
  quota_per_unit: z.optional(z.number().check(z.positive())),
  usd_exchange_rate: lenient(z.number()),
  price: lenient(z.number()),
  stripe_unit_price: lenient(z.number()),
  PaymentUSDRate: lenient(z.number()),
  checkin_enabled: lenient(z.boolean()),
  turnstile_check: lenient(z.boolean()),
  theme: lenient(z.enum(['default', 'classic'])),
})

export type StatusAnswer = z.infer<typeof statusSchema>

/** `contracts/new-api.md 2.6`. */
export const bundleSchema = z.object({
  access_token: z.string().check(z.minLength(1), z.maxLength(8192)),
  token_type: z.literal('Bearer'),
  /** Epoch seconds. */
  access_expires_at: z.int().check(z.positive()),
  session: z.object({ sid: z.string().check(z.minLength(1)), current: z.literal(true) }),
  user: z.object({ id: userId }),
})

/** `localStorage.user` (`contracts/new-api.md 3.3`): untrusted, only the id is of use. */
export const storedUserSchema = z.object({ id: userId })

/** `localStorage.uid`: the id as text. */
export const storedIdSchema = z.string().check(z.regex(/^[1-9]\d{0,18}$/))

/** `contracts/new-api.md 8.2`. */
export const statSchema = z.object({ quota: z.int() })

/** One row of `contracts/new-api.md 8.1`; unknown fields stay, they tell rows apart. */
export const logRowSchema = z.looseObject({
  user_id: z.optional(z.int()),
  username: z.optional(z.string()),
  created_at: z.int(),
  quota: z.int(),
  prompt_tokens: z.int(),
  completion_tokens: z.int(),
})

export type LogRow = z.infer<typeof logRowSchema>

/** One token of `contracts/new-api.md 6.3`; the fields of One API (14) beside it. */
export const apiKeySchema = z.object({
  id: z.int(),
  user_id: z.optional(userId),
  name: z.string(),
  key: z.string(),
  status: z.int(),
  created_time: z.int(),
  accessed_time: z.int(),
  /** -1 = never. */
  expired_time: z.int(),
  remain_quota: z.int(),
  used_quota: z.int(),
  unlimited_quota: z.boolean(),
  model_limits_enabled: z.optional(z.boolean()),
  model_limits: z.optional(z.nullable(z.string())),
  /** One API instead of `model_limits`. */
  models: z.optional(z.nullable(z.string())),
  allow_ips: z.optional(z.nullable(z.string())),
  /** One API instead of `allow_ips`. */
  subnet: z.optional(z.nullable(z.string())),
  group: z.optional(z.nullable(z.string())),
  cross_group_retry: z.optional(z.nullable(z.boolean())),
})

export type ApiKeyAnswer = z.infer<typeof apiKeySchema>

/** `contracts/new-api.md 4.2`; V-API answers texts instead of objects. */
export const groupsSchema = z.union([
  z.array(z.string()),
  z.record(
    z.string(),
    z.union([
      z.string(),
      z.object({
        ratio: z.union([z.number(), z.string()]),
        desc: z.optional(z.nullable(z.string())),
      }),
    ]),
  ),
])

/** `contracts/new-api.md 2.5`: 28 to 32 characters or 32 hex digits, stored as they come. */
export const accessTokenSchema = z.string().check(z.regex(/^[\x21-\x7e]{8,4096}$/))
