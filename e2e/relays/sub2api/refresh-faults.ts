import type { Fault } from '../kit/faults'

/** Matches `POST /auth/refresh` in a fault plan. */
export const REFRESH_REQUEST = { method: 'POST', path: '/api/v1/auth/refresh' }

/**
 * Answers of `POST /auth/refresh` that do not use up the token (`contracts/sub2api.md` 4.3). Set
 * as faults they come before the server looks at anything; `state.isRefreshStoreUp = false` and
 * thirty refreshes in a minute bring about the same answers by the server itself.
 */
export const REFRESH_FAULTS = {
  unavailable: {
    kind: 'status',
    status: 503,
    body: { code: 503, message: 'service temporarily unavailable', reason: 'SERVICE_UNAVAILABLE' },
  },
  limited: {
    kind: 'status',
    status: 429,
    body: {
      error: 'rate limit exceeded',
      message: 'Too many requests, please try again later',
    },
    headers: { 'retry-after': '60' },
  },
} satisfies Record<string, Fault>
