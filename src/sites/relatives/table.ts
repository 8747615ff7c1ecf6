import type { AuthMode, Capability, SiteRoutes } from '@/src/domain/site-description'
import type { SiteType } from '@/src/domain/site-type'

import { newApiAdapter } from '../new-api'

export type RelativeType = Extract<
  SiteType,
  | 'model-flare'
  | 'any-router'
  | 'agent-router'
  | 'v-api'
  | 'voapi'
  | 'super-api'
  | 'rix-api'
  | 'neo-api'
  | 'wong'
>

/** How a relative differs from New API; what is left out is as there. */
export interface Relative {
  readonly label: string
  /** The header its server reads the user id from, and names where it is missing. */
  readonly userHeader: string
  /** Hosts that are this site and no other. */
  readonly hosts?: readonly string[]
  /** How the page's title, as sent, names the software. */
  readonly title?: RegExp
  /** In the order a form offers them. */
  readonly authModes?: readonly AuthMode[]
  readonly lacks?: readonly Capability[]
  readonly routes: SiteRoutes
  /** Where a page keeps its user besides the family's `user`: key, then path in the JSON text. */
  readonly storedUser?: { readonly key: string; readonly path: readonly string[] }
}

/** New API's own header: several relatives kept it, so it tells none of them from New API. */
export const NEW_API_HEADER = 'New-Api-User'

const DEFAULT_ROUTES: SiteRoutes = newApiAdapter.description.routes
const { checkIn: _checkIn, ...CONSOLE } = DEFAULT_ROUTES
/** Pages of another front end; where it has the keys is not known. */
const { keys: _keys, ...OTHER_CONSOLE } = CONSOLE
const TOP_UP_CHECK_IN: SiteRoutes = { ...CONSOLE, checkIn: '/console/topup' }

/**
 * The relatives of New API (`contracts/other-sites.md 7`, `contracts/new-api.md 13`), all closed
 * source and known from clients only. A title is looked for in this order, the more specific first.
 */
export const RELATIVES: Readonly<Record<RelativeType, Relative>> = {
  'model-flare': {
    label: 'ModelFlare',
    userHeader: 'X-ModelFlare-User',
    hosts: ['modelflare.dev'],
    title: named('model', 'flare'),
    authModes: ['cookie', 'token'],
    routes: DEFAULT_ROUTES,
  },
  'any-router': {
    label: 'AnyRouter',
    userHeader: NEW_API_HEADER,
    hosts: ['anyrouter.top'],
    title: named('any', 'router'),
    authModes: ['cookie', 'token'],
    routes: TOP_UP_CHECK_IN,
  },
  'agent-router': {
    label: 'AgentRouter',
    userHeader: NEW_API_HEADER,
    hosts: ['agentrouter.org'],
    // Its daily credit comes with a new login; there is nothing to call.
    lacks: ['check-in'],
    routes: CONSOLE,
  },
  'v-api': {
    label: 'V-API',
    userHeader: 'X-Api-User',
    title: named('v', 'api'),
    // Its price list has a shape of its own that nobody described.
    lacks: ['check-in', 'pricing'],
    routes: {
      ...OTHER_CONSOLE,
      profile: '/panel/profile',
      checkIn: '/panel/profile',
      usageLog: '/panel/log',
      topUp: '/panel/topup',
      redeem: '/panel/topup',
    },
    storedUser: { key: 'user-storage', path: ['state', 'user'] },
  },
  voapi: {
    label: 'VoAPI',
    userHeader: 'voapi-user',
    // `VoAPI公益站` is the second version, which is no relative at all.
    title: /(?<![a-z0-9])voapi(?![a-z0-9]|公益站)/i,
    lacks: ['check-in'],
    routes: { ...CONSOLE, topUp: '/wallet', redeem: '/wallet' },
  },
  'super-api': {
    label: 'Super-API',
    userHeader: 'User-id',
    title: named('super', 'api'),
    lacks: ['check-in'],
    routes: DEFAULT_ROUTES,
  },
  'rix-api': {
    label: 'Rix-API',
    userHeader: 'Rix-Api-User',
    title: named('rix', 'api'),
    lacks: ['check-in'],
    routes: {
      ...OTHER_CONSOLE,
      checkIn: '/panel',
      usageLog: '/log',
      topUp: '/topup',
      redeem: '/topup',
    },
  },
  'neo-api': {
    label: 'neo-API',
    userHeader: 'neo-api-user',
    title: named('neo', 'api'),
    lacks: ['check-in'],
    routes: DEFAULT_ROUTES,
  },
  wong: {
    label: 'WONG公益站',
    userHeader: NEW_API_HEADER,
    title: /wong\s*公益站/i,
    routes: TOP_UP_CHECK_IN,
  },
}

/** A name of two parts as whole words: a hyphen, `_`, a blank or nothing between them (7.2). */
function named(first: string, second: string): RegExp {
  return new RegExp(`(?<![a-z0-9])${first}[-_\\s]*${second}(?![a-z0-9])`, 'i')
}
