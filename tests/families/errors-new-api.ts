import {
  coded,
  empty,
  errorObject,
  type ErrorTable,
  no,
  page,
  row,
  texts,
  unknownPath,
} from './error-rows'

const SPA = '<!doctype html><html><body><div id="root"></div></body></html>'
const ELSEWHERE = { location: 'https://front.example/x' }

const envelope = [
  row('1.1', 'a business error', no('human text'), 'refused/business'),
  row('1.1', 'an unknown path', unknownPath('GET', '/api/x'), 'unsupported/no-such-route'),
  row('1.1', 'the single-page application', page(200, SPA), 'changed-api/not-json'),
  row('1.1', 'a node with another front end', empty(301, ELSEWHERE), 'changed-api/redirected'),
  row('1.1', 'a crash', errorObject(500, 'new_api_panic', 'Panic detected'), 'server/server-error'),
  row('1.1', 'a relay error', errorObject(400, 'new_api_error', 'no'), 'refused/client-error'),
  row('1.4', 'the other slash', empty(301, { location: '/api/token/' }), 'changed-api/redirected'),
  row('1.4', 'the other slash, POST', empty(307, { location: '/x/' }), 'changed-api/redirected'),
]

const authentication = [
  row('1.2', 'PAT unknown', no('无权进行此操作，access token 无效'), 'login/invalid-token'),
  row('1.2', 'user disabled', no('用户已被封禁'), 'refused/user-disabled'),
  row('1.2', 'user row unusable', no('无权进行此操作，用户信息无效'), 'refused/business'),
  row('1.2', 'role too low', no('无权进行此操作，权限不足'), 'refused/business'),
  row('1.2', 'database error', no('database is locked', 500), 'server/server-error'),
  row('1.2', 'database error, earlier', no('database is locked'), 'refused/business'),
  row('1.2', 'not logged in, in other words', no('nope', 401), 'login/unauthorized'),
  row('1.2', 'no permission', no('no permission', 403), 'refused/forbidden'),
  ...(
    [
      [401, 'AUTH_UNAUTHORIZED', 'login/auth-unauthorized'],
      [401, 'AUTH_TOKEN_EXPIRED', 'login/auth-token-expired'],
      [401, 'AUTH_SESSION_REVOKED', 'login/auth-session-revoked'],
      [401, 'AUTH_USER_DISABLED', 'login/auth-user-disabled'],
      [401, 'AUTH_USER_INVALID', 'login/auth-user-invalid'],
      [403, 'AUTH_INSUFFICIENT_PRIVILEGE', 'refused/auth-insufficient-privilege'],
      [500, 'AUTH_INTERNAL_ERROR', 'server/auth-internal-error'],
      [403, 'AUTH_SESSION_REQUIRED', 'refused/auth-session-required'],
      [404, 'AUTH_SESSION_NOT_FOUND', 'login/auth-session-not-found'],
      [409, 'AUTH_SESSION_LIMIT', 'limit/auth-session-limit'],
      [409, 'AUTH_SESSION_MISMATCH', 'identity/auth-session-mismatch'],
      [409, 'AUTH_REFRESH_RACE', 'limit/auth-refresh-race'],
      // Whatever a 429 says besides, it asks for a pause.
      [429, 'AUTH_SESSION_ISSUANCE_LIMIT', 'limit/site-asked'],
    ] as const
  ).map(([status, code, expected]) => row('1.2', code, coded(status, code), expected)),
]

const phrases = (
  [
    [
      '未登录且未提供 access token',
      'not logged in and no access token provided',
      'login/not-logged-in',
    ],
    ['未提供 New-Api-User', 'New-Api-User header not provided', 'login/user-header-missing'],
    ['New-Api-User 格式错误', 'New-Api-User header format error', 'login/user-header-format'],
    [
      'New-Api-User 与登录用户不匹配',
      'New-Api-User does not match logged in user',
      'identity/user-mismatch',
    ],
  ] as const
).flatMap(([zh, en, expected]) => [
  row('1.3', zh, no(`无权进行此操作，${zh}`, 401), expected),
  row('1.3', en, no(`Unauthorized, ${en}`, 401), expected),
])

const inFront = [
  row('1.5', 'a limit', empty(429), 'limit/site-asked'),
  row('1.5', 'a limit with its end', empty(429, { 'retry-after': '30' }), 'limit/site-asked'),
  row('1.6', '403 with success:false', no('pricing is disabled', 403), 'refused/forbidden'),
  row(
    '1.6',
    '403 with a code',
    { status: 403, body: { code: 7, message: 'x' } },
    'refused/forbidden',
  ),
  row('1.6', '403 of the relay', errorObject(403, 'new_api_error', 'no'), 'refused/forbidden'),
  row('1.6', '401 as a page', page(401, '<html>no</html>'), 'challenge/firewall-page'),
  row('1.6', '429 as a page', page(429, '<html>no</html>'), 'challenge/firewall-page'),
  row(
    '1.6',
    '429 as a page, with its end',
    page(429, 'x', { 'retry-after': '9' }),
    'limit/site-asked',
  ),
  row('1.6', '403 as a page', page(403, '<html>Forbidden</html>'), 'challenge/blocked-page'),
  row(
    '1.6',
    'a managed challenge',
    page(403, '<html>Just a moment...</html>', { 'cf-mitigated': 'challenge' }),
    'challenge/challenge-page',
  ),
  row('1.6', 'other HTTP', empty(418), 'refused/client-error'),
  row('1.6', 'a gateway', page(502, '<html>Bad gateway</html>'), 'server/server-error'),
  row(
    '1.6',
    'another media type',
    { status: 200, body: '{"success":true}' },
    'changed-api/not-json',
  ),
  row(
    '1.6',
    'half an answer',
    { status: 200, body: '{"success":true,"da', type: 'application/json' },
    'changed-api/not-json',
  ),
  row('1.6', 'nothing at all', empty(200), 'changed-api/not-json'),
  row(
    '13',
    'the wall before AnyRouter',
    page(200, "<html><script>var arg1='x'; document.cookie='acw_sc__v2='</script></html>"),
    'challenge/challenge-page',
  ),
]

const tokens = [
  row(
    '2.5',
    'a new token wants a proof',
    coded(403, 'SECURITY_PROOF_REQUIRED'),
    'proof/security-proof-required',
    'new-token',
  ),
  row('2.5', 'no such call', unknownPath('GET', '/x'), 'unsupported/no-such-route', 'new-token'),
  row('2.5', 'another method', empty(405), 'unsupported/no-such-route', 'new-token'),
  row(
    '2.5',
    'a session only',
    coded(403, 'AUTH_SESSION_REQUIRED'),
    'refused/auth-session-required',
    'new-token',
  ),
  row('2.5', 'no clear end', empty(500), 'interrupted/server-error', 'new-token'),
  row('2.5', 'a page instead of a token', page(200, SPA), 'interrupted/not-json', 'new-token'),
  ...['NAME_INVALID', 'SCOPE_INVALID', 'EXPIRY_INVALID', 'LIMIT'].map((code) =>
    row('2.5', `ACCESS_TOKEN_${code}`, coded(400, `ACCESS_TOKEN_${code}`), 'refused/client-error'),
  ),
  row(
    '2.5',
    'ACCESS_TOKEN_SCOPE_FORBIDDEN',
    coded(403, 'ACCESS_TOKEN_SCOPE_FORBIDDEN'),
    'refused/access-token-scope-forbidden',
  ),
  row(
    '2.5',
    'ACCESS_TOKEN_NOT_FOUND',
    coded(404, 'ACCESS_TOKEN_NOT_FOUND'),
    'not-found/access-token-not-found',
  ),
  row(
    '2.4',
    'a token without its user',
    no('无权进行此操作，未提供 New-Api-User', 401),
    'input/user-id-needed',
    'identify',
  ),
]

const sessions = (
  [
    ['no such call', empty(404), 'unsupported/no-session-endpoint'],
    ['another method', empty(405), 'unsupported/no-session-endpoint'],
    ['an unrelated body', page(200, SPA), 'unsupported/no-session-endpoint'],
    ['nobody', coded(401, 'AUTH_UNAUTHORIZED'), 'login/auth-unauthorized'],
    ['an ended session', coded(401, 'AUTH_SESSION_REVOKED'), 'login/auth-session-revoked'],
    ['another session', coded(409, 'AUTH_SESSION_MISMATCH'), 'identity/auth-session-mismatch'],
    ['two at once', coded(409, 'AUTH_REFRESH_RACE'), 'limit/auth-refresh-race'],
    ['too many sessions', coded(409, 'AUTH_SESSION_LIMIT'), 'limit/auth-session-limit'],
    ['too often', empty(429), 'limit/site-asked'],
  ] as const
).map(([what, answer, expected]) => row('2.6', what, answer, expected, 'session'))

const proofs = ['REQUIRED', 'INVALID', 'EXPIRED', 'SCOPE_MISMATCH', 'METHOD_MISMATCH'].map((end) =>
  row(
    '10.3',
    `SECURITY_PROOF_${end}`,
    coded(403, `SECURITY_PROOF_${end}`),
    `proof/security-proof-${end.toLowerCase().replace('_', '-')}`,
  ),
)

const verifications = ['REQUIRED', 'INVALID', 'EXPIRED'].map((end) =>
  row(
    '10.2',
    `VERIFICATION_${end}`,
    coded(403, `VERIFICATION_${end}`),
    `proof/verification-${end.toLowerCase()}`,
  ),
)

const byKey = [
  row(
    '6.8',
    'a key unknown to the relay',
    errorObject(401, 'new_api_error', 'no'),
    'login/unauthorized',
  ),
  row('6.8', 'a key unknown to its reader', no('no', 401), 'login/unauthorized'),
  row('6.8', 'a banned user', no('no', 403), 'refused/forbidden'),
  row(
    '6.8',
    'an exhausted key of a fork',
    errorObject(403, 'new_api_error', 'no', 'insufficient_user_quota'),
    'refused/forbidden',
  ),
  row('7.2', 'an error in HTTP 200', errorObject(200, 'new_api_error', 'no'), 'refused/business'),
]

const business = [
  ...texts('4.3', ['无效的兑换码', '该兑换码已被使用', '兑换失败，该兑换码已过期']),
  ...texts('5.2', [
    '今日已签到',
    'Already checked in today',
    '签到功能未启用',
    '签到失败，请稍后重试',
    'Turnstile token 为空',
    'Turnstile 校验失败，请刷新重试！',
  ]),
  ...texts('6.4', ['已达到最大令牌数量限制 (1000)']),
  ...texts('8.2', ['时间跨度不能超过 1 个月']),
  row('9.1', 'prices are hidden', no('pricing is disabled', 403), 'refused/forbidden'),
  row('9.4', 'ratios are hidden', no('倍率配置接口未启用', 403), 'refused/forbidden'),
]

export const NEW_API_ERRORS: ErrorTable = {
  contract: 'new-api.md',
  family: 'new-api',
  rows: [
    ...envelope,
    ...authentication,
    ...phrases,
    ...inFront,
    ...tokens,
    ...sessions,
    ...proofs,
    ...verifications,
    ...byKey,
    ...business,
  ],
}
