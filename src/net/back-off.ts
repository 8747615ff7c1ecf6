import * as z from 'zod/mini'

import { failureOf, raise } from '@/src/domain/failure'

import { standsInFront } from './challenge'
import type { Transport } from './transport'

/** What makes an origin rest, and how: from which failure on, for how long at first and at most. */
const RULES = {
  network: { from: 1, firstMs: 15_000, longestMs: 30 * 60_000 },
  // One broken endpoint is no broken site: only when nothing else works there.
  server: { from: 3, firstMs: 60_000, longestMs: 30 * 60_000 },
  challenge: { from: 1, firstMs: 10 * 60_000, longestMs: 6 * 3_600_000 },
} as const

export type RestClass = keyof typeof RULES

const restSchema = z.object({
  class: z.enum(['network', 'server', 'challenge']),
  /** Failures in a row, of requests that did not run side by side. */
  count: z.int(),
  /** Epoch ms of the last of them. */
  atMs: z.int(),
  /** Epoch ms until which nothing is sent; 0 = not resting. */
  untilMs: z.int(),
})

type Rest = z.infer<typeof restSchema>

/** Origins that rest; no secret in it. */
export type BackOffState = Readonly<Record<string, Rest>>

/**
 * Keeps us from hammering a site that is down or shielded: after a failure its origin rests, longer
 * with every further one; any good answer ends that, and so does the user.
 */
export interface BackOff {
  /** What an origin rests for now; `null` = it may be asked. */
  restOf(origin: string): { class: RestClass; untilMs: number } | null
  /** A request that began at `startedAtMs` failed in this way. */
  note(origin: string, kind: RestClass, startedAtMs: number): void
  /** A good answer came. */
  clear(origin: string): void
  /** The user asked: the next request may leave, the count goes on. No origins = all of them. */
  forgive(origins?: readonly string[]): void
  /** Waits until the state of an earlier worker is there. */
  ready(): Promise<void>
}

interface Options {
  readonly now: () => number
  readonly load?: () => Promise<unknown>
  readonly save?: (state: BackOffState) => Promise<void>
  /** 0 to 1, so that many sites that went down together are not asked together. */
  readonly random?: () => number
}

export function createBackOff({ now, load, save, random = Math.random }: Options): BackOff {
  const rests = new Map<string, Rest>()
  let loading: Promise<void> | undefined

  async function restore(): Promise<void> {
    const stored = z.record(z.string(), restSchema).safeParse(await load?.().catch(() => undefined))
    if (stored.success) {
      for (const [origin, rest] of Object.entries(stored.data)) rests.set(origin, rest)
    }
  }

  function keep(origin: string, rest: Rest): void {
    rests.set(origin, rest)
    void save?.(Object.fromEntries(rests)).catch(() => undefined)
  }

  return {
    ready: () => (loading ??= restore()),
    restOf(origin) {
      const rest = rests.get(origin)
      return rest && rest.untilMs > now() ? { class: rest.class, untilMs: rest.untilMs } : null
    },
    note(origin, kind, startedAtMs) {
      const before = rests.get(origin)
      const isSame = before?.class === kind
      // Requests side by side fail together: that is one failure.
      if (isSame && startedAtMs <= before.atMs) return
      const count = isSame ? before.count + 1 : 1
      const { from, firstMs, longestMs } = RULES[kind]
      const steps = count - from
      const waitMs = steps < 0 ? 0 : Math.min(longestMs, firstMs * 2 ** steps)
      const untilMs = waitMs === 0 ? 0 : Math.round(now() + waitMs * (1 + 0.2 * random()))
      keep(origin, { class: kind, count, atMs: now(), untilMs })
    },
    clear(origin) {
      if (!rests.delete(origin)) return
      void save?.(Object.fromEntries(rests)).catch(() => undefined)
    },
    forgive(origins) {
      for (const [origin, rest] of rests) {
        if (origins?.includes(origin) ?? true) keep(origin, { ...rest, untilMs: 0 })
      }
    },
  }
}

/**
 * A transport that lets a resting origin rest: it then fails at once, with the class of what made
 * it rest, reason `resting` and the end of the rest in `retryAtMs`.
 */
export function backedOff(
  transport: Transport,
  origin: string,
  backOff: BackOff,
  now: () => number,
): Transport {
  return async (request, options) => {
    await backOff.ready()
    const rest = backOff.restOf(origin)
    // A challenge may be passed in an open tab: that is for the shield to decide.
    if (rest && rest.class !== 'challenge') {
      raise({ class: rest.class, reason: 'resting', retryAtMs: rest.untilMs, path: request.path })
    }
    const startedAtMs = now()
    try {
      const response = await transport(request, options)
      if (response.status >= 500) backOff.note(origin, 'server', startedAtMs)
      else if (response.status < 400 && !standsInFront(response)) backOff.clear(origin)
      return response
    } catch (thrown) {
      const { class: kind, reason } = failureOf(thrown)
      if (kind === 'network' && reason !== 'too-large') {
        backOff.note(origin, 'network', startedAtMs)
      }
      throw thrown
    }
  }
}
