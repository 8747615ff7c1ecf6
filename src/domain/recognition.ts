import * as z from 'zod/mini'

import { failureSchema } from './failure-schema'
import { metricSchema } from './metric-schema'
import { AMOUNT_UNITS } from './money'
import { generationSchema, siteTypeSchema } from './site-type-schema'

/**
 * What gave a site's software away. `detail` holds names of ours only (fields, headers, paths),
 * never words of the site.
 */
const SIGNS = [
  'host',
  'probe',
  'status-fields',
  'status-shape',
  'status-lacks',
  'response-header',
  'named-header',
  'group-map',
  'title',
  'chosen',
] as const

export const evidenceSchema = z.object({
  sign: z.enum(SIGNS),
  detail: z.optional(z.string().check(z.maxLength(120))),
})

export type Evidence = z.infer<typeof evidenceSchema>

/**
 * Ways a recognised account may prove itself. `found-token`: the access token the site showed.
 * `page-session`: the session of the site's open page. `browser-login`: this browser's cookies.
 * `own-cookies`: a copy of them kept for this account. `own-session`: a session made for Relaydeck
 * by signing in. `paste-token`: one the user has. `new-token`: make one, which stops the previous.
 */
export const LOGIN_WAYS = [
  'found-token',
  'own-session',
  'page-session',
  'browser-login',
  'own-cookies',
  'paste-token',
  'new-token',
] as const

export type LoginWay = (typeof LOGIN_WAYS)[number]

/** Which software runs at a site, and what told so. */
export const detectedSiteSchema = z.object({
  /** Where the account's requests go. */
  origin: z.string(),
  siteType: siteTypeSchema,
  /** Signs the software was recognised by, strongest first. */
  evidence: z.array(evidenceSchema),
  siteName: z.string(),
  unit: z.enum(AMOUNT_UNITS),
  quotaPerUnit: z.number(),
  exchangeRate: z.number(),
})

export type DetectedSite = z.infer<typeof detectedSiteSchema>

/** Who is logged in there. The secret part stays with the worker, under `draftId`. */
export const recognitionSchema = z.object({
  ...detectedSiteSchema.shape,
  draftId: z.string(),
  generation: generationSchema,
  userId: z.string(),
  username: z.string(),
  balance: metricSchema,
  /** What can be chosen, the default first. Nothing that changes the site is ever the default. */
  ways: z.array(z.enum(LOGIN_WAYS)),
  /** Accounts already stored for this origin. */
  existing: z.array(z.object({ id: z.string(), name: z.string(), sameUser: z.boolean() })),
})

export type Recognition = z.infer<typeof recognitionSchema>

/** How far looking at a site came; `failure` says why not further. */
export const recognisedSchema = z.object({
  detected: z.nullable(detectedSiteSchema),
  recognition: z.nullable(recognitionSchema),
  failure: z.optional(failureSchema),
})

export type Recognised = z.infer<typeof recognisedSchema>
