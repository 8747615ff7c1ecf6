import type { PageRenewal } from '@/src/domain/page-renewal'
import type { SiteRequest } from '@/src/net/transport'

/**
 * What the worker may ask the script it injected into an open tab of a site. The script answers
 * only while the page is still on `origin`, and sends requests to that origin alone.
 */
export type PageQuestion =
  | { readonly ask: 'storage'; readonly origin: string; readonly keys: readonly string[] }
  | {
      readonly ask: 'fetch'
      readonly origin: string
      readonly request: SiteRequest
      readonly timeoutMs: number
      readonly maxBytes: number
    }
  | RenewQuestion

/** Renew the page's session in its stead, unless that happened meanwhile. */
export interface RenewQuestion {
  readonly ask: 'renew'
  readonly origin: string
  readonly renewal: PageRenewal
  /** The refresh token the worker saw; another one in storage means that it was renewed since. */
  readonly seenRefreshToken: string | null
  /** For the wait in front of the lock, and once more for the request. */
  readonly timeoutMs: number
}

/** Answers come out of a foreign page's tab and are parsed by the worker like any other input. */
export type PageAnswer =
  | { readonly got: 'storage'; readonly values: Record<string, string | null> }
  | {
      readonly got: 'response'
      readonly status: number
      readonly headers: Record<string, string>
      readonly text: string
    }
  | { readonly got: 'failure'; readonly reason: PageFailure }

export type PageFailure =
  | 'moved'
  | 'redirected'
  | 'unreachable'
  | 'timeout'
  | 'too-large'
  /** The browser gives this page no locks: only the page itself may renew. */
  | 'no-lock'
  /** The site does not take the refresh token. */
  | 'renewal-refused'
  /** No new session came back; whether the old token is spent is not known. */
  | 'renewal-failed'
