import * as z from 'zod/mini'

import { accountIdSchema } from './account'
import { keyDraftSchema, keyIdSchema, keyRefSchema } from './api-key'
import { gatewayIdSchema } from './export-record'
import { failureSchema } from './failure-schema'
import { jobIdSchema } from './job'

/**
 * Getting the full text of keys that lists hide, account by account and inside what the sites'
 * limits allow. Each key's state is written before and after its request.
 */
export const repairSchema = z.object({
  id: jobIdSchema,
  kind: z.literal('repair'),
  /** `waiting`: for a site's limit, until `resumeAtMs`. */
  state: z.enum(['running', 'waiting', 'paused', 'done', 'cancelled']),
  startedAtMs: z.int(),
  endedAtMs: z.optional(z.int()),
  resumeAtMs: z.optional(z.int()),
  accounts: z.array(
    z.object({
      accountId: accountIdSchema,
      state: z.enum(['waiting', 'done', 'failed', 'skipped']),
      failure: z.optional(failureSchema),
      /** The site turned out to show one key per call. */
      oneByOne: z.optional(z.literal(true)),
    }),
  ),
  keys: z.array(
    z.object({
      accountId: accountIdSchema,
      keyId: keyIdSchema,
      name: z.string(),
      /**
       * `known`: was whole already. `completed`: is whole now. `needs-proof`: the site asks for a
       * second factor. `lost`: only a new key can help.
       */
      state: z.enum(['waiting', 'known', 'completed', 'needs-proof', 'lost', 'failed']),
      failure: z.optional(failureSchema),
    }),
  ),
})

export type Repair = z.infer<typeof repairSchema>

/**
 * The steps of a rotation, in order. Each is written down before it begins; a rotation that was cut
 * off goes on with the step that is written. The old key works until `disable`.
 */
export const ROTATION_STEPS = [
  'create',
  'reveal',
  'verify',
  'send',
  'disable',
  'delete',
  'done',
] as const

export type RotationStep = (typeof ROTATION_STEPS)[number]

export const rotationSchema = z.object({
  id: jobIdSchema,
  kind: z.literal('rotation'),
  old: keyRefSchema,
  oldName: z.string(),
  /** Of the old key, to mark what was exported as outdated. */
  oldFingerprint: z.optional(z.string()),
  draft: keyDraftSchema,
  step: z.enum(ROTATION_STEPS),
  /**
   * `needs-you`: it waits for a decision, for example before the old key is deleted; `failure` says
   * which, where it is not a usual one. `failed`: the step did not work and changed nothing for the
   * worse.
   */
  state: z.enum(['running', 'needs-you', 'failed', 'rolling-back', 'done', 'rolled-back']),
  failure: z.optional(failureSchema),
  startedAtMs: z.int(),
  endedAtMs: z.optional(z.int()),
  /** The old key was switched off before: a roll-back leaves it so. */
  wasDisabled: z.optional(z.literal(true)),
  /** Ids the account had before the creation was sent: whatever is not in it may be the new key. */
  idsBefore: z.optional(z.array(keyIdSchema)),
  /** The creation has left: never sent again before the list was looked at. */
  sentAtMs: z.optional(z.int()),
  /** The user decided to send it again, should the list still not show the new key. */
  sendAgain: z.optional(z.literal(true)),
  newKeyId: z.optional(keyIdSchema),
  destinations: z.array(
    z.object({
      exportId: z.string(),
      /** Name of the gateway, or id of the exporter. */
      label: z.string(),
      /** Where and how it was sent; absent = not to a gateway. */
      gatewayId: z.optional(gatewayIdSchema),
      options: z.optional(z.record(z.string(), z.string())),
      /** `sending`: it may have either key. `by-hand`: nothing but the user can update it. */
      state: z.enum(['waiting', 'sending', 'sent', 'by-hand', 'failed']),
      failure: z.optional(failureSchema),
    }),
  ),
})

export type Rotation = z.infer<typeof rotationSchema>

/** Durable work of the late part of the worker. */
export const choreSchema = z.discriminatedUnion('kind', [repairSchema, rotationSchema])

export type Chore = z.infer<typeof choreSchema>
