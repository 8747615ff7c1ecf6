import { randomBytes } from 'node:crypto'

import type { AuthSession } from './auth-sessions'
import { textFor, type UserContext } from './context'
import type { MessageId } from './messages'
import { failCode, type Reply } from '../kit/reply'

/** Proofs are short-lived; the contract gives no figure for G2+, so the 300 s of G1 are taken. */
const PROOF_LIFETIME_SEC = 300

/** Makes a proof for one scope, bound to the session (`contracts/new-api.md` 10.3). */
export function issueProof(
  context: UserContext,
  session: AuthSession,
  grant: { scope: string; method: string },
) {
  const token = randomBytes(24).toString('base64url')
  const expiresAtSec = context.relay.nowSec() + PROOF_LIFETIME_SEC
  context.relay.state.proofs.set(token, {
    userId: session.userId,
    sid: session.sid,
    ...grant,
    expiresAtSec,
    consumed: false,
  })
  return { proof_token: token, expires_at: expiresAtSec, ...grant }
}

/** The 403 for a call without a browser session; a PAT cannot prove anything (1.2). */
export function sessionRequired(context: UserContext): Reply {
  return failCode(403, 'AUTH_SESSION_REQUIRED', textFor(context, 'sessionRequired', context.user))
}

/**
 * Looks at `X-Security-Proof` for `scope`; G3 spends it (10.3). The reply to refuse with, or `null`.
 */
export function refuseWithoutProof(context: UserContext, scope: string): Reply | null {
  const { session } = context.identity
  if (session === null) return sessionRequired(context)
  const refuse = (code: string, id: MessageId): Reply =>
    failCode(403, code, textFor(context, id, context.user))
  const header = context.headers.securityProof
  if (header === '') return refuse('SECURITY_PROOF_REQUIRED', 'proofRequired')
  const proof = context.relay.state.proofs.get(header)
  if (proof?.sid !== session.sid) {
    return refuse('SECURITY_PROOF_INVALID', 'proofInvalid')
  }
  if (proof.consumed) return refuse('SECURITY_PROOF_INVALID', 'proofConsumed')
  if (proof.expiresAtSec <= context.relay.nowSec()) {
    return refuse('SECURITY_PROOF_EXPIRED', 'proofExpired')
  }
  if (proof.scope !== scope) return refuse('SECURITY_PROOF_SCOPE_MISMATCH', 'proofScope')
  proof.consumed = context.relay.generation === 'g3'
  return null
}
