import type { CheckInProof } from '@/src/domain/check-in'
import type { SeenDone } from '@/src/domain/check-in-evidence'
import type { Failure, FailureClass } from '@/src/domain/failure'
import type { Range } from '@/src/domain/site-clock'
import type { SiteStatus } from '@/src/domain/snapshot'

/**
 * What came of asking a site.
 *
 * | state | meaning |
 * |---|---|
 * | `done`, `done-earlier` | its current day is done |
 * | `open` | it was only looked at, and is not done |
 * | `untold` | it was only looked at, and the site does not tell |
 * | `not-done` | something was sent and did not arrive, or nothing more may be sent that day |
 * | `unknown` | something was sent, and nothing tells what became of it |
 * | `failed` | nothing was sent, or the site refused it: nothing has changed there |
 */
export type Finding =
  | {
      readonly state: 'done' | 'done-earlier'
      /** Absent = what was known before still holds. */
      readonly by?: CheckInProof
      readonly reward?: number | undefined
    }
  | { readonly state: 'open' | 'untold' | 'not-offered' }
  | { readonly state: 'needs-you' | 'failed'; readonly failure: Failure }
  | { readonly state: 'unknown'; readonly failure?: Failure | undefined }
  | {
      readonly state: 'not-done'
      readonly failure?: Failure | undefined
      /** It may have been done by somebody else: the site does not tell. */
      readonly isGuess?: true
    }

/** A look at the site's own day. */
export type Sighting =
  { readonly state: 'open'; readonly time: Range } | ({ readonly state: 'done' } & SeenDone)

/** Everything a conversation with a site brought, however it ended. */
export interface Report {
  readonly finding: Finding
  readonly seen: readonly Sighting[]
  /** The site's public status, where it was asked for. */
  readonly status?: SiteStatus | undefined
  /** By how much its clock is ahead of this device's, ms, where it told. */
  readonly errorMs?: number | undefined
  readonly told: { readonly streak?: number; readonly total?: number }
  /** A check-in left, and nothing tells yet what became of it. */
  readonly isUncertain: boolean
  /** A check-in left, and certainly changed nothing. */
  readonly isRefused: boolean
}

/** Failures that only a person can do something about. */
const FOR_THE_USER: ReadonlySet<FailureClass> = new Set([
  'challenge',
  'login',
  'identity',
  'access',
  'needs-tab',
  'proof',
])

/** After these answers to a check-in it certainly was not done (`uncertain.ts` has the others). */
const CERTAIN: ReadonlySet<FailureClass> = new Set([
  ...FOR_THE_USER,
  'limit',
  'refused',
  'unsupported',
])

/** Whether a check-in that failed in this way has certainly changed nothing. */
export function isCertain({ class: kind, reason }: Failure): boolean {
  // A site that rests was not asked at all.
  return CERTAIN.has(kind) || reason === 'resting'
}

/** What a failure means of which nothing is left open at the site. */
export function findingOf(failure: Failure): Finding {
  if (failure.class === 'unsupported') return { state: 'not-offered' }
  return { state: FOR_THE_USER.has(failure.class) ? 'needs-you' : 'failed', failure }
}

/** Whether the day needs nothing more. */
export function isDone({ state }: { readonly state: string }): boolean {
  return state === 'done' || state === 'done-earlier'
}
