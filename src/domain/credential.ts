import * as z from 'zod/mini'

import { accountIdSchema } from './account'
import { keyIdSchema, keyRefSchema } from './api-key'
import { apiTypeSchema } from './chat-endpoints'
import { failureSchema } from './failure-schema'
import { metricSchema } from './metric-schema'
import { QUERY_MODES, QUERY_SOURCES, QUERY_VALUES } from './query-values'

export const credentialIdSchema = z.string().check(z.regex(/^cred_[0-9a-f]{32}$/))

export const tagIdSchema = z.string().check(z.regex(/^tag_[0-9a-f]{32}$/))

/** A label for accounts and credentials alike; renaming it renames it everywhere. */
export const tagSchema = z.object({
  id: tagIdSchema,
  name: z.string().check(z.minLength(1), z.maxLength(60)),
  createdAtMs: z.int(),
  /** Balances of its accounts below this are low, USD; absent = as the settings say. */
  lowBalanceUsd: z.optional(z.number().check(z.positive(), z.maximum(1_000_000))),
})

export type Tag = z.infer<typeof tagSchema>

const dotPath = z.string().check(z.maxLength(200))

/** A read-only endpoint of the credential's own origin and where its JSON has the values. */
export const customQuerySchema = z.strictObject({
  /** Path from the root (`/usage?x=1`) or an address of the same origin. */
  endpoint: z.string().check(z.maxLength(2000)),
  /** Dot-separated names and indices by value. */
  paths: z.partialRecord(z.enum(QUERY_VALUES), dotPath),
})

export type CustomQuery = z.infer<typeof customQuerySchema>

export const queryConfigSchema = z.strictObject({
  mode: z.enum(QUERY_MODES),
  custom: z.optional(customQuerySchema),
})

export type QueryConfig = z.infer<typeof queryConfigSchema>

/** What the user decided about a credential: a base address and a key without a site account. */
export const credentialDecidedSchema = z.object({
  name: z.string().check(z.minLength(1), z.maxLength(120)),
  /** Normalised (`domain/base-url.ts`): no version segment, no trailing slash. */
  baseUrl: z.string().check(z.minLength(1), z.maxLength(2000)),
  apiKey: z.string().check(z.minLength(1), z.maxLength(8192)),
  apiType: apiTypeSchema,
  tagIds: z.array(tagIdSchema),
  notes: z.string().check(z.maxLength(4000)),
  query: queryConfigSchema,
  /** The key of an account it was saved from. */
  link: z.optional(z.object({ accountId: accountIdSchema, keyId: keyIdSchema })),
})

export type CredentialDecided = z.infer<typeof credentialDecidedSchema>

export const credentialRecordSchema = z.object({
  id: credentialIdSchema,
  createdAtMs: z.int(),
  updatedAtMs: z.int(),
  decided: credentialDecidedSchema,
  decidedAtMs: z.record(z.string(), z.int()),
})

export type CredentialRecord = z.infer<typeof credentialRecordSchema>

/** One request a query made: which way, and what came of it. */
const attemptSchema = z.object({
  source: z.enum(QUERY_SOURCES),
  path: z.string(),
  outcome: z.enum(['success', 'unsupported', 'failed']),
  failure: z.optional(failureSchema),
})

/** What a credential's own endpoints told; good figures outlive later failures. */
export const credentialStateSchema = z.object({
  id: credentialIdSchema,
  /** When it was last tried, and when it last worked; epoch ms. */
  attemptAtMs: z.int(),
  successAtMs: z.optional(z.int()),
  health: z.enum(['healthy', 'warning']),
  failure: z.optional(failureSchema),
  /** The way that brought the figures. */
  source: z.optional(z.enum(QUERY_MODES)),
  unlimited: z.boolean(),
  balanceUsd: metricSchema,
  todayCostUsd: metricSchema,
  todayRequests: metricSchema,
  todayTokens: metricSchema,
  totalUsedUsd: metricSchema,
  totalGrantedUsd: metricSchema,
  /** Epoch ms; absent = not told or never. */
  expiresAtMs: z.optional(z.int()),
  /** Models this key may call: how many, and the first 20. Absent = not known. */
  models: z.optional(z.object({ count: z.int(), first: z.array(z.string()) })),
  /** The local day that `today…` belong to. */
  dayKey: z.optional(z.string()),
  attempts: z.array(attemptSchema),
})

export type CredentialState = z.infer<typeof credentialStateSchema>

/** A credential as pages show it: no secret in it. */
export const credentialViewSchema = z.object({
  id: credentialIdSchema,
  createdAtMs: z.int(),
  updatedAtMs: z.int(),
  decided: z.omit(credentialDecidedSchema, { apiKey: true }),
  /** The key, masked for showing. */
  shown: z.string(),
  fingerprint: z.string(),
  /** Absent = never asked. */
  state: z.optional(credentialStateSchema),
  /** A query is under way. */
  refreshing: z.boolean(),
  /** Whether the browser grants access to its origin. */
  granted: z.boolean(),
  /** Whether the key it is linked to is still in the account's list; absent = not linked. */
  linkState: z.optional(z.enum(['there', 'gone', 'unknown'])),
})

export type CredentialView = z.infer<typeof credentialViewSchema>

/** What a key is taken from: an account's key or a credential. */
export const keySourceSchema = z.discriminatedUnion('kind', [
  z.extend(keyRefSchema, { kind: z.literal('key') }),
  z.strictObject({ kind: z.literal('credential'), credentialId: credentialIdSchema }),
])

export type KeySource = z.infer<typeof keySourceSchema>
