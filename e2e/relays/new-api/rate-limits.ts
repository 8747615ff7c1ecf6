import { isSince, type Generation } from './generation'

/** At most `max` requests within `windowMs`. */
export interface Limit {
  readonly max: number
  readonly windowMs: number
}

export type Bucket = 'api' | 'web' | 'critical' | 'search'

const NEW_API_LIMITS: Record<Bucket, Limit> = {
  api: { max: 180, windowMs: 180_000 },
  web: { max: 60, windowMs: 180_000 },
  critical: { max: 20, windowMs: 1_200_000 },
  search: { max: 10, windowMs: 60_000 },
}

const ONE_API_LIMITS: Record<Bucket, Limit> = {
  ...NEW_API_LIMITS,
  api: { max: 480, windowMs: 180_000 },
  web: { max: 240, windowMs: 180_000 },
}

/** Default limits of a generation (`contracts/new-api.md` 1.5). */
export function limitsOf(generation: Generation): Record<Bucket, Limit> {
  return isSince(generation, 'g0') ? NEW_API_LIMITS : ONE_API_LIMITS
}

/**
 * Sliding window over the accepted requests of each key, as the servers keep it: a refused request
 * does not prolong the wait.
 */
export class RateLimiter {
  private readonly accepted = new Map<string, number[]>()

  constructor(
    private readonly limits: Record<Bucket, Limit>,
    private readonly now: () => number,
  ) {}

  /** Takes one slot of `key` in `bucket`; `false` = refuse with 429. */
  tryTake(bucket: Bucket, key: string): boolean {
    const { max, windowMs } = this.limits[bucket]
    const now = this.now()
    const id = `${bucket}:${key}`
    const recent = (this.accepted.get(id) ?? []).filter((atMs) => now - atMs < windowMs)
    const isFree = recent.length < max
    if (isFree) recent.push(now)
    this.accepted.set(id, recent)
    return isFree
  }

  reset(): void {
    this.accepted.clear()
  }
}
