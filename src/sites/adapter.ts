import type { ApiKey, Group } from '@/src/domain/api-key'
import type { DayRange } from '@/src/domain/day-key'
import type { Result } from '@/src/domain/failure'
import type { Generation, SiteType } from '@/src/domain/site-type'
import type { AccountFigures, SiteStatus, TodayUse } from '@/src/domain/snapshot'
import type { SiteDescription } from '@/src/domain/site-description'
import type { Transport } from '@/src/net/transport'

/** What an operation runs with. Adapters store, notify and translate nothing. */
export interface SiteContext {
  readonly transport: Transport
  /** Epoch ms. */
  readonly now: () => number
  readonly signal?: AbortSignal
}

/**
 * Proof of one user at the site. `token`: system access token, sent without cookies. `cookie`: the
 * browser's session cookie. `bearer`: short-lived token of a browser session (G2+), no cookies.
 */
export type Access =
  | { readonly kind: 'token'; readonly userId: string; readonly accessToken: string }
  | { readonly kind: 'cookie'; readonly userId: string }
  | {
      readonly kind: 'bearer'
      readonly userId: string
      readonly bearer: string
      readonly expiresAtMs: number
      readonly sessionId?: string | undefined
    }

/** Which software a site runs and what told so. */
export interface Detection {
  readonly siteType: SiteType
  /** Short kebab-case names of the signs seen, strongest first. */
  readonly evidence: readonly string[]
  readonly status: SiteStatus
}

/** The login found in a page of the site. */
export interface TabSession {
  readonly access: Access
  readonly figures: AccountFigures
  readonly generation: Generation
  /** A system access token the site showed by itself (G0); nothing was created for it. */
  readonly existingToken: string | null
  /**
   * What making a new access token takes: `replaces` = one call that invalidates the previous
   * token; `by-hand` = only the user can, in the site's console.
   */
  readonly tokenCreation: 'replaces' | 'by-hand'
}

/** What a tab of the site offers besides requests: chosen `localStorage` values, untrusted. */
export interface PageStorage {
  readonly values: Readonly<Record<string, string | null>>
}

/** Everything one refresh learns. All of it is about `access.userId`, or the refresh failed. */
export interface Refreshed {
  readonly figures: AccountFigures
  readonly today: TodayUse
}

/** Keys of an account; `complete` is false when a page limit cut the list. */
export interface ApiKeyList {
  readonly keys: readonly ApiKey[]
  readonly complete: boolean
}

/**
 * One family of servers. Every operation resolves to a {@link Result} and never throws; every
 * authenticated one applies the identity guard: an answer about another user than
 * `access.userId` is a failure of class `identity`.
 */
export interface SiteAdapter {
  readonly description: SiteDescription
  /** `localStorage` keys {@link readSession} may be given; nothing else of a page is read. */
  readonly pageStorageKeys: readonly string[]

  /** Recognises the software by unauthenticated behaviour; `null` = not this family. */
  detect(ctx: SiteContext): Promise<Result<Detection | null>>

  /** Finds who is logged in, through a transport that runs inside the site's own page. */
  readSession(ctx: SiteContext, page: PageStorage): Promise<Result<TabSession>>

  /**
   * Obtains a usable {@link Access} from the browser's login, without a page: a G2+ session is
   * renewed by its refresh cookie, older ones need nothing.
   */
  openSession(ctx: SiteContext, userId: string, generation: Generation): Promise<Result<Access>>

  /** Tells the generation apart by behaviour. With an access it may look at the key list. */
  probeGeneration(ctx: SiteContext, access: Access | null): Promise<Result<Generation>>

  fetchStatus(ctx: SiteContext): Promise<Result<SiteStatus>>

  fetchFigures(ctx: SiteContext, access: Access): Promise<Result<AccountFigures>>

  fetchTodayUse(ctx: SiteContext, access: Access, day: DayRange): Promise<Result<TodayUse>>

  /** Figures and today's use together, with the identity guard around both. */
  refresh(ctx: SiteContext, access: Access, day: DayRange): Promise<Result<Refreshed>>

  fetchGroups(ctx: SiteContext, access: Access): Promise<Result<readonly Group[]>>

  listApiKeys(ctx: SiteContext, access: Access, generation: Generation): Promise<Result<ApiKeyList>>

  /**
   * Makes a new system access token. Changes state at the site: the previous token stops working.
   * Sent exactly once, only after the user said so. `proof` = the site wants a second factor.
   */
  createAccessToken(ctx: SiteContext, access: Access): Promise<Result<string>>
}
