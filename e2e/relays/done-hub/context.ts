import type { Books } from '../kit/books'
import type { RateLimiter } from '../kit/rate-limits'
import type { Reply } from '../kit/reply'
import type { ModelCall } from '../models/call'
import type { ModelDesk } from '../models/desk'
import type { Bucket } from './limits'
import type { DoneHubOptions } from './options'
import type { CookieLogin } from './session-cookie'
import type { HubState, HubToken, HubUser } from './state'

/** What every handler may use of the site it runs in. */
export interface HubCore {
  readonly options: DoneHubOptions
  readonly isDoneHub: boolean
  readonly systemName: string
  readonly quotaPerUnit: number
  readonly displayInCurrency: boolean
  readonly state: HubState
  readonly limiter: RateLimiter<Bucket>
  readonly books: Books
  /** The models behind the site. */
  readonly models: ModelDesk
  nowMs(): number
  /** Unix seconds. */
  nowSec(): number
}

/** Request headers a handler looks at; `''` when absent. */
interface RequestHeaders {
  authorization: string
  apiKey: string
  googleKey: string
  origin: string
  host: string
}

/** One request, read and routed. */
export interface RequestContext {
  readonly relay: HubCore
  readonly method: string
  readonly url: URL
  readonly params: Record<string, string>
  readonly headers: RequestHeaders
  /** Parsed JSON body; `undefined` if there is none or it is not JSON. */
  readonly body: unknown
  /** The same request, as the models read it. */
  readonly call: ModelCall
  readonly ip: string
  readonly requestId: string
  /** The login of the `session` cookie. */
  readonly login: CookieLogin | null
  /** Fault `wrong-user`: the user to answer for instead of the credential's. */
  readonly actAs: HubUser | null
}

/** A request whose cookie, and only its cookie, may name a user (6.1, 6.2). */
export interface VisitorContext extends RequestContext {
  readonly visitor: HubUser | null
}

export interface UserContext extends RequestContext {
  readonly user: HubUser
}

/** A request with an API key. */
export interface KeyContext extends UserContext {
  readonly token: HubToken
}

/** Where an API key is looked for (6.3). */
export type KeyProtocol = 'openai' | 'claude' | 'gemini'

export type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** A trailing slash is part of it (4). */
  path: string
  /** Absent = both variants. */
  isIn?: (relay: HubCore) => boolean
  /** Takes a slot of the login bucket (4). */
  isCritical?: boolean
  /** Sends CORS headers (3.1). */
  isCors?: boolean
} & (
  | { auth: 'none'; handle: (context: RequestContext) => Reply }
  | { auth: 'cookie'; handle: (context: VisitorContext) => Reply }
  | { auth: 'user'; minRole?: number; handle: (context: UserContext) => Reply }
  | { auth: 'key'; protocol: KeyProtocol; handle: (context: KeyContext) => Reply }
)
