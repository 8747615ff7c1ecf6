import { fail, type Reply } from '../kit/reply'
import type { CookieSession } from '../new-api/session-cookie'
import type { RequestContext } from './context'

export type TurnstileResult =
  /** `session` is the payload that has the flag; `null` when no cookie needs to be written. */
  { ok: true; session: CookieSession | null } | { ok: false; reply: Reply }

/** Asks for a Turnstile answer and spends it; `null` = go on. Redemption of V4 (7). */
export function refuseWithoutTurnstile({ core, url }: RequestContext): Reply | null {
  if (core.options.turnstile !== true) return null
  const token = url.searchParams.get('turnstile') ?? ''
  if (token === '') return fail('Turnstile token 为空')
  return core.state.turnstileTokens.delete(token) ? null : fail('Turnstile 校验失败，请刷新重试！')
}

/** The same with a memory: a passed challenge is kept in the session cookie (6). */
export function checkTurnstile(context: RequestContext): TurnstileResult {
  const { core, session } = context
  if (core.options.turnstile !== true || session.turnstile === true) {
    return { ok: true, session: null }
  }
  const reply = refuseWithoutTurnstile(context)
  return reply === null
    ? { ok: true, session: { ...session, turnstile: true } }
    : { ok: false, reply }
}
