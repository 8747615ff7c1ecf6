import { textFor, type UserContext } from './context'
import { usesSessionCookie } from './generation'
import { failCode, type Reply } from '../kit/reply'
import { refuseWithoutProof } from './security-proof'

/** Formed as `channel.key.read`: no contract names the scope of a user's own key. */
export const TOKEN_KEY_SCOPE = 'token.key.read'

/** How long G1 remembers a second factor (`contracts/new-api.md` 10.2). */
export const VERIFIED_SEC = 300

/** Why a user's own key is not shown, at a fork that protects it; `null` = it is. */
export function protectedKey(context: UserContext): Reply | null {
  const { options, generation } = context.relay
  if (options.protectKeys !== true) return null
  return usesSessionCookie(generation)
    ? refuseUnverified(context)
    : refuseWithoutProof(context, TOKEN_KEY_SCOPE)
}

/** G1 keeps the mark in the cookie, so an access token never has one. */
function refuseUnverified(context: UserContext): Reply | null {
  const refuse = (code: string, id: 'verificationRequired' | 'verificationExpired'): Reply =>
    failCode(403, code, textFor(context, id, context.user))
  const { secure_verified_at: atSec } = context.cookieSession
  if (context.identity.via !== 'cookie' || atSec === undefined) {
    return refuse('VERIFICATION_REQUIRED', 'verificationRequired')
  }
  return atSec + VERIFIED_SEC <= context.relay.nowSec()
    ? refuse('VERIFICATION_EXPIRED', 'verificationExpired')
    : null
}
