import type { Limit } from '../kit/rate-limits'

export type Bucket =
  | 'login'
  | 'login-2fa'
  | 'refresh'
  | 'user'
  | 'heavy'
  | 'public'
  | 'custom-key-failures'
  | 'redeem-failures'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

/** Defaults of `contracts/sub2api.md` 2, 4.1, 8 and 12. */
const LIMITS: Readonly<Record<Bucket, Limit>> = {
  login: { max: 20, windowMs: MINUTE_MS },
  'login-2fa': { max: 20, windowMs: MINUTE_MS },
  refresh: { max: 30, windowMs: MINUTE_MS },
  user: { max: 240, windowMs: MINUTE_MS },
  heavy: { max: 60, windowMs: MINUTE_MS },
  public: { max: 300, windowMs: MINUTE_MS },
  'custom-key-failures': { max: 20, windowMs: HOUR_MS },
  'redeem-failures': { max: 20, windowMs: HOUR_MS },
}

interface Window {
  startedAtMs: number
  count: number
}

/**
 * Fixed windows that begin with their first request, so that `Retry-After` is the rest of the
 * window. That they are fixed is not in the contract.
 */
export class WindowLimiter {
  private readonly windows = new Map<string, Window>()

  constructor(
    private readonly isOn: boolean,
    private readonly now: () => number,
  ) {}

  private current(bucket: Bucket, key: string): Window {
    const id = `${bucket}:${key}`
    const found = this.windows.get(id)
    if (found && this.now() - found.startedAtMs < LIMITS[bucket].windowMs) return found
    const fresh = { startedAtMs: this.now(), count: 0 }
    this.windows.set(id, fresh)
    return fresh
  }

  /** Whole seconds until `key` has room again; `null` = there is room. */
  waitSec(bucket: Bucket, key: string): number | null {
    if (!this.isOn) return null
    const { startedAtMs, count } = this.current(bucket, key)
    const { max, windowMs } = LIMITS[bucket]
    return count < max ? null : Math.ceil((startedAtMs + windowMs - this.now()) / 1000)
  }

  count(bucket: Bucket, key: string): void {
    this.current(bucket, key).count += 1
  }

  /** Takes one place; the seconds to wait when there is none. */
  take(bucket: Bucket, key: string): number | null {
    const wait = this.waitSec(bucket, key)
    if (wait === null) this.count(bucket, key)
    return wait
  }

  reset(): void {
    this.windows.clear()
  }
}
