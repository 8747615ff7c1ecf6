import * as z from 'zod/mini'

import { isWholeKey } from '@/src/domain/whole-key'

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

/** A figure that only some calculations need. */
const amount = z.catch(z.optional(z.number()), undefined)

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
  /** When what counts against the limit starts anew; `null` = never. */
  limit_reset: z.catch(z.optional(z.nullable(z.string())), undefined),
  include_byok_in_limit: z.catch(z.optional(z.boolean()), undefined),
  usage: z.number(),
  usage_daily: amount,
  usage_weekly: amount,
  usage_monthly: amount,
  byok_usage: amount,
  byok_usage_daily: amount,
  byok_usage_weekly: amount,
  byok_usage_monthly: amount,
  created_at: z.catch(z.optional(time), undefined),
  /** A time that cannot be read must not become "never". */
  expires_at: z.optional(z.nullable(time)),
})

export type ApiKeyAnswer = z.infer<typeof apiKeySchema>

/** `POST /keys`: the only answer with the key itself. */
export const createdKeySchema = z.object({
  data: apiKeySchema,
  key: z.string().check(z.refine(isWholeKey)),
})

export const removedSchema = z.object({ deleted: z.literal(true) })

/** `GET /models/user`; `links.next` names the next page. */
export const modelsSchema = z.object({
  data: z.array(z.object({ id: z.string().check(z.minLength(1), z.maxLength(256)) })),
  links: z.catch(z.optional(z.object({ next: z.optional(z.nullable(z.string())) })), undefined),
})

export const workspaceSchema = z.object({ id: z.string().check(z.minLength(1)) })
