import type { Limit } from '../kit/rate-limits'
import { isSince, type Generation } from './generation'

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
