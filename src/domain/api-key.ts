import * as z from 'zod/mini'

import { accountIdSchema } from './account'
import { KEY_FIELDS, KEY_STATUSES } from './key-values'
import { metricSchema } from './metric-schema'

export { KEY_FIELDS, type KeyField, type KeyStatus } from './key-values'

/** Id of a key at its site: a number as text, or a hash. */
export const keyIdSchema = z.string().check(z.minLength(1), z.maxLength(200))

/** Points at one key of one account. */
export const keyRefSchema = z.strictObject({ accountId: accountIdSchema, keyId: keyIdSchema })

export type KeyRef = z.infer<typeof keyRefSchema>

/** What is known of a key besides its secret. Amounts in the unit of the account. */
const keyFactsShape = {
  id: z.string(),
  name: z.string(),
  status: z.enum(KEY_STATUSES),
  /** What is left; `null` = unlimited. */
  remaining: z.nullable(metricSchema),
  used: metricSchema,
  createdAtMs: z.nullable(z.int()),
  lastUsedAtMs: z.nullable(z.int()),
  /** `null` = never expires. */
  expiresAtMs: z.nullable(z.int()),
  /** `''` = the user's own group. */
  group: z.string(),
  /** Empty = all models. */
  modelLimits: z.array(z.string()),
  /** Addresses and ranges that may use the key; empty = any. */
  ipLimits: z.array(z.string()),
  /** Second choice when `group` has no channel (`contracts/donehub.md 9.1`). */
  backupGroup: z.optional(z.string()),
  /** Whether group `auto` tries the next group (`contracts/new-api.md 6.3`). */
  crossGroupRetry: z.optional(z.boolean()),
}

/** An API key of an account as an adapter reads it; what calls models. */
export const apiKeySchema = z.object({
  ...keyFactsShape,
  /**
   * `full`: exactly what clients send, `sk-` included where the family has it. `masked`: text for
   * showing only, which can never be used as a key.
   */
  key: z.object({ kind: z.enum(['full', 'masked']), text: z.string() }),
})

export type ApiKey = z.infer<typeof apiKeySchema>

/**
 * Whether the full key can be had. `known`: it is in the vault. `hidden`: the site shows it when
 * asked. `lost`: the site showed it once and Relaydeck does not have it.
 */
export const KEY_SECRETS = ['known', 'hidden', 'lost'] as const

export type KeySecret = (typeof KEY_SECRETS)[number]

/** A key as pages show it: no secret in it. */
export const keyRowSchema = z.object({
  ...keyFactsShape,
  accountId: z.string(),
  /** The key, masked for showing; `''` where not even that is known. */
  shown: z.string(),
  secret: z.enum(KEY_SECRETS),
  /** Tells equal keys without telling the key (`crypto/fingerprint.ts`); only of known secrets. */
  fingerprint: z.optional(z.string()),
})

export type KeyRow = z.infer<typeof keyRowSchema>

/** A billing group the user may use (`contracts/new-api.md 4.2`). */
export const groupSchema = z.object({
  name: z.string(),
  /** Price multiplier; `null` where the server chooses (pseudo-group `auto`). */
  ratio: z.nullable(z.number()),
  description: z.string(),
})

export type Group = z.infer<typeof groupSchema>

const text = (most: number) => z.string().check(z.maxLength(most))

/**
 * What a user may decide about a key. Amounts in the unit of the account. Rules that depend on the
 * family are in `key-draft.ts`.
 */
export const keyDraftSchema = z.strictObject({
  name: text(200),
  /** What is left to spend from now on; `null` = unlimited. */
  remaining: z.nullable(z.number().check(z.nonnegative(), z.maximum(1e15))),
  /** `null` = never. */
  expiresAtMs: z.nullable(z.int()),
  modelLimits: z.array(text(256)).check(z.maxLength(2000)),
  ipLimits: z.array(text(64)).check(z.maxLength(500)),
  group: text(200),
  backupGroup: z.optional(text(200)),
  crossGroupRetry: z.optional(z.boolean()),
})

export type KeyDraft = z.infer<typeof keyDraftSchema>

/** Only what changes; everything else stays as the site has it. */
export const keyEditSchema = z.partial(keyDraftSchema)

export type KeyEdit = z.infer<typeof keyEditSchema>

/** What a family of one generation lets a user do with keys; a form asks for this. */
export const keyFeaturesSchema = z.object({
  /** Fields that can be set when a key is made, and changed afterwards. */
  create: z.array(z.enum(KEY_FIELDS)),
  edit: z.array(z.enum(KEY_FIELDS)),
  /** Longest name in bytes of UTF-8. */
  nameBytes: z.int(),
  groups: z.enum(['none', 'optional', 'required']),
  /** Whether single addresses only, or ranges too, may be named. */
  ipForm: z.enum(['none', 'address', 'range']),
  /** Expiry is counted in whole days from now when a key is made (`contracts/sub2api.md 8`). */
  expiryInDays: z.boolean(),
  canDisable: z.boolean(),
  canRemove: z.boolean(),
  /** `listed`: lists have the key in full. `reveal`: there is a call that shows it. `once`: only when it is made. */
  secret: z.enum(['listed', 'reveal', 'once']),
})

export type KeyFeatures = z.infer<typeof keyFeaturesSchema>
