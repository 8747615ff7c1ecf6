import * as z from 'zod/mini'

import { accountIdSchema } from '@/src/domain/account'
import {
  groupSchema,
  KEY_SECRETS,
  keyDraftSchema,
  keyEditSchema,
  keyFeaturesSchema,
  keyRefSchema,
} from '@/src/domain/api-key'
import { repairSchema, rotationSchema } from '@/src/domain/chore'
import { failureSchema } from '@/src/domain/failure-schema'
import { jobIdSchema } from '@/src/domain/job'
import { keyListViewSchema } from '@/src/domain/key-list'
import { AMOUNT_UNITS } from '@/src/domain/money'
import { exportIdSchema } from '@/src/domain/export-record'

const none = z.strictObject({})
const manyRefs = z.array(keyRefSchema).check(z.minLength(1), z.maxLength(2000))
const requestId = z.string().check(z.regex(/^[0-9a-f-]{8,64}$/))

/** What came of a change to one key. */
const keyOutcome = z.object({
  accountId: z.string(),
  keyId: z.string(),
  /** Absent = it worked. */
  failure: z.optional(failureSchema),
})

/** What came of making a key; `keyId` is `null` when it was made but cannot be told from others. */
const createdKey = z.object({ keyId: z.nullable(z.string()), secret: z.enum(KEY_SECRETS) })

const rotationGoOn = z.strictObject({
  id: jobIdSchema,
  /** Destinations that could not be reached are left to the user. */
  leaveFailed: z.optional(z.boolean()),
})

export const keyMessages = {
  /** The keys of all accounts as far as they are known, in the order of the accounts. Sends nothing. */
  'keys.lists': {
    input: none,
    output: z.object({
      lists: z.array(keyListViewSchema),
      /** Of a loading under way, in accounts. */
      loading: z.nullable(z.object({ done: z.int(), total: z.int() })),
    }),
  },
  /** Lists the keys of these accounts, or of all enabled ones, anew. Answers at once. */
  'keys.load': {
    input: z.strictObject({ accountIds: z.optional(z.array(accountIdSchema)) }),
    output: none,
  },
  /** What a form for a key of this account needs, asked live; a part that fails is `null`. */
  'keys.options': {
    input: z.strictObject({ accountId: accountIdSchema }),
    output: z.object({
      features: keyFeaturesSchema,
      unit: z.enum(AMOUNT_UNITS),
      /** Quota points per USD. */
      quotaPerUnit: z.number(),
      groups: z.nullable(z.array(groupSchema)),
      models: z.nullable(z.array(z.string())),
      failure: z.optional(failureSchema),
    }),
  },
  /**
   * Makes a key. Sent once: a time-out is `interrupted`/`uncertain`, and the list tells. The same
   * `requestId` again does nothing and gives the same answer.
   */
  'keys.create': {
    input: z.strictObject({ accountId: accountIdSchema, draft: keyDraftSchema, requestId }),
    output: createdKey,
  },
  /** The same key for several accounts, one after the other; `input` failures name the field. */
  'keys.createMany': {
    input: z.strictObject({
      accountIds: z.array(accountIdSchema).check(z.minLength(1), z.maxLength(500)),
      draft: keyDraftSchema,
      requestId,
    }),
    output: z.object({
      outcomes: z.array(
        z.object({
          accountId: z.string(),
          created: z.optional(createdKey),
          failure: z.optional(failureSchema),
        }),
      ),
    }),
  },
  /** Changes what `edit` names and nothing else. */
  'keys.update': {
    input: z.strictObject({ key: keyRefSchema, edit: keyEditSchema }),
    output: none,
  },
  'keys.setEnabled': {
    input: z.strictObject({ keys: manyRefs, enabled: z.boolean() }),
    output: z.object({ outcomes: z.array(keyOutcome) }),
  },
  /** Deletes keys at their sites; the user has confirmed it. */
  'keys.remove': {
    input: z.strictObject({ keys: manyRefs }),
    output: z.object({ outcomes: z.array(keyOutcome) }),
  },
  /**
   * The full key, for showing or copying. Fails with `unsupported`/`key-lost` where only a new key
   * can help, and `proof` where the site wants a second factor.
   */
  'keys.reveal': {
    input: z.strictObject({ key: keyRefSchema }),
    output: z.object({ key: z.string() }),
  },
  /** Keys whose full text contains `text` (4 characters or more). */
  'keys.find': {
    input: z.strictObject({ text: z.string().check(z.maxLength(300)) }),
    output: z.object({ keys: z.array(keyRefSchema) }),
  },
  /**
   * Answers an account's site that asked for a second factor, by `code` or by the stored secret.
   * What waited for it goes on.
   */
  'keys.prove': {
    input: z.strictObject({
      accountId: accountIdSchema,
      code: z.optional(z.string().check(z.minLength(4), z.maxLength(16))),
    }),
    output: none,
  },
  /** Keeps (or with `null` forgets) the secret that makes an account's one-time codes. */
  'keys.saveTotp': {
    input: z.strictObject({
      accountId: accountIdSchema,
      /** Base32 or an `otpauth:` address. */
      secret: z.nullable(z.string().check(z.maxLength(1000))),
    }),
    output: none,
  },
  'keys.totpAccounts': { input: none, output: z.object({ accountIds: z.array(z.string()) }) },
  /** The default key of the settings for an account without a usable one; asked for by the user. */
  'keys.ensureDefault': {
    input: z.strictObject({ accountId: accountIdSchema, requestId }),
    output: z.object({ made: z.boolean(), keyId: z.nullable(z.string()) }),
  },
  /** Gets the full text of hidden keys of these accounts, or of all; joins a running repair. */
  'repair.start': {
    input: z.strictObject({ accountIds: z.optional(z.array(accountIdSchema)) }),
    output: none,
  },
  'repair.pause': { input: none, output: none },
  'repair.resume': { input: none, output: none },
  'repair.cancel': { input: none, output: none },
  /** The running repair or the last one. */
  'repair.state': { input: none, output: z.nullable(repairSchema) },
  /**
   * Replaces a key by a new one with the same limits, updates the `exportIds` that can be updated,
   * then disables the old one. Nothing is deleted before `rotation.finish`.
   */
  'rotation.start': {
    input: z.strictObject({ key: keyRefSchema, exportIds: z.array(exportIdSchema) }),
    output: z.object({ id: jobIdSchema }),
  },
  /**
   * Goes on with a rotation that failed or waits. Never deletes: that is `rotation.finish`, also
   * after it failed.
   */
  'rotation.continue': { input: rotationGoOn, output: none },
  /**
   * Enables the old key again, gives it back to the gateways that have the new one, and removes the
   * new one. Fails with `refused`/`rotation-over` once the old key is deleted.
   */
  'rotation.rollback': { input: rotationGoOn, output: none },
  /** Deletes the old key: the last step. */
  'rotation.finish': { input: z.strictObject({ id: jobIdSchema }), output: none },
  /** Drops a rotation that does not run from the list; both keys stay as they are. */
  'rotation.dismiss': { input: z.strictObject({ id: jobIdSchema }), output: none },
  'rotation.list': { input: none, output: z.array(rotationSchema) },
}
