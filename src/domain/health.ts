import type { FailureClass } from './failure'
import { waitsForUser } from './needs-you'
import type { SnapshotRecord } from './snapshot'

export const HEALTHS = ['good', 'attention', 'bad', 'unknown'] as const

/** `bad` needs the user, `attention` may pass by itself, `unknown` says nothing was learnt yet. */
export type Health = (typeof HEALTHS)[number]

const SAYS_NOTHING: ReadonlySet<FailureClass> = new Set(['cancelled', 'interrupted', 'internal'])

export function healthOf(snapshot: SnapshotRecord | undefined): Health {
  const attempt = snapshot?.lastAttempt
  if (!attempt) return 'unknown'
  if (!attempt.failure) return 'good'
  if (SAYS_NOTHING.has(attempt.failure.class)) return 'unknown'
  return waitsForUser(attempt.failure.class) ? 'bad' : 'attention'
}
