import { bodyRecord, textFor, type Route, type UserContext } from './context'
import { isSince } from './generation'
import { fail, ok, type Reply } from '../kit/reply'
import { issueProof, sessionRequired } from './security-proof'

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

/** `GET /api/verify/methods` (10.3). Nobody here has 2FA or a passkey, so the password counts. */
function listMethods(context: UserContext): Reply {
  if (context.identity.session === null) return sessionRequired(context)
  const scope = context.url.searchParams.get('scope') ?? ''
  if (!G3_SCOPES.includes(scope)) return invalidParams(context)
  return ok({
    scope,
    methods: [
      { method: '2fa', available: false, reason: 'not_enrolled' },
      { method: 'passkey', available: false, reason: 'not_enrolled' },
      { method: 'password', available: true, reason: '' },
    ],
    oauth_providers: [],
    password_encryption_enabled: false,
  })
}

/**
 * `POST /api/verify`. Without 2FA and passkey only G3 can be satisfied, by the password; G1 and G2
 * answer an error (10.2).
 */
function verify(context: UserContext): Reply {
  const { generation } = context.relay
  const { session } = context.identity
  if (isSince(generation, 'g2') && session === null) return sessionRequired(context)
  const body = bodyRecord(context.body)
  const { method, scope, password } = body ?? {}
  if (typeof method !== 'string') return invalidParams(context)
  if (!isSince(generation, 'g2')) return fail(textFor(context, 'secondFactorMissing', context.user))
  const scopes = generation === 'g3' ? G3_SCOPES : G2_SCOPES
  if (typeof scope !== 'string' || !scopes.includes(scope)) return invalidParams(context)
  if (generation !== 'g3' || method !== 'password' || session === null) {
    return fail(textFor(context, 'secondFactorMissing', context.user))
  }
  if (typeof password !== 'string' || password !== context.identity.user.password) {
    return fail(textFor(context, 'verifyFailed', context.user))
  }
  return ok(issueProof(context, session, { scope, method }))
}

const isG1 = ({ generation }: UserContext['relay']): boolean => isSince(generation, 'g1a')

/** Second factors (never enrolled here) and step-up verification (10). */
export const verifyRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/user/2fa/status',
    auth: 'user',
    isIn: isG1,
    handle: () => ok({ enabled: false, locked: false }),
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
