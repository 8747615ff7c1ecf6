import type { FailureClass } from './failure'
import type { SnapshotRecord } from './snapshot'

export const HEALTHS = ['good', 'attention', 'bad', 'unknown'] as const

/** `bad` needs the user, `attention` may pass by itself, `unknown` says nothing was learnt yet. */
export type Health = (typeof HEALTHS)[number]

const NEEDS_THE_USER: ReadonlySet<FailureClass> = new Set([
  'login',
  'identity',
  'access',
  'proof',
  'changed-api',
])

const SAYS_NOTHING: ReadonlySet<FailureClass> = new Set(['cancelled', 'interrupted', 'internal'])

export function healthOf(snapshot: SnapshotRecord | undefined): Health {
  const attempt = snapshot?.lastAttempt
  if (!attempt) return 'unknown'
  if (!attempt.failure) return 'good'
  if (SAYS_NOTHING.has(attempt.failure.class)) return 'unknown'
  return NEEDS_THE_USER.has(attempt.failure.class) ? 'bad' : 'attention'
}
