import type { Reply } from '../kit/reply'
import type { Sub2ApiState } from './state'

/**
 * What came of one refresh token that was presented: `rotated`, `withheld` (backend mode: used up,
 * but no pair given), the server's reason such as `REFRESH_TOKEN_INVALID`, or what kept it from
 * being looked at. `unanswered`: a fault kept the request from the server.
 */
type RefreshOutcome =
  'rotated' | 'withheld' | 'limited' | 'no-route' | 'unanswered' | `reason ${string}`

/** One presentation of a refresh token to `POST /auth/refresh`. */
export interface RefreshPresentation {
  readonly refreshToken: string
  readonly atMs: number
  outcome: RefreshOutcome
}

/** Writes down that a token was presented. Called for every request, also one a fault meets. */
export function notePresentation(
  state: Sub2ApiState,
  refreshToken: string,
  atMs: number,
): RefreshPresentation {
  state.refreshUses.set(refreshToken, (state.refreshUses.get(refreshToken) ?? 0) + 1)
  const presentation: RefreshPresentation = { refreshToken, atMs, outcome: 'unanswered' }
  state.refreshLog.push(presentation)
  return presentation
}

/** What the server's own answer says of the token (`contracts/sub2api.md` 4.3). */
export function outcomeOf(reply: Reply): RefreshOutcome {
  if (reply.status === 200) return 'rotated'
  if (reply.status === 404) return 'no-route'
  if (reply.status === 429) return 'limited'
  const value = reply.body.kind === 'json' ? (reply.body.value as { reason?: string }) : {}
  return value.reason === undefined ? 'withheld' : `reason ${value.reason}`
}
