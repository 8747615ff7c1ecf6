import * as z from 'zod/mini'

import { endpointsSchema } from './chat-endpoints'
import { AMOUNT_UNITS } from './money'
import { generationSchema, siteTypeSchema } from './site-type-schema'

/**
 * What a family can do. Screens ask for these and never for names.
 *
 * | capability | the family has |
 * |---|---|
 * | `today-use` | consumption of the local day |
 * | `access-token` | system access tokens a user can make at the site |
 * | `api-keys`, `api-key-edit` | API keys that can be listed; created, changed and deleted |
 * | `api-key-reveal` | lists that mask keys, and a call that shows one in full |
 * | `groups` | billing groups |
 * | `models`, `pricing` | the user's models; their prices |
 * | `logs` | rows of use |
 * | `redeem` | redemption codes |
 * | `check-in` | a daily check-in |
 * | `subscriptions` | plans with use windows |
 * | `invite` | an invite link |
 * | `announcements` | notices of the operator |
 */
export const CAPABILITIES = [
  'today-use',
  'access-token',
  'api-keys',
  'api-key-edit',
  'api-key-reveal',
  'groups',
  'models',
  'pricing',
  'logs',
  'redeem',
  'check-in',
  'subscriptions',
  'invite',
  'announcements',
] as const

export type Capability = (typeof CAPABILITIES)[number]

/** How an account may prove itself; see `accountAuthSchema`. */
export const AUTH_MODES = ['token', 'cookie', 'session'] as const

export type AuthMode = (typeof AUTH_MODES)[number]

/** Front ends a site may choose between (`contracts/new-api.md 3.5`). */
export const THEMES = ['default', 'classic'] as const

/** Pages of a site's front end, as absolute paths; a missing one hides the action. */
const routesSchema = z.partial(
  z.object({
    login: z.string(),
    /** Where the user finds or makes access tokens. */
    profile: z.string(),
    keys: z.string(),
    usageLog: z.string(),
    topUp: z.string(),
    redeem: z.string(),
    checkIn: z.string(),
    announcements: z.string(),
  }),
)

export type SiteRoutes = z.infer<typeof routesSchema>

/** What a screen may know of a site family: plain data, no behaviour. */
export const siteDescriptionSchema = z.object({
  type: siteTypeSchema,
  label: z.string(),
  /** In the order a form offers them. */
  authModes: z.array(z.enum(AUTH_MODES)),
  /** `needed`: the user id goes with every request and only the user knows it beside a token. */
  userId: z.enum(['needed', 'from-token']),
  /** What balances and use are counted in. */
  unit: z.enum(AMOUNT_UNITS),
  capabilities: z.array(z.enum(CAPABILITIES)),
  /** Where models are called with a key. */
  endpoints: endpointsSchema,
  routes: routesSchema,
  /** Pages that moved in some generations. */
  routesByGeneration: z.optional(z.partialRecord(generationSchema, routesSchema)),
  /** Pages that are elsewhere in a front end of the site's choice. */
  routesByTheme: z.optional(z.partialRecord(z.enum(THEMES), routesSchema)),
  /** A service that exists once: its addresses are known beforehand. */
  hosted: z.optional(
    z.object({
      /** Where requests go; the origin of every account. */
      origin: z.string(),
      /** Where people look at it. */
      webOrigin: z.string(),
      /** Host names that mean this service. */
      hosts: z.array(z.string()),
    }),
  ),
})

export type SiteDescription = z.infer<typeof siteDescriptionSchema>
