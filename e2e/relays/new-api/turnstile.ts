import { textFor, type RequestContext } from './context'
import { usesSessionCookie } from './generation'
import { fail, type Reply } from '../kit/reply'
import type { CookieSession } from './session-cookie'

export type TurnstileResult =
  /** `session` is the payload that has the flag; `null` when no cookie needs to be written. */
  { ok: true; session: CookieSession | null } | { ok: false; reply: Reply }

/**
 * Asks for a Turnstile answer where the site wants one (`contracts/new-api.md` 5.2). On G0/G1 a
 * passed check is remembered in the `session` cookie; G2+ has no such cookie and asks every time.
 */
export function checkTurnstile(context: RequestContext): TurnstileResult {
  const { options, generation, state } = context.relay
  if (options.turnstile !== true) return { ok: true, session: null }
  const hasCookie = usesSessionCookie(generation)
  if (hasCookie && context.cookieSession.turnstile === true) return { ok: true, session: null }
  const token = context.url.searchParams.get('turnstile') ?? ''
  if (token === '') return { ok: false, reply: fail(textFor(context, 'turnstileEmpty')) }
  if (!state.turnstileTokens.delete(token)) {
    return { ok: false, reply: fail(textFor(context, 'turnstileFailed')) }
  }
  return { ok: true, session: hasCookie ? { ...context.cookieSession, turnstile: true } : null }
}
