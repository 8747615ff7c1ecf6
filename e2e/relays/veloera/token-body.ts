import { bindBody, text, whole, type FieldKind } from './body'
import type { VeloeraCore } from './context'
import type { VeloeraToken } from './state'

type TokenFields = Pick<
  VeloeraToken,
  | 'name'
  | 'remainQuota'
  | 'unlimitedQuota'
  | 'expiredTime'
  | 'modelLimitsEnabled'
  | 'modelLimits'
  | 'allowIps'
  | 'group'
  | 'rateLimitEnabled'
  | 'rateLimitPeriod'
  | 'rateLimitCount'
  | 'rateLimitSuccess'
>

interface TokenBody {
  id: number
  status: number
  fields: TokenFields
}

const KINDS: Record<string, FieldKind> = {
  id: 'integer',
  status: 'integer',
  name: 'string',
  remain_quota: 'integer',
  unlimited_quota: 'boolean',
  expired_time: 'integer',
  model_limits_enabled: 'boolean',
  model_limits: 'string',
  allow_ips: 'text-or-null',
  group: 'string',
}

const V4_KINDS: Record<string, FieldKind> = {
  ...KINDS,
  rate_limit_enabled: 'boolean',
  rate_limit_period: 'integer',
  rate_limit_count: 'integer',
  rate_limit_success: 'integer',
}

/**
 * Reads a create or update body: missing fields are zero (`contracts/veloera.md` 10). The group is
 * not looked at, nor is a negative quota (not in the contract).
 */
export function readTokenBody(core: VeloeraCore, body: unknown): TokenBody | string {
  const bound = bindBody(body, core.isV4 ? V4_KINDS : KINDS)
  if ('problem' in bound) return bound.problem
  const { record } = bound
  const name = text(record['name'])
  if (Buffer.byteLength(name) > 30) return '令牌名称过长'
  const modelLimits = text(record['model_limits'])
  // The column's own length; the text is the database's and not in the contract.
  if (modelLimits.length > 1024) return "Data too long for column 'model_limits' at row 1"
  const allowIps = record['allow_ips']
  return {
    id: whole(record['id']),
    status: whole(record['status']),
    fields: {
      name,
      remainQuota: whole(record['remain_quota']),
      unlimitedQuota: record['unlimited_quota'] === true,
      expiredTime: whole(record['expired_time']),
      modelLimitsEnabled: record['model_limits_enabled'] === true,
      modelLimits,
      allowIps: typeof allowIps === 'string' ? allowIps : null,
      group: text(record['group']),
      rateLimitEnabled: record['rate_limit_enabled'] === true,
      rateLimitPeriod: whole(record['rate_limit_period']),
      rateLimitCount: whole(record['rate_limit_count']),
      rateLimitSuccess: whole(record['rate_limit_success']),
    },
  }
}
