/** Languages a server writes its messages in. */
export type Language = 'zh' | 'en'

/** The phrases of `contracts/new-api.md` 1.3 and of the endpoints, in both languages. */
const MESSAGES = {
  notLoggedIn: [
    '无权进行此操作，未登录且未提供 access token',
    'Unauthorized, not logged in and no access token provided',
  ],
  userHeaderMissing: [
    '无权进行此操作，未提供 New-Api-User',
    'Unauthorized, New-Api-User header not provided',
  ],
  userHeaderFormat: [
    '无权进行此操作，New-Api-User 格式错误',
    'Unauthorized, New-Api-User header format error',
  ],
  userMismatch: [
    '无权进行此操作，New-Api-User 与登录用户不匹配',
    'Unauthorized, New-Api-User does not match logged in user',
  ],
  accessTokenInvalid: ['无权进行此操作，access token 无效', 'Unauthorized, invalid access token'],
  userDisabled: ['用户已被封禁', 'User has been banned'],
  userInvalid: ['用户信息无效', 'User information is invalid'],
  tokenExpired: ['登录已过期', 'Access token has expired'],
  sessionRevoked: ['会话已失效', 'Session has been revoked'],
  sessionRequired: ['此操作需要浏览器会话', 'This operation requires a browser session'],
  sessionNotFound: ['会话不存在', 'Session not found'],
  sessionLimit: ['活跃会话数量已达上限', 'Too many active sessions'],
  sessionIssuance: ['登录过于频繁，请稍后再试', 'Too many sessions issued, try again later'],
  sessionMismatch: ['会话不匹配', 'Session does not match'],
  originRefused: ['请求来源不被允许', 'Request origin is not allowed'],
  badCredentials: [
    '用户名或密码错误，或用户已被封禁',
    'Username or password is incorrect, or the user has been banned',
  ],
  invalidParams: ['无效的参数', 'Invalid parameters'],
  turnstileEmpty: ['Turnstile token 为空', 'Turnstile token is empty'],
  turnstileFailed: [
    'Turnstile 校验失败，请刷新重试！',
    'Turnstile verification failed, please refresh and try again!',
  ],
  checkinDisabled: ['签到功能未启用', 'Check-in is not enabled'],
  checkinAlready: ['今日已签到', 'Already checked in today'],
  checkinDone: ['签到成功', 'Check-in successful'],
  codeMissing: ['未提供兑换码', 'Redemption code not provided'],
  codeInvalid: ['无效的兑换码', 'Invalid redemption code'],
  codeUsed: ['该兑换码已被使用', 'This redemption code has already been used'],
  codeExpired: ['该兑换码已过期', 'This redemption code has expired'],
  // The contract names these two by their meaning only.
  redeemFailed: ['兑换失败', 'Redeem failed'],
  redeemBusy: ['充值处理中，请稍后再试', 'Top-up is processing, please try again later'],
  notFound: ['record not found', 'record not found'],
  tokenNameTooLong: ['令牌名称过长', 'Token name is too long'],
  tokenQuotaNegative: ['令牌额度不能为负数', 'Token quota must not be negative'],
  tokenQuotaTooLarge: ['令牌额度超出有效范围', 'Token quota is out of range'],
  tokenExpiredEnable: [
    '令牌已过期，无法启用，请先修改令牌过期时间，或者设置为永不过期',
    'The token has expired and cannot be enabled, change its expiry first',
  ],
  tokenExhaustedEnable: [
    '令牌可用额度已用尽，无法启用，请先修改令牌剩余额度，或者设置为无限额度',
    'The token is exhausted and cannot be enabled, change its quota first',
  ],
  tokenTooMany: ['已达到最大令牌数量限制', 'The maximum number of tokens has been reached'],
  searchPattern: ['搜索关键词最多包含两个 %', 'A search pattern may contain at most two %'],
  spanTooLong: ['时间跨度不能超过 1 个月', 'The time span must not exceed one month'],
  searchDeprecated: ['该接口已废弃', 'This endpoint is deprecated'],
  secondFactorMissing: [
    '用户未启用2FA或Passkey',
    'Neither 2FA nor a passkey is enabled for this user',
  ],
  verifyLocked: ['账户已被锁定，请稍后再试', 'Account is locked, try again later'],
  verifyFailed: ['验证失败', 'Verification failed'],
  proofRequired: ['需要安全验证', 'Security proof required'],
  proofInvalid: ['安全验证无效', 'Security proof invalid'],
  proofConsumed: ['安全验证已被使用', 'Security proof already consumed'],
  proofExpired: ['安全验证已过期', 'Security proof expired'],
  verificationRequired: ['需要安全验证', 'Security verification required'],
  verificationExpired: ['验证已过期，请重新验证', 'Verification has expired, verify again'],
  proofScope: ['安全验证范围不符', 'Security proof scope mismatch'],
} as const satisfies Record<string, readonly [string, string]>

export type MessageId = keyof typeof MESSAGES

/** The text of a message in one language. */
export function messageText(id: MessageId, language: Language): string {
  return MESSAGES[id][language === 'zh' ? 0 : 1]
}

/** Language of an `Accept-Language` header; the server's default is Chinese (1.3). */
export function languageOf(acceptLanguage: string | undefined): Language {
  return /^\s*en\b/i.test(acceptLanguage ?? '') ? 'en' : 'zh'
}
