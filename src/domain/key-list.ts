import * as z from 'zod/mini'

import { accountIdSchema } from './account'
import { apiKeySchema, groupSchema, keyFeaturesSchema, keyRowSchema } from './api-key'
import { failureSchema } from './failure-schema'

/** The making of a key: written before it is sent, and again when it is known what came of it. */
const creationSchema = z.object({
  requestId: z.string(),
  atMs: z.int(),
  /** Ids the account had before; absent once the answer is known. */
  idsBefore: z.optional(z.array(z.string())),
  /** What was made; `null` = something that cannot be told from others. */
  keyId: z.optional(z.nullable(z.string())),
})

export type Creation = z.infer<typeof creationSchema>

/** The last whole answer about an account's keys; the keys' secrets are kept apart. */
export const keyListRecordSchema = z.object({
  id: accountIdSchema,
  /** When the keys were listed, epoch ms; 0 = never yet. */
  atMs: z.int(),
  complete: z.boolean(),
  /** `key.text` is masked text, also of keys whose full form was listed. */
  keys: z.array(apiKeySchema),
  groups: z.optional(z.array(groupSchema)),
  /** Why the last try after `atMs` did not work. */
  failure: z.optional(failureSchema),
  failedAtMs: z.optional(z.int()),
  /** The last keys made, so that nothing is made twice when the worker dies in between. */
  creations: z.optional(z.array(creationSchema)),
})

export type KeyListRecord = z.infer<typeof keyListRecordSchema>

/** Full keys of an account, by key id: what a list showed, a reveal brought or a creation told. */
export const keySecretsRecordSchema = z.object({
  id: accountIdSchema,
  secrets: z.record(
    z.string(),
    z.object({
      /** Exactly what clients send. */
      text: z.string(),
      /** The masked text the site's list showed then: another one means another key. */
      shown: z.string(),
      fingerprint: z.string(),
      atMs: z.int(),
    }),
  ),
})

export type KeySecretsRecord = z.infer<typeof keySecretsRecordSchema>

/** Secret of a second factor the user stored, to answer a site's question by itself. */
export const totpRecordSchema = z.object({
  id: accountIdSchema,
  /** Base32, without blanks. */
  secret: z.string().check(z.minLength(16), z.maxLength(256)),
})

export type TotpRecord = z.infer<typeof totpRecordSchema>

/** The keys of one account as pages show them. */
export const keyListViewSchema = z.object({
  accountId: z.string(),
  /** `never`: not asked yet. `failed`: what is shown is what was known before. */
  state: z.enum(['never', 'loading', 'ready', 'failed', 'unsupported']),
  failure: z.optional(failureSchema),
  /** When the rows were listed, epoch ms. */
  atMs: z.optional(z.int()),
  complete: z.boolean(),
  rows: z.array(keyRowSchema),
  groups: z.optional(z.array(groupSchema)),
  features: keyFeaturesSchema,
})

export type KeyListView = z.infer<typeof keyListViewSchema>
