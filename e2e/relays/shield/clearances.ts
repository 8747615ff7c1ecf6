import { randomBytes } from 'node:crypto'

interface Clearance {
  readonly userAgent: string
  readonly expiresAtMs: number
}

/** The clearances a wall gave out: each good for one User-Agent and for a limited time. */
export class Clearances {
  private readonly byValue = new Map<string, Clearance>()

  constructor(
    private readonly lifetimeMs: number,
    private readonly now: () => number,
  ) {}

  /** Makes a clearance; its value is random unless the wall has one of its own. */
  issue(userAgent: string, value = randomBytes(32).toString('base64url')): string {
    this.byValue.set(value, { userAgent, expiresAtMs: this.now() + this.lifetimeMs })
    return value
  }

  isValid(value: string | undefined, userAgent: string): boolean {
    const clearance = value === undefined ? undefined : this.byValue.get(value)
    return clearance?.userAgent === userAgent && this.now() < clearance.expiresAtMs
  }

  expireAll(): void {
    this.byValue.clear()
  }
}
