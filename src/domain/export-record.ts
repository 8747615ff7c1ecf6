import * as z from 'zod/mini'

import { apiTypeSchema, endpointsSchema } from './chat-endpoints'
import { keySourceSchema } from './credential'

/**
 * Everything an export of one key may need (`contracts/exports.md 0.1`). It holds the key: made when
 * an export is asked for, never stored, never logged.
 */
export const exportRecordSchema = z.object({
  source: keySourceSchema,
  /** The same for every export of the same key of the same account; says nothing about the key. */
  stableId: z.string(),
  /** Name of the site or credential, and of the key; a credential has no key name (`''`). */
  siteName: z.string(),
  keyName: z.string(),
  /** Address of the site, without version segment and trailing slash. */
  baseUrl: z.string(),
  endpoints: endpointsSchema,
  /** What it is used as unless the user chooses otherwise. */
  apiType: apiTypeSchema,
  /** Exactly what clients send. */
  key: z.string(),
  fingerprint: z.string(),
  /** The models this key is limited to, if it is; a hint, not the live list. */
  modelHint: z.array(z.string()),
  notes: z.string(),
})

export type ExportRecord = z.infer<typeof exportRecordSchema>

export const gatewayIdSchema = z.string().check(z.regex(/^gate_[0-9a-f]{32}$/))

/** Programs that take keys over HTTP (`contracts/exports.md 4, 5`). */
export const GATEWAY_KINDS = ['cli-proxy-api', 'claude-code-router'] as const

export type GatewayKind = (typeof GATEWAY_KINDS)[number]

export const gatewayRecordSchema = z.object({
  id: gatewayIdSchema,
  kind: z.enum(GATEWAY_KINDS),
  name: z.string().check(z.minLength(1), z.maxLength(120)),
  /** Normalised address of its management interface. */
  address: z.string(),
  /** Its management key; `''` = none is set there. */
  secret: z.string().check(z.maxLength(4096)),
  createdAtMs: z.int(),
})

export type GatewayRecord = z.infer<typeof gatewayRecordSchema>

/** A gateway as pages show it. */
export const gatewayViewSchema = z.object({
  id: gatewayIdSchema,
  kind: z.enum(GATEWAY_KINDS),
  name: z.string(),
  address: z.string(),
  hasSecret: z.boolean(),
  granted: z.boolean(),
})

export type GatewayView = z.infer<typeof gatewayViewSchema>

export const exportIdSchema = z.string().check(z.regex(/^exp_[0-9a-f]{32}$/))

/** One line of the destination ledger: which key went where, and when. */
export const ledgerEntrySchema = z.object({
  id: exportIdSchema,
  /** Id of the exporter, or the kind of the gateway. */
  destination: z.string().check(z.maxLength(60)),
  gatewayId: z.optional(gatewayIdSchema),
  /** Options worth repeating (app, API type, model); no secret in them. */
  options: z.record(z.string(), z.string()),
  source: keySourceSchema,
  /** As they were called then. */
  keyName: z.string(),
  siteName: z.string(),
  fingerprint: z.string(),
  firstAtMs: z.int(),
  lastAtMs: z.int(),
  /** The key there is not the account's any more. */
  stale: z.optional(z.enum(['rotated', 'deleted', 'disabled'])),
})

export type LedgerEntry = z.infer<typeof ledgerEntrySchema>
