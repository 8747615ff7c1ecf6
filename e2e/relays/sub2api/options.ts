import type { SeedAnnouncement, SeedGroup, SeedRedeemCode } from './options-site'
import type { SeedUser } from './options-user'

/** `old` is v0.1.1 (December 2025), `new` v0.1.177 (August 2026); `contracts/sub2api.md` 1. */
export type Sub2ApiGeneration = 'old' | 'new'

/** How the front-end page of the site times itself (`contracts/sub2api.md` 5). */
export interface PageTiming {
  /** Between two `GET /auth/me`; 60 s if absent. */
  pollMs?: number
  /**
   * How long before its expiry a token is refreshed; 120 s if absent. Tokens that live no longer
   * than this make an open page refresh without a pause, as they do on a real site.
   */
  refreshBeforeMs?: number
}

/** How one site is set up; everything a real operator would choose. */
export interface Sub2ApiOptions {
  generation: Sub2ApiGeneration
  users: SeedUser[]
  siteName?: string
  /** `data.version` of the public settings. */
  version?: string
  /** Gateway base shown to users; `''` = the panel's own origin. */
  apiBaseUrl?: string
  /** `/auth/login` needs a solved Turnstile challenge (4.4). */
  turnstile?: boolean
  /** New: open to administrators only (4.5). */
  backendMode?: boolean
  /** New: another IP or `User-Agent` ends the session family (4.6). */
  sessionBinding?: boolean
  /** New: `simple` = no billing (7). */
  runMode?: 'standard' | 'simple'
  /** Life of an access token in seconds; 24 h if absent. */
  accessTokenSec?: number
  /** Life of a refresh token in seconds; 30 days if absent. */
  refreshTokenSec?: number
  /** `contract` (default): the limits of 2, 4.1, 8 and 12. `off`: none. */
  rateLimits?: 'contract' | 'off'
  /** IANA zone of the server; `Asia/Shanghai` if absent. */
  serverTimezone?: string
  /** New: `/channels/available` lists something (10). */
  availableChannels?: boolean
  /** New: `/model-plaza` shows the public groups to everybody (10). */
  modelPlaza?: boolean
  /** New: the affiliate programme is on (7). */
  affiliate?: boolean
  /** `PUT /keys/:id` without IP lists clears them, as between 0.1.46 and 0.1.161 (8). */
  clearsOmittedIpLists?: boolean
  /** Further or other fields of the public settings (13). */
  publicSettings?: Record<string, unknown>
  groups?: SeedGroup[]
  redeemCodes?: SeedRedeemCode[]
  announcements?: SeedAnnouncement[]
  page?: PageTiming
  /** Clock in milliseconds; `Date.now` if absent. The page always uses the browser's. */
  now?: () => number
}
