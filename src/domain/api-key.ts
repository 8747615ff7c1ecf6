import type { Metric } from './metric'

/** An API key of an account (`contracts/new-api.md 6.3`); what calls models. */
export interface ApiKey {
  readonly id: string
  readonly name: string
  /** Without the `sk-` prefix. Masked text is for showing only and can never be used as a key. */
  readonly key: { readonly kind: 'full' | 'masked'; readonly text: string }
  readonly status: 'enabled' | 'disabled' | 'expired' | 'exhausted' | 'unknown'
  /** Quota points left; `null` = unlimited. */
  readonly remaining: Metric | null
  /** Quota points used. */
  readonly used: Metric
  readonly createdAtMs: number | null
  readonly lastUsedAtMs: number | null
  /** `null` = never expires. */
  readonly expiresAtMs: number | null
  /** `''` = the user's own group. */
  readonly group: string
  /** Empty = all models. */
  readonly modelLimits: readonly string[]
}

/** A billing group the user may use (`contracts/new-api.md 4.2`). */
export interface Group {
  readonly name: string
  /** Price multiplier; `null` where the server chooses (pseudo-group `auto`). */
  readonly ratio: number | null
  readonly description: string
}
