import { createHash } from 'node:crypto'

import type { Route, UserContext } from './context'
import { ok, type Reply } from '../kit/reply'
import { refuseWithoutProof } from './security-proof'
import { randomAccessToken } from './state'

/** Makes a new PAT; the one before stops working at once (`contracts/new-api.md` 2.5). */
function generate(context: UserContext): Reply {
  if (context.relay.generation === 'g3') {
    const refusal = refuseWithoutProof(context, 'access_token.generate')
    if (refusal !== null) return refusal
  }
  const { user } = context
  user.accessToken = randomAccessToken(context.relay.generation)
  user.accessTokenCreatedAtSec = context.relay.nowSec()
  user.accessTokenUsedAtSec = 0
  return ok(user.accessToken)
}

/** `GET /api/user/token/status` of G3: everything about the PAT but the PAT. */
function readStatus(context: UserContext): Reply {
  const { accessToken, accessTokenCreatedAtSec, accessTokenUsedAtSec } = context.user
  const exists = accessToken !== null
  return ok({
    exists,
    token_ref: exists ? createHash('sha256').update(accessToken).digest('hex').slice(0, 16) : '',
    created_at: exists ? accessTokenCreatedAtSec : 0,
    last_used_at: exists ? accessTokenUsedAtSec : 0,
    last_used_ip: exists && accessTokenUsedAtSec > 0 ? context.ip : '',
    token_hint: exists ? accessToken.slice(-4) : '',
  })
}

function revoke(context: UserContext): Reply {
  const refusal = refuseWithoutProof(context, 'access_token.revoke')
  if (refusal !== null) return refusal
  context.user.accessToken = null
  return ok()
}

const isG3 = ({ generation }: UserContext['relay']): boolean => generation === 'g3'

/** The system access token (2.5). */
export const accessTokenRoutes: Route[] = [
  { method: 'GET', path: '/api/user/token', auth: 'user', handle: generate },
  { method: 'POST', path: '/api/user/token', auth: 'user', isIn: isG3, handle: generate },
  { method: 'DELETE', path: '/api/user/token', auth: 'user', isIn: isG3, handle: revoke },
  { method: 'GET', path: '/api/user/token/status', auth: 'user', isIn: isG3, handle: readStatus },
]
