import * as z from 'zod/mini'

/** Numbers may come as text (`contracts/other-sites.md 5`). */
const numeric = z.pipe(
  z.union([z.number(), z.string().check(z.regex(/^-?\d{1,15}(?:\.\d+)?$/))]),
  z.transform(Number),
)

/** An id of a record, a number or a text on the wire. */
const id = z.pipe(z.union([z.int(), z.string().check(z.minLength(1))]), z.transform(String))

/** A field that only helps: whatever is wrong with it, it counts as absent. */
const lenient = <S extends z.ZodMiniType>(schema: S) => z.catch(z.optional(schema), undefined)

/** The user, by token or by session. The user name is the identity and is kept, so it must fit. */
export const selfSchema = z.object({
  username: z.string().check(z.minLength(1), z.maxLength(64)),
  display_name: lenient(z.string()),
  id: lenient(id),
  access_token: lenient(z.string()),
  quota: numeric,
  used_quota: lenient(numeric),
  request_count: lenient(numeric),
})

export type SelfAnswer = z.infer<typeof selfSchema>

/** A key of a list; its id and its text go by several names. */
const keyFields = z
  .object({
    id: lenient(id),
    token_id: lenient(id),
    user_id: lenient(id),
    name: z.string(),
    full_key: lenient(z.string()),
    key: lenient(z.string()),
    token: lenient(z.string()),
    value: lenient(z.string()),
    status: lenient(numeric),
    /** Epoch seconds. */
    created_time: lenient(numeric),
    accessed_time: lenient(numeric),
    /** -1 = never. */
    expired_time: numeric,
    unlimited_quota: lenient(z.boolean()),
    /** -1 = unlimited. */
    remain_quota: numeric,
    used_quota: lenient(numeric),
    models: lenient(z.string()),
  })
  .check(z.refine((row) => (row.id ?? row.token_id) !== undefined, { path: ['id'] }))

export const apiKeySchema = z.pipe(
  keyFields,
  z.transform((row: z.infer<typeof keyFields>) => ({
    ...row,
    id: row.id ?? row.token_id ?? '',
    key: row.full_key ?? row.key ?? row.token ?? row.value ?? '',
  })),
)

export type ApiKeyAnswer = z.infer<typeof apiKeySchema>

/** What a list that is no bare array says beside its rows. */
export const countSchema = z.object({ total: lenient(numeric), total_count: lenient(numeric) })
