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

export type PageFailure = 'moved' | 'redirected' | 'unreachable' | 'timeout' | 'too-large'
