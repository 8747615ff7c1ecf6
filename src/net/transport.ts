/** A JSON value, as request bodies are. */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/**
 * One call to a site. The origin is not part of it: a transport is bound to one origin, so that
 * nothing an answer says can redirect a credential elsewhere.
 */
export interface SiteRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Absolute path with the exact trailing slash (`contracts/new-api.md 1.4`), no query. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | number>>
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Json
  /** `include` sends the browser's cookies of that origin; token calls must say `omit`. */
  readonly cookies: 'omit' | 'include'
  /** A `GET` that changes something at the site: never sent twice, never shared. */
  readonly changes?: true
  /** How long this one may take, ms, where the usual time is too short to give up. */
  readonly timeoutMs?: number
  /** Which of the origin's two budgets the call is counted in (`contracts/new-api.md 1.5`). */
  readonly budget: 'general' | 'critical'
  /**
   * A 429 is an answer like any other and pauses nothing. For model calls with a key: their limits
   * are those of the key or its model, and the dashboard's limiter does not watch them (1.5).
   */
  readonly limitIsAnswer?: true
}

/** An answer with its body read, whatever its status. */
export interface SiteResponse {
  readonly status: number
  /** Lower-case media type without parameters; `''` when absent. */
  readonly contentType: string
  readonly header: (name: string) => string | null
  readonly text: string
}

export interface TransportOptions {
  readonly signal?: AbortSignal
}

/**
 * Sends one request to the origin it is bound to.
 *
 * Resolves with every HTTP answer that came from that origin, 4xx and 5xx included. Throws a
 * `FailureError` of class `network` (`unreachable`, `timeout`, `too-large`, `cut-off`), `limit`
 * (budget used up or site asked to wait, with `retryAtMs`), `access` (no permission for the
 * origin), `changed-api` (`redirected`: answered with a redirect, which is never followed) or
 * `cancelled`.
 */
export type Transport = (request: SiteRequest, options?: TransportOptions) => Promise<SiteResponse>
