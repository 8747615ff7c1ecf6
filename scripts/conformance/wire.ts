import { createBrowserFetch } from './browser-fetch'

/** One request as it left; nothing secret in it. */
export interface Sent {
  readonly path: string
  readonly withCookies: boolean
  readonly withProof: boolean
}

/** A browser's `fetch` that remembers what was sent. */
export interface Wire {
  readonly fetch: typeof globalThis.fetch
  readonly sent: readonly Sent[]
}

export function createWire(origin: string): Wire {
  const fetch = createBrowserFetch(origin)
  const sent: Sent[] = []
  return {
    sent,
    fetch: (input, init = {}) => {
      const url = input instanceof Request ? input.url : String(input)
      sent.push({
        path: new URL(url).pathname,
        withCookies: init.credentials !== 'omit',
        withProof: new Headers(init.headers).has('authorization'),
      })
      return fetch(input, init)
    },
  }
}

/** Runs `work` and tells what left meanwhile. */
export async function watch<T>(
  { sent }: Wire,
  work: () => Promise<T>,
): Promise<{ value: T; sent: readonly Sent[] }> {
  const before = sent.length
  const value = await work()
  return { value, sent: sent.slice(before) }
}
