import type { Limit } from '../kit/rate-limits'
import type { Variant } from './options'

export type Bucket = 'api' | 'web' | 'critical'

const API: Limit = { max: 300, windowMs: 180_000 }

/** Limits by IP (`contracts/donehub.md` 4). Model calls, which have their own, are not served. */
export function limitsOf(variant: Variant): Record<Bucket, Limit> {
  return variant === 'done-hub'
    ? { api: API, web: API, critical: { max: 200, windowMs: 1_200_000 } }
    : {
        api: API,
        web: { max: 180, windowMs: 180_000 },
        critical: { max: 20, windowMs: 1_200_000 },
      }
}

/** The bucket a path takes from; `null` for the relay, which none of them watches. */
export function bucketOf(path: string): Bucket | null {
  if (/^\/api(?:\/|$)/.test(path)) return 'api'
  if (/^(?:\/v1)?\/dashboard\/billing\//.test(path)) return 'api'
  return /^\/(?:v1|claude\/|gemini\/)/.test(path) ? null : 'web'
}
