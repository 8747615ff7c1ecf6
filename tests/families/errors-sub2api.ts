import { empty, type ErrorTable, page, row } from './error-rows'

/** A number for a code, and a reason where there is one. */
const handler = (status: number, message: string, reason?: string) => ({
  status,
  body: { code: status, message, ...(reason ? { reason, metadata: {} } : {}) },
})

/** A name for a code. */
const middleware = (status: number, code: string) => ({ status, body: { code, message: 'words' } })

const BACKEND = 'Backend mode is active. User self-service is disabled.'

const LIMITER = {
  status: 429,
  body: { error: 'rate limit exceeded', message: 'Too many requests, please try again later' },
  headers: { 'retry-after': '60' },
}

const reasonOf = (code: string): string => code.toLowerCase().replaceAll('_', '-')

const forms = [
  row(
    '2',
    'the compliance gate',
    middleware(423, 'ADMIN_COMPLIANCE_ACK_REQUIRED'),
    'refused/admin-compliance-ack-required',
  ),
  row(
    '2',
    'the mixed-platform guard',
    { status: 409, body: { error: 'mixed_channel_warning', message: 'x' } },
    'refused/mixed-channel-warning',
  ),
  row('2', 'the limiter of logins', LIMITER, 'limit/site-asked'),
  row(
    '2',
    'the limiter of the panel',
    { ...middleware(429, 'RATE_LIMITED'), headers: { 'retry-after': '9' } },
    'limit/site-asked',
  ),
  row(
    '2',
    'an unknown path',
    { status: 404, body: '404 page not found' },
    'unsupported/no-such-route',
  ),
  row('2', 'any other path', page(200, '<!doctype html><html></html>'), 'changed-api/not-json'),
  row('2', 'a preflight', empty(403), 'changed-api/not-json'),
]

const MIDDLEWARE = [
  'UNAUTHORIZED',
  'INVALID_AUTH_HEADER',
  'EMPTY_TOKEN',
  'TOKEN_EXPIRED',
  'INVALID_TOKEN',
  'USER_NOT_FOUND',
  'TOKEN_REVOKED',
  'SESSION_BINDING_MISMATCH',
]

const reasons = [
  ...MIDDLEWARE.map((code) => row('4.5', code, middleware(401, code), `login/${reasonOf(code)}`)),
  row('4.5', 'USER_INACTIVE', middleware(401, 'USER_INACTIVE'), 'refused/user-disabled'),
  row('4.5', 'backend mode', handler(403, BACKEND), 'refused/backend-mode'),
]

const logins = (
  [
    [
      '4.1',
      'a second factor',
      {
        status: 200,
        body: {
          code: 0,
          message: 'success',
          data: { requires_2fa: true, temp_token: 't', user_email_masked: 'a***@b.c' },
        },
      },
      'proof/second-factor',
    ],
    ['4.1', 'too often', LIMITER, 'limit/site-asked'],
    ['4.4', 'no captcha', handler(400, 'no', 'TURNSTILE_VERIFICATION_FAILED'), 'proof/captcha'],
    [
      '4.4',
      'captcha not set up',
      handler(503, 'no', 'TURNSTILE_NOT_CONFIGURED'),
      'server/turnstile-not-configured',
    ],
    [
      '4.4',
      'two captchas',
      handler(503, 'no', 'CAPTCHA_PROVIDER_CONFLICT'),
      'server/captcha-provider-conflict',
    ],
    [
      '4.5',
      'a wrong password',
      handler(401, 'no', 'INVALID_CREDENTIALS'),
      'login/invalid-credentials',
    ],
    ['4.5', 'a disabled user', handler(403, 'no', 'USER_NOT_ACTIVE'), 'refused/user-disabled'],
    [
      '4.5',
      'administrators only',
      handler(403, 'no', 'BACKEND_MODE_ADMIN_ONLY'),
      'refused/backend-mode',
    ],
    ['4.5', 'a wrong code', handler(400, 'no', 'TOTP_INVALID_CODE'), 'proof/totp-invalid-code'],
    // The transport takes every 429 for the wish to be left alone, before anybody reads it.
    ['4.5', 'too many codes', handler(429, 'no', 'TOTP_TOO_MANY_ATTEMPTS'), 'limit/site-asked'],
    ['4.5', 'a late code', handler(400, 'Invalid or expired 2FA session'), 'refused/client-error'],
  ] as const
).map(([from, what, answer, expected]) => row(from, what, answer, expected, 'sign-in'))

const renewals = (
  [
    [
      'half a pair',
      { status: 200, body: { code: 0, data: { access_token: 'x' } } },
      'uncertain changed-api/unexpected-shape',
    ],
    ['no JSON', page(200, '<html>'), 'uncertain changed-api/not-json'],
    ['500', handler(500, 'no'), 'uncertain server/server-error'],
    ['502', page(502, '<html>'), 'uncertain server/server-error'],
    ['504', page(504, '<html>'), 'uncertain server/server-error'],
    ['malformed', handler(400, 'Invalid request'), 'kept refused/client-error'],
    ['invalid', handler(401, 'no', 'REFRESH_TOKEN_INVALID'), 'dead login/refresh-token-invalid'],
    ['expired', handler(401, 'no', 'REFRESH_TOKEN_EXPIRED'), 'dead login/refresh-token-expired'],
    ['revoked', handler(401, 'no', 'TOKEN_REVOKED'), 'dead login/token-revoked'],
    [
      'bound',
      handler(401, 'no', 'SESSION_BINDING_MISMATCH'),
      'dead login/session-binding-mismatch',
    ],
    ['disabled', handler(403, 'no', 'USER_NOT_ACTIVE'), 'dead refused/user-disabled'],
    ['backend mode', handler(403, BACKEND), 'dead refused/backend-mode'],
    [
      'no such route',
      { status: 404, body: '404 page not found' },
      'dead unsupported/no-such-route',
    ],
    ['a limit', LIMITER, 'kept limit/site-asked'],
    ['store down', handler(503, 'no', 'SERVICE_UNAVAILABLE'), 'kept server/service-unavailable'],
  ] as const
).map(([what, answer, expected]) => row('4.3', what, answer, expected, 'renew'))

const keys = (
  [
    [403, 'GROUP_NOT_ALLOWED', 'refused'],
    [404, 'GROUP_NOT_FOUND', 'not-found'],
    [409, 'API_KEY_EXISTS', 'refused'],
    [400, 'API_KEY_TOO_SHORT', 'refused'],
    [400, 'API_KEY_INVALID_CHARS', 'refused'],
    [400, 'INVALID_IP_PATTERN', 'refused'],
    [403, 'INSUFFICIENT_PERMISSIONS', 'refused'],
    [400, 'IDEMPOTENCY_KEY_INVALID', 'refused'],
    [400, 'IDEMPOTENCY_KEY_REQUIRED', 'refused'],
    [409, 'IDEMPOTENCY_KEY_CONFLICT', 'refused'],
    [409, 'IDEMPOTENCY_IN_PROGRESS', 'refused'],
    [409, 'IDEMPOTENCY_RETRY_BACKOFF', 'refused'],
    [503, 'IDEMPOTENCY_STORE_UNAVAILABLE', 'server'],
  ] as const
).map(([status, code, kind]) =>
  row('8', code, handler(status, 'no', code), `${kind}/${reasonOf(code)}`, 'keys'),
)

/** What becomes of a removal: whatever does not say no may have said yes. */
const removals = (
  [
    [
      'a key of another user',
      handler(403, 'no', 'INSUFFICIENT_PERMISSIONS'),
      'refused/insufficient-permissions',
    ],
    ['no such route', { status: 404, body: '404 page not found' }, 'unsupported/no-such-route'],
    ['a limit', LIMITER, 'limit/site-asked'],
    ['store down', handler(503, 'no', 'SERVICE_UNAVAILABLE'), 'interrupted/uncertain'],
    ['a gateway that gave up', { status: 504 }, 'interrupted/uncertain'],
    ['half an answer', { status: 200, body: '{"code":0,"mess' }, 'interrupted/uncertain'],
    ['a page of the panel', page(200, '<!doctype html><title>x'), 'interrupted/uncertain'],
  ] as const
).map(([what, answer, expected]) => row('8', what, answer, expected, 'remove-key'))

const rest = [
  row('8', 'API_KEY_RATE_LIMITED', handler(429, 'no', 'API_KEY_RATE_LIMITED'), 'limit/site-asked'),
  ...(
    [
      [404, 'REDEEM_CODE_NOT_FOUND', 'not-found'],
      [409, 'REDEEM_CODE_USED', 'refused'],
      [409, 'REDEEM_CODE_EXPIRED', 'refused'],
      [409, 'REDEEM_CODE_LOCKED', 'refused'],
      [400, 'REDEEM_CODE_INVALID', 'refused'],
    ] as const
  ).map(([status, code, kind]) =>
    row('12', code, handler(status, 'no', code), `${kind}/${reasonOf(code)}`),
  ),
  row('12', 'REDEEM_RATE_LIMITED', handler(429, 'no', 'REDEEM_RATE_LIMITED'), 'limit/site-asked'),
  row(
    '10',
    'the plaza is shut',
    handler(404, 'model plaza is disabled'),
    'unsupported/no-such-route',
  ),
  row('11', 'errors not shown', handler(403, 'no'), 'refused/forbidden'),
]

const gateway = [
  row(
    '14',
    'a key in the address',
    middleware(400, 'api_key_in_query_deprecated'),
    'refused/api-key-in-query-deprecated',
  ),
  ...(
    [
      [401, ['API_KEY_REQUIRED', 'INVALID_API_KEY', 'API_KEY_DISABLED', 'USER_NOT_FOUND'], 'login'],
      [
        403,
        [
          'ACCESS_DENIED',
          'GROUP_DELETED',
          'GROUP_DISABLED',
          'GROUP_NOT_ALLOWED',
          'SUBSCRIPTION_NOT_FOUND',
          'SUBSCRIPTION_INVALID',
          'INSUFFICIENT_BALANCE',
          'API_KEY_EXPIRED',
        ],
        'refused',
      ],
      [503, ['API_KEY_AUTH_OVERLOADED'], 'server'],
    ] as const
  ).flatMap(([status, codes, kind]) =>
    codes.map((code) => row('14', code, middleware(status, code), `${kind}/${reasonOf(code)}`)),
  ),
  row('14', 'USER_INACTIVE', middleware(401, 'USER_INACTIVE'), 'refused/user-disabled'),
  ...['USAGE_LIMIT_EXCEEDED', 'API_KEY_QUOTA_EXHAUSTED', 'INVALID_AUTH_RATE_LIMITED'].map((code) =>
    row('14', code, middleware(429, code), 'limit/site-asked'),
  ),
  row(
    '14',
    'a key without group',
    { status: 403, body: { type: 'error', error: { type: 'permission_error', message: 'no' } } },
    'refused/forbidden',
  ),
  row(
    '14',
    'the same, for Gemini',
    { status: 403, body: { error: { code: 403, message: 'no', status: 'PERMISSION_DENIED' } } },
    'refused/forbidden',
  ),
  row(
    '14',
    'an exhausted key, for OpenAI',
    { status: 429, body: { error: { type: 'x', code: 'API_KEY_QUOTA_EXHAUSTED', message: 'no' } } },
    'limit/site-asked',
  ),
  row('14.1', 'days out of range', handler(400, 'no'), 'refused/client-error'),
]

const administration = [
  row('15', 'INVALID_ADMIN_KEY', middleware(401, 'INVALID_ADMIN_KEY'), 'login/invalid-admin-key'),
  ...[
    'FORBIDDEN',
    'STEP_UP_ADMIN_API_KEY_FORBIDDEN',
    'STEP_UP_REQUIRED',
    'STEP_UP_TOTP_NOT_ENABLED',
  ].map((code) => row('15', code, middleware(403, code), `refused/${reasonOf(code)}`)),
]

export const SUB2API_ERRORS: ErrorTable = {
  contract: 'sub2api.md',
  family: 'sub2api',
  rows: [
    ...forms,
    ...reasons,
    ...logins,
    ...renewals,
    ...keys,
    ...removals,
    ...rest,
    ...gateway,
    ...administration,
  ],
}
