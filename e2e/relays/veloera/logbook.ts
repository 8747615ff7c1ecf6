import type { SeedLog } from '../new-api/options'
import { amountText } from './money'
import type { VeloeraOptions } from './options'
import type { VeloeraLog, VeloeraState, VeloeraUser } from './state'

/** Types 5 and 6 are not those of New API (`contracts/veloera.md` 1, 9). */
export const LOG = {
  topup: 1,
  consumption: 2,
  management: 3,
  system: 4,
  checkin: 5,
  error: 6,
} as const

/** What the server writes when a seed gives an amount and no text. */
function textOf(options: VeloeraOptions, seed: SeedLog): string {
  const amount = amountText(options, seed.quota)
  switch (seed.type) {
    case LOG.topup:
      return `通过兑换码充值 ${amount}，兑换码ID 1`
    case LOG.management:
      return `管理员将用户额度从 ${amountText(options, 0)}修改为 ${amount}`
    case LOG.system:
      return `新用户注册赠送 ${amount}`
    case LOG.checkin:
      return `签到奖励 ${amount}`
    default:
      return ''
  }
}

function tokenIdOf(state: VeloeraState, user: VeloeraUser, tokenName: string): number {
  for (const token of state.tokens.values()) {
    if (token.userId === user.id && token.name === tokenName) return token.id
  }
  return 0
}

/**
 * Appends a log row. Only consumption carries its amount in `quota`; all other types name it in
 * the text alone (9).
 */
export function appendLog(
  options: VeloeraOptions,
  state: VeloeraState,
  user: VeloeraUser,
  seed: SeedLog,
): VeloeraLog {
  const isNameless = options.generation === 'v3' && seed.type === LOG.checkin
  const tokenName = seed.tokenName ?? ''
  const row: VeloeraLog = {
    id: state.nextLogId++,
    userId: user.id,
    username: isNameless ? '' : user.username,
    createdAtSec: seed.createdAtSec,
    type: seed.type,
    quota: seed.type === LOG.consumption ? seed.quota : 0,
    content: seed.content ?? textOf(options, seed),
    modelName: seed.modelName ?? '',
    tokenName,
    tokenId: tokenName === '' ? 0 : tokenIdOf(state, user, tokenName),
    group: seed.type === LOG.consumption ? user.group : '',
    promptTokens: seed.promptTokens ?? 0,
    completionTokens: seed.completionTokens ?? 0,
  }
  state.logs.push(row)
  return row
}
