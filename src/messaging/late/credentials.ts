import * as z from 'zod/mini'

import { keyRefSchema } from '@/src/domain/api-key'
import { AUTOMATION_LIMITS } from '@/src/domain/automation-limits'
import { apiTypeSchema } from '@/src/domain/chat-endpoints'
import {
  credentialDecidedSchema,
  credentialIdSchema,
  credentialStateSchema,
  credentialViewSchema,
  queryConfigSchema,
  tagIdSchema,
  tagSchema,
} from '@/src/domain/credential'

const none = z.strictObject({})
const lowBalance = AUTOMATION_LIMITS.lowBalanceUsd
const ids = z.array(credentialIdSchema).check(z.minLength(1), z.maxLength(2000))

/** What a form sends; the base address as typed, it is normalised on its way in. */
const credentialForm = z.strictObject({
  name: z.string().check(z.maxLength(120)),
  baseUrl: z.string().check(z.maxLength(2000)),
  /** `''` with an `id`: the stored key stays. */
  apiKey: z.string().check(z.maxLength(8192)),
  apiType: apiTypeSchema,
  tagIds: z.array(tagIdSchema),
  notes: credentialDecidedSchema.shape.notes,
  query: queryConfigSchema,
})

export const credentialMessages = {
  /** Newest change first. Sends nothing. */
  'credentials.list': { input: none, output: z.array(credentialViewSchema) },
  /**
   * Adds a credential, or changes the one with `id`. One of the same type, address and key that is
   * there already is updated instead, its tags united with the new ones; `merged` tells.
   */
  'credentials.save': {
    input: z.strictObject({ id: z.optional(credentialIdSchema), form: credentialForm }),
    output: z.object({ id: credentialIdSchema, merged: z.boolean() }),
  },
  /** Saves the key of an account as a credential and links both. */
  'credentials.fromKey': {
    input: z.strictObject({
      key: keyRefSchema,
      name: z.string().check(z.maxLength(120)),
      apiType: apiTypeSchema,
      tagIds: z.array(tagIdSchema),
    }),
    output: z.object({ id: credentialIdSchema, merged: z.boolean() }),
  },
  /** Ends the link to an account's key; both stay. */
  'credentials.unlink': { input: z.strictObject({ id: credentialIdSchema }), output: none },
  'credentials.remove': { input: z.strictObject({ ids }), output: none },
  'credentials.reveal': {
    input: z.strictObject({ id: credentialIdSchema }),
    output: z.object({ key: z.string() }),
  },
  /** Asks for balance, use and models. Answers at once; what comes is announced. */
  'credentials.refresh': { input: z.strictObject({ ids }), output: none },
  /** All models the credential may call, live. */
  'credentials.models': {
    input: z.strictObject({ id: credentialIdSchema }),
    output: z.object({ models: z.array(z.string()) }),
  },
  /** Tries a custom query and tells what it reads; stores nothing. With `id`, `''` means its key. */
  'credentials.tryQuery': {
    input: z.strictObject({
      id: z.optional(credentialIdSchema),
      baseUrl: z.string().check(z.maxLength(2000)),
      apiKey: z.string().check(z.maxLength(8192)),
      apiType: apiTypeSchema,
      query: queryConfigSchema,
    }),
    output: credentialStateSchema,
  },
  'tags.list': { input: none, output: z.array(tagSchema) },
  /** Makes a tag, or gives back the one of that name in any letter case. */
  'tags.make': {
    input: z.strictObject({ name: z.string().check(z.maxLength(60)) }),
    output: tagSchema,
  },
  /**
   * Name and threshold of a tag, USD; `null` = as the settings say. Fails with
   * `input`/`duplicate-tag` for a name that is taken.
   */
  'tags.edit': {
    input: z.strictObject({
      id: tagIdSchema,
      name: z.string().check(z.maxLength(60)),
      lowBalanceUsd: z.nullable(
        z.number().check(z.minimum(lowBalance.min), z.maximum(lowBalance.max)),
      ),
    }),
    output: none,
  },
  /** Takes the tag from everything that has it; tells how many entries that were. */
  'tags.remove': {
    input: z.strictObject({ id: tagIdSchema }),
    output: z.object({ used: z.int() }),
  },
}
