/** The texts of the server; it speaks Chinese only (`contracts/donehub.md` 3.2, 4, 5–9). */
export const TEXT = {
  notLoggedIn: '无权进行此操作，未登录且未提供 access token',
  accessTokenInvalid: '无权进行此操作，access token 无效',
  sessionInvalid: '无权进行此操作，会话无效',
  userCheckFailed: '无权进行此操作，用户校验失败',
  userDisabled: '用户已被封禁',
  roleTooLow: '无权进行此操作，权限不足',
  sizeTooLarge: 'size 参数不能超过 100',
  pricesMissing: 'pricing data not found',
  heartbeatRange: 'heartbeat timeout seconds must be between 30 and 90',
  keyNameTooLong: '令牌名称过长',
  groupInvalid: '无效的用户组',
  groupForbidden: '当前用户组无权使用指定的分组',
  codeMissing: '未提供兑换码',
  codeInvalid: '兑换失败，无效的兑换码',
  codeUsed: '兑换失败，该兑换码已被使用',
  logStartTooOld: '开始时间不能早于 180 天前',
  logEndTooOld: '结束时间不能早于 180 天前',
  logSpanTooLong: '查询时间跨度不能超过 180 天',
  keyInvalid: '无效的令牌',
  keyExpired: '令牌已过期',
  keyExhausted: '令牌额度已用尽',
  keyUnavailable: '令牌状态不可用',
  // The contract cuts the next two after the first comma; the rest is that of the New API contract.
  keyExpiredEnable: '令牌已过期，无法启用，请先修改令牌过期时间，或者设置为永不过期',
  keyExhaustedEnable: '令牌可用额度已用尽，无法启用，请先修改令牌剩余额度，或者设置为无限额度',
  // Not in the contract: the texts of One API for the same cases.
  badCredentials: '用户名或密码错误，或用户已被封禁',
  invalidParams: '无效的参数',
  notFound: 'record not found',
  idMissing: 'id 或 userId 为空！',
  channelForbidden: '普通用户不支持指定渠道',
  protocolOff: '该接口未启用',
} as const

/** A sort field outside the white list (4). */
export function orderForbidden(field: string): string {
  return `不允许对字段 '${field}' 进行排序`
}
