import * as z from 'zod/mini'

/** ISO 8601 on the wire, epoch ms in the product. */
const time = z.pipe(
  z.string().check(z.refine((text) => !Number.isNaN(Date.parse(text)))),
  z.transform((text: string) => Date.parse(text)),
)

/** `GET /key`; the user id is kept, so it must fit. */
export const ownerSchema = z.object({
  is_management_key: z.boolean(),
  creator_user_id: z.optional(z.nullable(z.string().check(z.minLength(1), z.maxLength(64)))),
})

/** `GET /credits`, USD. */
export const creditsSchema = z.object({ total_credits: z.number(), total_usage: z.number() })

/** A key as lists show it; amounts in USD. */
export const apiKeySchema = z.object({
  hash: z.string().check(z.minLength(1)),
  name: z.string(),
  /** The key with its middle left out. */
  label: z.string(),
  disabled: z.boolean(),
  /** `null` = unlimited. */
  limit: z.nullable(z.number()),
  limit_remaining: z.optional(z.nullable(z.number())),
  usage: z.number(),
  created_at: z.catch(z.optional(time), undefined),
  /** A time that cannot be read must not become "never". */
  expires_at: z.optional(z.nullable(time)),
})

export type ApiKeyAnswer = z.infer<typeof apiKeySchema>

export const workspaceSchema = z.object({ id: z.string().check(z.minLength(1)) })
