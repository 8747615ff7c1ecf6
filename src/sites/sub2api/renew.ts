import { type Failure, type Result, settle } from '@/src/domain/failure'

import type { Renewal, SessionTokens, SiteContext } from '../adapter'
import { fetchData } from './request'
import { fetchSettings } from './settings'
import { pairSchema, tokensFrom } from './tokens'

const PATH = '/api/v1/auth/refresh'
/** As the pages of the site wait (`contracts/sub2api.md 5`): an answer given up on is lost, ms. */
const TIMEOUT_MS = 30_000

type Unrenewed = Exclude<Renewal['outcome'], 'renewed'>

/** Failures of a transport that come before anything was sent. */
const UNSENT: readonly Failure['class'][] = ['limit', 'access']

/**
 * Sends a refresh token of our own, once (`contracts/sub2api.md 4.3, 6`, mode B). A site that
 * does not even show its public settings is not trusted with it: a line that is down, a captive
 * portal and a protection page would otherwise leave its fate unknown.
 */
export async function renew(ctx: SiteContext, tokens: SessionTokens): Promise<Renewal> {
  const { refreshToken } = tokens
  if (refreshToken === null) {
    return { outcome: 'dead', failure: { class: 'unsupported', reason: 'no-refresh-token' } }
  }
  const ready = await settle(() => fetchSettings(ctx))
  if (!ready.ok) return { outcome: 'kept', failure: ready.failure }
  if (ctx.signal?.aborted) return { outcome: 'kept', failure: { class: 'cancelled', path: PATH } }
  const renewed = await exchange(ctx, tokens, refreshToken)
  if (renewed.ok) return { outcome: 'renewed', tokens: renewed.value }
  return { outcome: outcomeOf(renewed.failure), failure: renewed.failure }
}

function exchange(
  ctx: SiteContext,
  tokens: SessionTokens,
  refreshToken: string,
): Promise<Result<SessionTokens>> {
  // The answer is the only copy of the new pair: once sent, a stop does not cut it off.
  const { signal: _, ...unstoppable } = ctx
  return settle(async () => {
    const askedAtMs = ctx.now()
    const body = { refresh_token: refreshToken }
    const call = { path: PATH, method: 'POST', body, timeoutMs: TIMEOUT_MS } as const
    const secrets = [refreshToken, tokens.bearer]
    const pair = await fetchData(unstoppable, null, call, pairSchema, secrets)
    return tokensFrom(pair, tokens.userId, askedAtMs, PATH)
  })
}

/** What a failed exchange means for the token: the table of `contracts/sub2api.md 4.3`. */
function outcomeOf({ class: kind, reason, httpStatus }: Failure): Unrenewed {
  // Spent, and what came for it is somebody else's.
  if (kind === 'identity') return 'dead'
  if (httpStatus === undefined) {
    return UNSENT.includes(kind) || reason === 'resting' ? 'kept' : 'uncertain'
  }
  // The protection page came instead of the server.
  if (reason === 'challenge-page') return 'kept'
  switch (httpStatus) {
    case 400:
    case 429:
      return 'kept'
    case 401:
      // Without JSON it is a proxy that refuses, and nobody knows what it does with requests.
      return kind === 'login' || reason === 'user-disabled' ? 'dead' : 'uncertain'
    case 403:
      return reason === 'user-disabled' || reason === 'backend-mode' ? 'dead' : 'uncertain'
    case 404:
      return 'dead'
    case 503:
      return reason === 'service-unavailable' ? 'kept' : 'uncertain'
    default:
      return 'uncertain'
  }
}
