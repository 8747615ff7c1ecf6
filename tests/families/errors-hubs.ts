import {
  empty,
  errorObject,
  type ErrorTable,
  no,
  page,
  row,
  texts,
  unknownPath,
} from './error-rows'

const NOBODY = '无权进行此操作，未登录且未提供 access token'
const WRONG_TOKEN = '无权进行此操作，access token 无效'

const relayError = (status: number, message: string) =>
  errorObject(status, 'one_hub_error', message)

/** What both hubs record. */
const hub = [
  row('3.2', 'nobody', no(NOBODY, 401), 'login/not-logged-in'),
  row('3.2', 'a wrong token', no(WRONG_TOKEN), 'login/invalid-token'),
  row('3.2', 'a disabled user', no('用户已被封禁'), 'refused/user-disabled'),
  row('3.2', 'role too low', no('无权进行此操作，权限不足'), 'refused/business'),
  ...texts('4', ['size 参数不能超过 100', "不允许对字段 'x' 进行排序"]),
  row('4', 'an unknown path', unknownPath('GET', '/api/x'), 'unsupported/no-such-route'),
  row('4', 'any other path', page(200, '<!doctype html>'), 'changed-api/not-json'),
  row('4', 'the other slash', empty(301, { location: '/api/token/' }), 'changed-api/redirected'),
  row('4', 'a limit', empty(429), 'limit/site-asked'),
  row(
    '4',
    'a limit of the relay',
    relayError(429, '您的速率达到上限，请稍后再试。'),
    'limit/site-asked',
  ),
  ...['无效的令牌', '令牌已过期', '令牌额度已用尽', '令牌状态不可用'].map((words) =>
    row('6.4', words, relayError(401, words), 'login/unauthorized'),
  ),
  ...['IP 203.0.113.9 is not allowed to access', '无权使用分组 x', '分组 x 不存在'].map((words) =>
    row('6.4', words, relayError(403, words), 'refused/forbidden'),
  ),
  row('6.4', 'protocol switched off', relayError(403, 'off'), 'refused/forbidden'),
  row(
    '6.4',
    'no channel',
    relayError(503, '当前分组 a 下对于模型 b 无可用渠道'),
    'server/server-error',
  ),
  ...texts('8', ['未提供兑换码', '兑换失败，无效的兑换码', '兑换失败，该兑换码已被使用']),
  ...texts('9.1', ['heartbeat timeout seconds must be between 30 and 90']),
  ...texts('9.2', [
    '令牌名称过长',
    '令牌已过期，无法启用，请先修改令牌过期时间',
    '令牌可用额度已用尽，无法启用，请先修改令牌剩余额度',
    '无效的用户组',
    '当前用户组无权使用指定的分组',
  ]),
  ...texts('9.3', ['获取信息失败: no']),
  row('9.3', 'no such call', unknownPath('GET', '/api/usage/token/'), 'unsupported/no-such-route'),
  ...texts('12', ['无权进行此操作，权限不足', 'strconv.Atoi: parsing "search": invalid syntax']),
  row('12', 'no such route', unknownPath('GET', '/api/pricing'), 'unsupported/no-such-route'),
]

const doneHub = [
  row('3.2', 'a cookie without an id', no('无权进行此操作，会话无效'), 'login/invalid-session'),
  row('3.2', 'the user is gone', no('无权进行此操作，用户校验失败'), 'login/invalid-session'),
  row(
    '6.4',
    'an unknown model',
    errorObject(404, 'one_hub_error', 'no', 'model_not_found'),
    'unsupported/no-such-route',
  ),
  row(
    '6.4',
    'any failure upstream',
    relayError(503, '当前分组上游负载已饱和，请稍后再试'),
    'server/server-error',
  ),
  ...texts('6.3', ['pricing data not found']),
  ...texts('7.1', [
    '开始时间不能早于 180 天前',
    '结束时间不能早于 180 天前',
    '查询时间跨度不能超过 180 天',
  ]),
  row(
    '2',
    'a node that redirects',
    empty(301, { location: 'https://main.example/' }),
    'changed-api/redirected',
  ),
]

export const DONE_HUB_ERRORS: ErrorTable = {
  contract: 'donehub.md',
  family: 'done-hub',
  rows: [...hub, ...doneHub],
}

export const ONE_HUB_ERRORS: ErrorTable = {
  contract: 'donehub.md',
  family: 'one-hub',
  rows: hub,
}

const headers = [
  row(
    '3.2',
    'header missing',
    no('无权进行此操作，未提供 Veloera-User', 401),
    'login/user-header-missing',
  ),
  row(
    '3.2',
    'header malformed',
    no('无权进行此操作，Veloera-User 格式错误', 401),
    'login/user-header-format',
  ),
  row(
    '3.2',
    'another user',
    no('无权进行此操作，Veloera-User 与登录用户不匹配', 401),
    'identity/user-mismatch',
  ),
]

const veloeraRelay = (status: number, message: string, code = '') =>
  errorObject(status, 'veloera_error', message, code)

export const VELOERA_ERRORS: ErrorTable = {
  contract: 'veloera.md',
  family: 'veloera',
  rows: [
    row(
      '2',
      'a crash',
      errorObject(500, 'veloera_panic', 'Panic detected, error: x'),
      'server/server-error',
    ),
    row('3.2', 'nobody', no(NOBODY, 401), 'login/not-logged-in'),
    row('3.2', 'a wrong token', no(WRONG_TOKEN), 'login/invalid-token'),
    ...headers,
    row('3.2', 'disabled', no('用户已被封禁'), 'refused/user-disabled'),
    row('3.2', 'role too low', no('无权进行此操作，权限不足'), 'refused/business'),
    row('3.2', 'broken user record', no('无权进行此操作，用户信息无效'), 'refused/business'),
    row('4', 'models not fetched', no('no', 400), 'refused/client-error'),
    row('4', 'models not fetched, either', no('no', 500), 'server/server-error'),
    row(
      '4',
      'no envelope',
      { status: 200, body: { message: 'error', data: 'x' } },
      'changed-api/unexpected-shape',
    ),
    row('4', 'an unknown path', unknownPath('GET', '/api/x'), 'unsupported/no-such-route'),
    row('4', 'any other path', page(200, '<!doctype html>'), 'changed-api/not-json'),
    row('4', 'the other slash', empty(307, { location: '/api/token/' }), 'changed-api/redirected'),
    row('4', 'a limit', empty(429), 'limit/site-asked'),
    ...texts('5.2', ['时间跨度不能超过 1 个月']),
    ...texts('6', [
      '你今天已经签到过了',
      '签到功能未启用',
      '签到额度配置错误',
      'Turnstile token 为空',
      'Turnstile 校验失败，请刷新重试！',
    ]),
    ...texts('7', [
      '未提供兑换码',
      ...[
        '无效的兑换码',
        '该兑换码已被使用',
        '兑换码尚未生效',
        '兑换码已过期',
        '该礼品码已达到最大使用次数',
        '您已经使用过这个礼品码',
      ].map((words) => `兑换失败，${words}`),
      '操作过于频繁，请稍后再试',
      '系统暂时繁忙，请稍后再试',
    ]),
    row(
      '7',
      'no Redis',
      errorObject(500, 'veloera_panic', 'Panic detected, error: x'),
      'server/server-error',
    ),
    ...['无效的令牌', '该令牌额度已用尽', '该令牌已过期', '该令牌状态不可用'].map((words) =>
      row('8', words, veloeraRelay(401, words), 'login/unauthorized'),
    ),
    ...['您的 IP 不在令牌允许访问的列表中', '该令牌无权访问模型 x', '令牌分组 x 已被禁用'].map(
      (words) => row('8', words, veloeraRelay(403, words), 'refused/forbidden'),
    ),
    row(
      '8',
      'no channel',
      veloeraRelay(503, '当前分组 g 下对于模型 m 无可用渠道'),
      'server/server-error',
    ),
    row(
      '8',
      'a limit of the key',
      veloeraRelay(429, 'Key-level rate limit exceed.'),
      'limit/site-asked',
    ),
    row(
      '8',
      'extensions are blocked',
      veloeraRelay(403, 'browser extension blocked', 'browser_extension_blocked'),
      'refused/forbidden',
    ),
    ...texts('10', ['令牌名称过长', '令牌已过期，无法启用，请先修改令牌过期时间']),
    row('10', 'an error in HTTP 200', errorObject(200, 'upstream_error', 'no'), 'refused/business'),
    ...texts('13', ['strconv.Atoi: parsing "checkin": invalid syntax']),
    row(
      '13',
      'no such route',
      unknownPath('POST', '/api/user/checkin'),
      'unsupported/no-such-route',
    ),
  ],
}
