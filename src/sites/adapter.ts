import type { ApiKey, Group, KeyDraft, KeyEdit, KeyFeatures } from '@/src/domain/api-key'
import type { DayRange } from '@/src/domain/day-key'
import type { Failure, Result } from '@/src/domain/failure'
import type { PageRenewal } from '@/src/domain/page-renewal'
import type { Evidence } from '@/src/domain/recognition'
import type { Generation, SiteType } from '@/src/domain/site-type'
import type { AccountFigures, SiteStatus, TodayUse } from '@/src/domain/snapshot'
import type { SiteDescription } from '@/src/domain/site-description'
import type { Transport } from '@/src/net/transport'

/** What an operation runs with. Adapters store, notify and translate nothing. */
export interface SiteContext {
  readonly origin: string
  readonly transport: Transport
  /** Epoch ms. */
  readonly now: () => number
  readonly signal?: AbortSignal
}

/**
 * Proof of one user at the site. `token`: system access token or management key, sent without
 * cookies. `cookie`: the session cookie, of the browser or of the account's own: the transport
 * knows which. `bearer`: token of a session, sent without cookies.
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
  /** The signs seen, strongest first. */
  readonly evidence: readonly Evidence[]
  readonly status: SiteStatus
}

/** The login found in a page of the site. */
export interface TabSession {
  readonly access: Access
  readonly figures: AccountFigures
  readonly generation: Generation
  /** A system access token the site showed by itself; nothing was created for it. */
  readonly existingToken: string | null
  /**
   * What making a new access token takes: `replaces` = one call that invalidates the previous
   * token; `by-hand` = only the user can, in the site's console; `none` = the family has none.
   */
  readonly tokenCreation: 'replaces' | 'by-hand' | 'none'
}

/** What a tab of the site offers besides requests: chosen `localStorage` values, untrusted. */
export interface PageStorage {
  readonly values: Readonly<Record<string, string | null>>
}

/** Who a credential belongs to. */
export interface SiteUser {
  readonly userId: string
  readonly username: string
}

/** A session by bearer, as a page keeps it or as a sign-in or a renewal gave it. */
export interface SessionTokens {
  readonly userId: string
  readonly bearer: string
  readonly expiresAtMs: number
  /** `null` = the server has none. */
  readonly refreshToken: string | null
}

/**
 * What became of a one-time refresh token. `renewed`: spent, here is the new pair. `kept`: certainly
 * not spent, try later. `uncertain`: it may be spent; never send it again by itself. `dead`: neither
 * it nor its session is of use, the user has to log in.
 */
export type Renewal =
  | { readonly outcome: 'renewed'; readonly tokens: SessionTokens }
  | { readonly outcome: 'kept' | 'uncertain' | 'dead'; readonly failure: Failure }

/** What a user types to sign in; used once and never stored. */
export interface SignInForm {
  readonly login: string
  readonly password: string
  /** Code of a second factor, when the first try asked for it. */
  readonly code?: string
}

/** Families whose login is a bearer with one-time refresh tokens (`contracts/sub2api.md 4-6`). */
export interface SessionOperations {
  /** The session a page of the site keeps in its storage; `null` = nobody is logged in there. */
  readPage(page: PageStorage): SessionTokens | null
  /** `null` = this server's pages take no lock, so nobody but they may renew their session. */
  pageRenewal(ctx: SiteContext): Promise<Result<PageRenewal | null>>
  /** Sends the refresh token, once. Never for a session that a page owns. */
  renew(ctx: SiteContext, tokens: SessionTokens): Promise<Renewal>
  /** Makes a session of its own. Fails with `proof` when a code or a captcha is asked for. */
  signIn(
    ctx: SiteContext,
    form: SignInForm,
  ): Promise<Result<TabSession & { tokens: SessionTokens }>>
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

/** A link template of a site, untrusted. */
export interface ChatLink {
  readonly name: string
  readonly template: string
}

/**
 * A key that was just made. `unidentified`: it exists, but the answer did not name it and more than
 * one new key, or none, is in the list (`contracts/new-api.md 6.5`).
 */
export type CreatedKey =
  { readonly outcome: 'identified'; readonly key: ApiKey } | { readonly outcome: 'unidentified' }

/** What a site gave for a second factor: goes with the calls it protects (`contracts/new-api.md 10`). */
export interface SecurityProof {
  /** `null` = the site remembers it in the session of the access itself. */
  readonly token: string | null
  /** Epoch ms. */
  readonly expiresAtMs: number
}

/**
 * What a family does with API keys besides listing them. Everything that changes something is sent
 * exactly once; a call whose fate is unknown (time-out, lost connection) fails as
 * `interrupted`/`uncertain`, so that nobody repeats it blindly.
 */
export interface KeyOperations {
  /** What a form may offer at a server of this generation. */
  features(generation: Generation): KeyFeatures

  /** Names of the models the user may call, for limits of a key (`contracts/new-api.md 4.2`). */
  fetchModels(ctx: SiteContext, access: Access): Promise<Result<readonly string[]>>

  create(
    ctx: SiteContext,
    access: Access,
    draft: KeyDraft,
    options: {
      readonly generation: Generation
      /** Keys the account had before: what is not among them is new. */
      readonly knownIds: ReadonlySet<string>
      /** The same for every try of one creation; sent where the server takes one (Sub2API). */
      readonly requestId: string
    },
  ): Promise<Result<CreatedKey>>

  /** Reads the key first where the server replaces it whole: what `edit` leaves out stays. */
  update(
    ctx: SiteContext,
    access: Access,
    keyId: string,
    edit: KeyEdit,
    generation: Generation,
  ): Promise<Result<null>>

  /** Absent = the family cannot switch keys off. */
  readonly setEnabled?: (
    ctx: SiteContext,
    access: Access,
    keyId: string,
    enabled: boolean,
    generation: Generation,
  ) => Promise<Result<null>>

  /** A key that is not there any more counts as removed. */
  remove(
    ctx: SiteContext,
    access: Access,
    keyId: string,
    generation: Generation,
  ): Promise<Result<null>>

  /**
   * The full text of hidden keys by id, in as few calls of the critical budget as the server allows.
   * Absent = the family has no such call. A key that is left out of the answer was not shown.
   * Fails with `proof` (`verification-required`) where a second factor is asked for.
   */
  readonly reveal?: (
    ctx: SiteContext,
    access: Access,
    keyIds: readonly string[],
    options: {
      readonly generation: Generation
      readonly proof?: SecurityProof | undefined
      /**
       * How many keys one call may be asked for; 1 after a server turned out to have no call for
       * many.
       */
      readonly atOnce: number
    },
  ) => Promise<Result<ReadonlyMap<string, string>>>

  /** Most keys one `reveal` call takes at a server that has a call for many. */
  readonly revealAtOnce?: number

  /** Answers the site's question for a second factor. Absent = the family asks no such question. */
  readonly prove?: (
    ctx: SiteContext,
    access: Access,
    code: string,
    generation: Generation,
  ) => Promise<Result<SecurityProof>>
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

  /**
   * Cookies a login of this family may stand in, with a path each is sent to. The end of the last one
   * is the end of the login. Absent = it is in none, or nobody knows in which.
   */
  readonly loginCookies?: readonly { readonly name: string; readonly path: string }[]

  /** Recognises the software by its behaviour; `null` = not this family. */
  detect(ctx: SiteContext): Promise<Result<Detection | null>>

  /**
   * Who a token typed by the user belongs to. Fails with `input` (field `userId`, reason
   * `user-id-needed`) where the site answers only to whoever knows the user id already.
   */
  identify(ctx: SiteContext, accessToken: string): Promise<Result<SiteUser>>

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

  /** Absent = the family has no sessions by bearer. */
  readonly sessions?: SessionOperations
}

/**
 * What of a family is needed only once somebody works with keys: the worker's second script has it,
 * and the first one starts without (`late-registry.ts`).
 */
export interface LateOperations {
  /** Absent = keys can be listed at most. */
  readonly keys?: KeyOperations

  /**
   * Chat links the site publishes for its keys, as it writes them (`contracts/exports.md 7.1`).
   * Absent = the family publishes none.
   */
  readonly fetchChatLinks?: (ctx: SiteContext) => Promise<Result<readonly ChatLink[]>>
}

/** Where an account stands with its site's daily check-in; asking changes nothing. */
export interface CheckInStatus {
  /** The operator has it switched on. */
  readonly offered: boolean
  /** Of the site's own current day; `null` = the site does not tell. */
  readonly doneToday: boolean | null
  /** The site's date of that check-in, `YYYY-MM-DD`, where it told one. */
  readonly day?: string
  /** What it gave, in the account's unit, where told. */
  readonly reward?: number
  /** Days in a row, and check-ins ever. */
  readonly streak?: number
  readonly total?: number
  /** Days of the month that was asked for. */
  readonly days?: readonly { readonly day: string; readonly reward?: number }[]
}

/**
 * What the site answered to a check-in. `turnstile`: it wants proof of a person, which only its own
 * page can give.
 */
export type CheckInAnswer =
  | {
      readonly outcome: 'done' | 'done-earlier'
      readonly reward?: number
      /** The site's own date of it. */
      readonly day?: string
    }
  | { readonly outcome: 'not-offered' | 'turnstile' }

/** The daily check-in of a family. */
export interface CheckInOperations {
  /** Which days it counts by: UTC, or the server's own zone, which no call tells. */
  readonly dayRule: 'utc' | 'server'
  /** Whether the site's public status tells that it is offered (`checkInEnabled`), or only asking. */
  readonly offeredBy: 'status' | 'asking'
  /** Absent = asking would check in. `month` `YYYY-MM` = its days are wanted, too. */
  readonly status?: (
    ctx: SiteContext,
    access: Access,
    month?: string,
  ) => Promise<Result<CheckInStatus>>
  /** Sent exactly once; a call whose fate is unknown fails as `interrupted`/`uncertain`. */
  perform(ctx: SiteContext, access: Access): Promise<Result<CheckInAnswer>>
  /** A reward in the account's log since then (epoch ms); `null` = there is none. */
  readonly findReward?: (
    ctx: SiteContext,
    access: Access,
    sinceMs: number,
  ) => Promise<Result<{ readonly reward?: number } | null>>
}

/** What the site answered to a redemption code. */
export interface RedeemAnswer {
  readonly outcome: 'redeemed' | 'used' | 'expired' | 'invalid' | 'turnstile'
  /** Credited, in the account's unit. */
  readonly amount?: number
  /** What it gave that is no amount: `subscription`, `concurrency`. */
  readonly kind?: string
}

export interface RedeemOperations {
  /**
   * Sent exactly once, in the critical budget where the server counts it there; a call whose fate is
   * unknown fails as `interrupted`/`uncertain`. What the site refused for another reason is
   * `refused` with its words.
   */
  redeem(ctx: SiteContext, access: Access, code: string): Promise<Result<RedeemAnswer>>
  /**
   * Whether the code was credited since then (epoch ms); `null` = nothing of it is to be found. Asks
   * and changes nothing.
   */
  readonly find?: (
    ctx: SiteContext,
    access: Access,
    code: string,
    sinceMs: number,
  ) => Promise<Result<RedeemAnswer | null>>
  /** What `find` finds is this very code; absent = it may be any other one credited since. */
  readonly findsCode?: true
}

/** What of a family the automation needs: the worker's script for it has it (`daily-registry.ts`). */
export interface DailyOperations {
  /** Absent = the family has no check-in. */
  readonly checkIn?: CheckInOperations
  /** Absent = the family has no redemption codes. */
  readonly redeem?: RedeemOperations
}

/** An adapter as the automation sees it. */
export type DailyAdapter = SiteAdapter & DailyOperations

/** An adapter with everything its family can do with keys. */
export type FullAdapter = SiteAdapter & LateOperations
