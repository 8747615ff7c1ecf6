import { bodyRecord, textFor, type RelayCore, type Route, type UserContext } from './context'
import { isSince } from './generation'
import { TOKEN_KEY_SCOPE, VERIFIED_SEC } from './key-protection'
import type { MessageId } from './messages'
import { fail, ok, withCookies, type Reply } from '../kit/reply'
import { tryCode } from './second-factor'
import { issueProof, sessionRequired } from './security-proof'
import { sessionCookie } from './session-cookie'

const G2_SCOPES = ['channel.key.read', 'passkey.register', 'passkey.delete']
const G3_SCOPES = [
  ...G2_SCOPES,
  'access_token.generate',
  'access_token.revoke',
  '2fa.setup',
  '2fa.disable',
  '2fa.backup_codes.regenerate',
  'account.binding.bind',
  'account.binding.unbind',
  'account.password.set',
  'account.password.change',
  'account.delete',
]

function invalidParams(context: UserContext): Reply {
  return fail(textFor(context, 'invalidParams', context.user))
}

/** The scopes of a build; a fork that protects keys has one more. */
function scopesOf({ generation, options }: RelayCore): readonly string[] {
  const scopes = generation === 'g3' ? G3_SCOPES : G2_SCOPES
  return options.protectKeys === true ? [...scopes, TOKEN_KEY_SCOPE] : scopes
}

/** `GET /api/verify/methods` (10.3): an authenticator that is enrolled is the only way. */
function listMethods(context: UserContext): Reply {
  if (context.identity.session === null) return sessionRequired(context)
  const scope = context.url.searchParams.get('scope') ?? ''
  if (!scopesOf(context.relay).includes(scope)) return invalidParams(context)
  const hasCodes = context.user.secondFactor !== null
  const codes = { method: '2fa', available: hasCodes, reason: hasCodes ? '' : 'not_enrolled' }
  const password = { method: 'password', available: true, reason: '' }
  return ok({
    scope,
    methods: [
      codes,
      { method: 'passkey', available: false, reason: 'not_enrolled' },
      ...(hasCodes ? [] : [password]),
    ],
    oauth_providers: [],
    password_encryption_enabled: false,
  })
}

/** Why what a body proves with does not prove it; `null` = it does. */
function unproven(context: UserContext, body: Record<string, unknown>): Reply | null {
  const { relay, user } = context
  const refuse = (id: MessageId): Reply => fail(textFor(context, id, user))
  const { method, code, password } = body
  const factor = user.secondFactor
  if (method === '2fa' && factor !== null) {
    const verdict = tryCode(factor, typeof code === 'string' ? code : '', relay.nowMs())
    if (verdict === 'right') return null
    return refuse(verdict === 'locked' ? 'verifyLocked' : 'verifyFailed')
  }
  // Without an authenticator only G3 can be satisfied, by the password.
  const isPassword = relay.generation === 'g3' && method === 'password' && !factor
  if (!isPassword) return refuse('secondFactorMissing')
  return password === context.identity.user.password ? null : refuse('verifyFailed')
}

/** `POST /api/verify`: G1 marks the cookie session, G2+ give a proof for one scope (10.2, 10.3). */
function verify(context: UserContext): Reply {
  const { relay, identity } = context
  const isBySession = isSince(relay.generation, 'g2')
  if (isBySession && identity.session === null) return sessionRequired(context)
  const body = bodyRecord(context.body) ?? {}
  const { method, scope } = body
  if (typeof method !== 'string') return invalidParams(context)
  if (isBySession && !(typeof scope === 'string' && scopesOf(relay).includes(scope))) {
    return invalidParams(context)
  }
  const refusal = unproven(context, body)
  if (refusal !== null) return refusal
  return identity.session === null
    ? markSession(context)
    : ok(issueProof(context, identity.session, { scope: String(scope), method }))
}

/** The mark is kept in the cookie: whoever came by an access token has nothing that keeps it. */
function markSession(context: UserContext): Reply {
  const { generation, state } = context.relay
  const atSec = context.relay.nowSec()
  const reply = ok({ verified: true, expires_at: atSec + VERIFIED_SEC })
  if (context.identity.via !== 'cookie') return reply
  const payload = { ...context.cookieSession, secure_verified_at: atSec }
  return withCookies(reply, sessionCookie(generation, state.secret, payload))
}

function readFactorStatus({ user, relay }: UserContext): Reply {
  const factor = user.secondFactor
  return ok({
    enabled: factor !== null,
    locked: factor !== null && relay.nowMs() < factor.lockedUntilMs,
    ...(factor ? { backup_codes_remaining: factor.backupCodes.length } : {}),
  })
}

const isG1 = ({ generation }: UserContext['relay']): boolean => isSince(generation, 'g1a')

/** Second factors (enrolled by the seed only) and step-up verification (10). */
export const verifyRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/user/2fa/status',
    auth: 'user',
    isIn: isG1,
    handle: readFactorStatus,
  },
  {
    method: 'GET',
    path: '/api/user/passkey',
    auth: 'user',
    isIn: isG1,
    handle: () => ok({ enabled: false, last_used_at: null }),
  },
  {
    method: 'GET',
    path: '/api/verify/methods',
    auth: 'user',
    isIn: ({ generation }) => generation === 'g3',
    handle: listMethods,
  },
  {
    method: 'POST',
    path: '/api/verify',
    auth: 'user',
    isIn: isG1,
    isCritical: true,
    handle: verify,
  },
]
