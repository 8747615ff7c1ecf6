import { RELATIVES } from '@/src/sites/relatives/table'

import { empty, type ErrorTable, no, page, row, texts } from './error-rows'

/** OpenRouter's error, and the status it comes with. */
const openRouter = (code: number, status = code) => ({
  status,
  body: { error: { code, message: 'No auth credentials found' } },
})

const OPEN_ROUTER: ErrorTable = {
  contract: 'other-sites.md',
  family: 'open-router',
  rows: [
    row('4', 'a wrong key', openRouter(401), 'login/invalid-token'),
    row('4', 'a wrong key, in HTTP 200', openRouter(401, 200), 'login/invalid-token'),
    row('4', 'a malformed call', openRouter(400), 'refused/client-error'),
    row('4', 'no credits', openRouter(402), 'refused/client-error'),
    row('4', 'a key that calls models only', openRouter(403), 'refused/forbidden'),
    row('4', 'no such thing', openRouter(404), 'unsupported/no-such-route'),
    row('4', 'too often', openRouter(429), 'limit/site-asked'),
    row('4', 'an error of its own', openRouter(502), 'server/server-error'),
    row('4', 'an error of its own, in HTTP 200', openRouter(503, 200), 'server/server-error'),
    row(
      '4',
      'an error without a code',
      { status: 200, body: { error: { message: 'no' } } },
      'refused/client-error',
    ),
    row(
      '4',
      'a key of the other kind',
      { status: 200, body: { data: { is_management_key: false } } },
      'input/not-a-management-key',
    ),
  ],
}

const AIHUBMIX: ErrorTable = {
  contract: 'other-sites.md',
  family: 'aihubmix',
  rows: [
    ...texts('5', ['human text']),
    row('5', 'a wrong token', no('no', 401), 'login/unauthorized'),
    row('5', 'not at the console', no('Not Found', 404), 'unsupported/no-such-route'),
    row(
      '5',
      'success in another form',
      { status: 200, body: { success: 'no' } },
      'changed-api/unexpected-shape',
    ),
    row(
      '5',
      'no user',
      { status: 200, body: { success: true, message: '' } },
      'changed-api/unexpected-shape',
    ),
    row('5', 'a page', page(200, '<html>'), 'changed-api/not-json'),
  ],
}

const expired = { status: 200, body: { code: 2, data: null, msg: 'auth expire' } }

/** Its second version is another protocol: no adapter takes it, and none mistakes its answers. */
const VOAPI_2: ErrorTable = {
  contract: 'other-sites.md',
  family: 'voapi',
  rows: [
    row('6', 'an ended login', expired, 'unsupported/unknown-site', 'detect'),
    row('6', 'an ended login of an old account', expired, 'changed-api/unexpected-shape'),
    row(
      '6',
      'already signed in today',
      { status: 200, body: { code: 1, data: null, msg: 'already signed' } },
      'changed-api/unexpected-shape',
    ),
  ],
}

/** What refusals of each relative say, with the header that is its own (7.1). */
const RELATIVE_TABLES: ErrorTable[] = Object.entries(RELATIVES).map(([type, { userHeader }]) => ({
  contract: 'other-sites.md',
  family: type as keyof typeof RELATIVES,
  rows: [
    row(
      '7.1',
      'no header',
      no(`无权进行此操作，未提供 ${userHeader}`, 401),
      'login/user-header-missing',
    ),
    row(
      '7.1',
      'no header, in English',
      no(`Unauthorized, ${userHeader} header not provided`, 401),
      'login/user-header-missing',
    ),
    row(
      '7.1',
      'a malformed header',
      no(`无权进行此操作，${userHeader} 格式错误`, 401),
      'login/user-header-format',
    ),
    row(
      '7.1',
      'a malformed header, in English',
      no(`Unauthorized, ${userHeader} header format error`, 401),
      'login/user-header-format',
    ),
    row(
      '7.1',
      'another user',
      no(`无权进行此操作，${userHeader} 与登录用户不匹配`, 401),
      'identity/user-mismatch',
    ),
    row(
      '7.1',
      'another user, in English',
      no(`Unauthorized, ${userHeader} does not match logged in user`, 401),
      'identity/user-mismatch',
    ),
    row(
      '7.1',
      'a token alone',
      no(`无权进行此操作，未提供 ${userHeader}`, 401),
      'input/user-id-needed',
      'identify',
    ),
    row('7.3', 'another method', empty(405), 'unsupported/no-such-route'),
    row(
      '7.4',
      'not signed in',
      { status: 200, body: { code: 1, ret: 0, success: false, message: 'no' } },
      'refused/business',
    ),
    ...texts('7.5', ['今天已经签到过了', '签到功能未启用']),
  ],
}))

export const OTHER_SITES_ERRORS: readonly ErrorTable[] = [
  OPEN_ROUTER,
  AIHUBMIX,
  VOAPI_2,
  ...RELATIVE_TABLES,
]
