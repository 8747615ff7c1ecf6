import type { Bucket } from '../new-api/limits'
import type { ModelCall } from '../models/call'
import type { ModelDesk } from '../models/desk'
import type { CookieSession } from '../new-api/session-cookie'
import type { Books } from '../kit/books'
import type { RateLimiter } from '../kit/rate-limits'
import type { Reply } from '../kit/reply'
import type { VeloeraOptions } from './options'
import type { VeloeraState, VeloeraToken, VeloeraUser } from './state'

/** What every handler may use of the site it runs in. */
export interface VeloeraCore {
  readonly options: VeloeraOptions
  readonly isV4: boolean
  readonly state: VeloeraState
  readonly limiter: RateLimiter<Bucket>
  readonly books: Books
  /** The models behind the site. */
  readonly models: ModelDesk
  nowMs(): number
  /** Unix seconds. */
  nowSec(): number
}

/** One request, read and routed. */
export interface RequestContext {
  readonly core: VeloeraCore
  readonly method: string
  readonly url: URL
  readonly params: Record<string, string>
  /** Request headers; `''` when absent. */
  readonly headers: { authorization: string; veloeraUser: string; apiKey: string; origin: string }
  /** Parsed JSON body; `undefined` if there is none or it is not JSON. */
  readonly body: unknown
  /** The same request, as the models read it. */
  readonly call: ModelCall
  readonly ip: string
  /** Value of `X-Oneapi-Request-Id`, which relay errors repeat in their text. */
  readonly requestId: string
  /** The opened `session` cookie; `{}` without one. */
  readonly session: CookieSession
  /** Fault `wrong-user`: the user to answer for instead of the credential's. */
  readonly actAs: VeloeraUser | null
}

export interface UserContext extends RequestContext {
  /** The user to answer for: the credential's, or the one of fault `wrong-user`. */
  readonly user: VeloeraUser
}

export interface KeyContext extends UserContext {
  readonly token: VeloeraToken
}

/** A route; `auth` says which credential it wants. */
export type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** `/api/token/:id`; a trailing slash is part of it (`contracts/veloera.md` 4). */
  path: string
  /** V4 only. */
  isV4?: boolean
  /** Takes a slot of the critical bucket (4). */
  isCritical?: boolean
  /** Answers with CORS headers (3.1); routes by API key always do. */
  hasCors?: boolean
} & (
  | { auth: 'none'; handle: (context: RequestContext) => Reply }
  | { auth: 'user' | 'admin'; handle: (context: UserContext) => Reply }
  | { auth: 'key'; handle: (context: KeyContext) => Reply }
)
