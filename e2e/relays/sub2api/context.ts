import type { Books } from '../kit/books'
import type { Reply } from '../kit/reply'
import type { ModelCall } from '../models/call'
import type { ModelDesk } from '../models/desk'
import type { Bucket, WindowLimiter } from './limits'
import type { Sub2ApiOptions } from './options'
import type { RefreshPresentation } from './refresh-log'
import type { GroupRow, KeyRow, Sub2ApiState, UserRow } from './state'

/** What every handler may use of the site it runs in. */
export interface RelayCore {
  readonly options: Sub2ApiOptions
  /** v0.1.177 instead of v0.1.1 (`contracts/sub2api.md` 1). */
  readonly isNew: boolean
  readonly state: Sub2ApiState
  readonly limiter: WindowLimiter
  readonly books: Books
  /** The models behind the site. */
  readonly models: ModelDesk
  readonly nowMs: () => number
}

/** Request headers a handler looks at; `''` when absent. Cookies are no part of it (2). */
export interface RequestHeaders {
  authorization: string
  userAgent: string
  host: string
  apiKey: string
  googleApiKey: string
  idempotencyKey: string
}

/** One request, read and routed. */
export interface RequestContext {
  readonly relay: RelayCore
  readonly method: string
  readonly url: URL
  readonly params: Record<string, string>
  readonly headers: RequestHeaders
  /** Parsed JSON body; `undefined` if there is none or it is not JSON. */
  readonly body: unknown
  /** The same request, as the models read it. */
  readonly call: ModelCall
  readonly ip: string
  /** The refresh token this request presents, if it is a refresh. */
  readonly presentation: RefreshPresentation | null
  /** Fault `wrong-user`: the user to answer for instead of the credential's. */
  readonly actAs: UserRow | null
}

export interface UserContext extends RequestContext {
  /** The user to answer for: the token's, or the one of fault `wrong-user`. */
  readonly user: UserRow
}

/** A gateway request, proved by an API key. */
export interface KeyContext extends UserContext {
  readonly key: KeyRow
  /** `null` only on old servers: newer ones refuse a key without a group (14). */
  readonly group: GroupRow | null
}

/** A route. `isIn` absent = both generations. */
export type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  isIn?: (relay: RelayCore) => boolean
} & (
  | {
      auth: 'none'
      /** Bucket per IP in front of it (2, 4.1). */
      limit?: Bucket
      handle: (context: RequestContext) => Reply
    }
  | {
      auth: 'user'
      /** Counts as a heavy call too (2). */
      isHeavy?: true
      handle: (context: UserContext) => Reply
    }
  | {
      auth: 'key'
      /** Needs a key that is paid for (14). */
      isBilled: boolean
      handle: (context: KeyContext) => Reply
    }
)

/** Routes that came after v0.1.1. */
export const onlyNew = ({ isNew }: RelayCore): boolean => isNew

/** An object body as a record; `undefined` for anything else. */
export function bodyRecord(body: unknown): Record<string, unknown> | undefined {
  return typeof body === 'object' && body !== null && !Array.isArray(body)
    ? (body as Record<string, unknown>)
    : undefined
}

/** RFC 3339, without a fraction of zero. */
export function timestamp(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z')
}

/** {@link timestamp} of a moment that may be missing. */
export function optionalTimestamp(ms: number | null): string | null {
  return ms === null ? null : timestamp(ms)
}
