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

/** Texts that several fields of a key may be: a comma list, or a list. */
const listText = z.optional(
  z.nullable(
    z.union([
      z.string(),
      z.pipe(
        z.array(z.string()),
        z.transform((parts: string[]) => parts.join(',')),
      ),
    ]),
  ),
)

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
    unlimited_quota: z.optional(z.nullable(z.boolean())),
    /** -1 = unlimited. */
    remain_quota: numeric,
    used_quota: lenient(numeric),
    // What a change sends back must have been read: here nothing wrong counts as absent.
    models: listText,
    allow_ips: listText,
    ip_whitelist: listText,
    subnet: listText,
  })
  .check(z.refine((row) => (row.id ?? row.token_id) !== undefined, { path: ['id'] }))

type KeyFields = z.infer<typeof keyFields>

const secretOf = (row: Pick<KeyFields, 'full_key' | 'key' | 'token' | 'value'>): string =>
  row.full_key ?? row.key ?? row.token ?? row.value ?? ''

export const apiKeySchema = z.pipe(
  keyFields,
  z.transform((row: KeyFields) => ({
    ...row,
    id: row.id ?? row.token_id ?? '',
    key: secretOf(row),
    ips: [row.subnet, row.allow_ips, row.ip_whitelist].find((list) => list) ?? '',
  })),
)

export type ApiKeyAnswer = z.infer<typeof apiKeySchema>

/** The text of a key, of an answer whose other fields may be missing; `''` = none. */
export const secretSchema = z.catch(
  z.union([
    z.string(),
    z.pipe(
      z.object({
        full_key: lenient(z.string()),
        key: lenient(z.string()),
        token: lenient(z.string()),
        value: lenient(z.string()),
      }),
      z.transform(secretOf),
    ),
  ]),
  '',
)

/** Models by name, as text or as objects (`contracts/other-sites.md 5`). */
export const modelsSchema = z.array(
  z.union([
    z.string(),
    z.pipe(
      z.object({ model: z.string() }),
      z.transform(({ model }) => model),
    ),
    z.pipe(
      z.object({ model_id: z.string() }),
      z.transform(({ model_id: model }) => model),
    ),
  ]),
)

/** What a list that is no bare array says beside its rows. */
export const countSchema = z.object({ total: lenient(numeric), total_count: lenient(numeric) })
