import * as z from 'zod/mini'

import { apiTypeSchema } from '@/src/domain/chat-endpoints'
import { keySourceSchema } from '@/src/domain/credential'
import {
  exportIdSchema,
  exportRecordSchema,
  GATEWAY_KINDS,
  gatewayIdSchema,
  gatewayViewSchema,
  ledgerEntrySchema,
} from '@/src/domain/export-record'
import { failureSchema } from '@/src/domain/failure-schema'

const none = z.strictObject({})
const sources = z.array(keySourceSchema).check(z.minLength(1), z.maxLength(500))
const options = z.record(z.string().check(z.maxLength(40)), z.string().check(z.maxLength(400)))

/** How models are called by a gateway: the upstream's name and the name clients use. */
const modelMapping = z
  .array(
    z.strictObject({
      name: z.string().check(z.minLength(1), z.maxLength(256)),
      alias: z.string().check(z.maxLength(256)),
    }),
  )
  .check(z.maxLength(2000))

/** What a gateway did with one key. */
const GATEWAY_RESULTS = ['created', 'updated', 'already-there', 'conflict'] as const

export const exportMessages = {
  /**
   * Full records of these keys, for an export the user asked for: revealed where need be, a masked
   * key never. A key that cannot be had is in `failures`.
   */
  'exports.material': {
    input: z.strictObject({ sources }),
    output: z.object({
      records: z.array(exportRecordSchema),
      failures: z.array(z.object({ source: keySourceSchema, failure: failureSchema })),
    }),
  },
  /** Writes down that keys went somewhere; the same key, place and options is one entry. */
  'exports.note': {
    input: z.strictObject({
      destination: z.string().check(z.minLength(1), z.maxLength(60)),
      options,
      sources,
    }),
    output: none,
  },
  'exports.ledger': { input: none, output: z.array(ledgerEntrySchema) },
  'exports.forget': { input: z.strictObject({ ids: z.array(exportIdSchema) }), output: none },
  /** Chat links the account's site publishes: name and template, as it gives them (untrusted). */
  'exports.chatLinks': {
    input: z.strictObject({ source: keySourceSchema }),
    output: z.array(z.object({ name: z.string(), template: z.string() })),
  },
  'gateways.list': { input: none, output: z.array(gatewayViewSchema) },
  /** `secret` absent with an `id`: the stored one stays. */
  'gateways.save': {
    input: z.strictObject({
      id: z.optional(gatewayIdSchema),
      kind: z.enum(GATEWAY_KINDS),
      name: z.string().check(z.maxLength(120)),
      address: z.string().check(z.maxLength(2000)),
      secret: z.optional(z.string().check(z.maxLength(4096))),
    }),
    output: z.object({ id: gatewayIdSchema }),
  },
  'gateways.remove': { input: z.strictObject({ id: gatewayIdSchema }), output: none },
  /** One request: whether address and management key are right. */
  'gateways.test': {
    input: z.strictObject({ id: gatewayIdSchema }),
    output: z.object({ version: z.nullable(z.string()), generation: z.string() }),
  },
  /** Imports keys into a gateway, one after the other; idempotent. */
  'gateways.send': {
    input: z.strictObject({
      id: gatewayIdSchema,
      sources,
      apiType: apiTypeSchema,
      /** Name of the provider there; `''` = the site's. Only for one key. */
      providerName: z.string().check(z.maxLength(120)),
      models: modelMapping,
      /** Replace the models the provider has, instead of adding to them. */
      replaceModels: z.boolean(),
      /** Claude Code Router: make the first model the default route, and restart it. */
      setDefault: z.boolean(),
      restart: z.boolean(),
    }),
    output: z.object({
      outcomes: z.array(
        z.object({
          source: keySourceSchema,
          result: z.optional(z.enum(GATEWAY_RESULTS)),
          providerName: z.optional(z.string()),
          failure: z.optional(failureSchema),
        }),
      ),
      /** Secrets of the gateway's file that stood there as `$VAR` may now be plain text. */
      restarted: z.optional(z.boolean()),
    }),
  },
}
