import type { AuthSession } from './auth-sessions'
import type { CookieSession } from './session-cookie'
import type { Generation } from './generation'
import { messageText, type Language, type MessageId } from './messages'
import type { GroupSeed, RelayOptions } from './options'
import { relativeText } from './relative-options'
import type { Books } from '../kit/books'
import type { RateLimiter } from '../kit/rate-limits'
import type { Bucket } from './limits'
import type { ModelCall } from '../models/call'
import type { ModelDesk } from '../models/desk'
import type { Reply } from '../kit/reply'
import type { RelayState, RelayUser } from './state'

/** What every handler may use of the relay it runs in. */
export interface RelayCore {
  readonly options: RelayOptions
  readonly generation: Generation
  readonly state: RelayState
  readonly limiter: RateLimiter<Bucket>
  readonly books: Books
  /** The models behind the site. */
  readonly models: ModelDesk
  readonly quotaPerUnit: number
  readonly groups: Record<string, GroupSeed>
  nowMs(): number
  /** Unix seconds: what every time on the wire is in. */
  nowSec(): number
}

/** Request headers a handler looks at; `''` when absent. */
export interface RequestHeaders {
  authorization: string
  origin: string
  host: string
  userAgent: string
  /** The header the relay reads the user id from (2.4). */
  userId: string
  authSession: string
  securityProof: string
  requestedWith: string
  /** Places for an API key besides `authorization` (6.7). */
  apiKey: string
  googleApiKey: string
  anthropicVersion: string
}

/** One request, read and routed. */
export interface RequestContext {
  readonly relay: RelayCore
  readonly method: string
  readonly url: URL
  readonly params: Record<string, string>
  readonly headers: RequestHeaders
  readonly cookies: ReadonlyMap<string, string>
  /** Parsed JSON body; `undefined` if there is none or it is not JSON. */
  readonly body: unknown
  /** The same request, as the models read it. */
  readonly call: ModelCall
  readonly ip: string
  readonly language: Language
  /** The opened `session` cookie of G0/G1; `{}` without one. */
  readonly cookieSession: CookieSession
  /** Fault `wrong-user`: the user to answer for instead of the credential's. */
  readonly actAs: RelayUser | null
}

/** Who sent a request and by which credential. */
export interface Identity {
  user: RelayUser
  via: 'cookie' | 'access-token' | 'browser-session'
  /** G2+ browser session; `null` for the others. */
  session: AuthSession | null
}

export interface UserContext extends RequestContext {
  readonly identity: Identity
  /** The user to answer for: the identity's, or the one of fault `wrong-user`. */
  readonly user: RelayUser
}

/** A route. `{auth:'none'}` handlers get no identity. */
export type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** `/api/token/:id`; a trailing slash is part of it (1.4). */
  path: string
  /** Absent = every generation. */
  isIn?: (relay: RelayCore) => boolean
  /** Takes a slot of the shared critical bucket (1.5). */
  isCritical?: boolean
  /** Takes a slot of the user's search bucket (1.5). */
  isSearch?: (relay: RelayCore) => boolean
} & (
  | { auth: 'none'; handle: (context: RequestContext) => Reply }
  | { auth: 'user'; handle: (context: UserContext) => Reply }
)

/**
 * Text of a message for a request: the user's own language, then `Accept-Language`, then Chinese
 * (1.3). Builds before G1b know only Chinese.
 */
export function textFor(context: RequestContext, id: MessageId, user?: RelayUser): string {
  const { generation, options } = context.relay
  const isTranslated = generation === 'g1b' || generation === 'g2' || generation === 'g3'
  const language = isTranslated ? user?.language || context.language : 'zh'
  return relativeText(options, messageText(id, language))
}

/** An object body as a record; `undefined` for anything else. */
export function bodyRecord(body: unknown): Record<string, unknown> | undefined {
  return typeof body === 'object' && body !== null && !Array.isArray(body)
    ? (body as Record<string, unknown>)
    : undefined
}
