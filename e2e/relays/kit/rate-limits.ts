/** At most `max` requests within `windowMs`. */
export interface Limit {
  readonly max: number
  readonly windowMs: number
}

/** Sliding windows, as the servers of the One API lineage count: refused requests do not count. */
export class RateLimiter<Bucket extends string> {
  private readonly accepted = new Map<string, number[]>()

  constructor(
    private readonly limits: Readonly<Record<Bucket, Limit>>,
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
