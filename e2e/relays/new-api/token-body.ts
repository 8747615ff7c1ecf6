import { bodyRecord, type RelayCore } from './context'
import { isSince } from './generation'
import type { MessageId } from './messages'
import type { RelayToken } from './state'

/** The editable part of a key (`contracts/new-api.md` 6.4). */
export type TokenFields = Pick<
  RelayToken,
  | 'name'
  | 'remainQuota'
  | 'unlimitedQuota'
  | 'expiredTime'
  | 'modelLimitsEnabled'
  | 'modelLimits'
  | 'allowIps'
  | 'group'
  | 'crossGroupRetry'
  | 'autoGroups'
>

type FieldKind = 'string' | 'boolean' | 'integer' | 'strings'

const KINDS: Record<string, FieldKind> = {
  name: 'string',
  remain_quota: 'integer',
  unlimited_quota: 'boolean',
  expired_time: 'integer',
  model_limits_enabled: 'boolean',
  model_limits: 'string',
  models: 'string',
  allow_ips: 'string',
  subnet: 'string',
  group: 'string',
  cross_group_retry: 'boolean',
  auto_groups: 'strings',
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((part) => typeof part === 'string')

function isOfKind(value: unknown, kind: FieldKind): boolean {
  if (value === undefined || value === null) return true
  if (kind === 'strings') return isTexts(value)
  return kind === 'integer' ? Number.isInteger(value) : typeof value === kind
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const whole = (value: unknown): number => (typeof value === 'number' ? value : 0)

/**
 * Reads a create or update body. The server decodes into a typed struct: a field of the wrong type
 * refuses the whole body, a missing one becomes the zero value (so a forgotten `expired_time` is 0,
 * not -1).
 */
export function readTokenFields(relay: RelayCore, body: unknown): TokenFields | null {
  const record = bodyRecord(body)
  if (record === undefined) return null
  for (const [name, kind] of Object.entries(KINDS)) {
    if (!isOfKind(record[name], kind)) return null
  }
  const isOneApi = relay.generation === 'one-api'
  const models = text(record[isOneApi ? 'models' : 'model_limits'])
  return {
    name: text(record['name']),
    remainQuota: whole(record['remain_quota']),
    unlimitedQuota: record['unlimited_quota'] === true,
    expiredTime: whole(record['expired_time']),
    modelLimitsEnabled: isOneApi ? models !== '' : record['model_limits_enabled'] === true,
    modelLimits: models,
    allowIps: text(record[isOneApi ? 'subnet' : 'allow_ips']),
    group: isOneApi ? '' : text(record['group']),
    crossGroupRetry: record['cross_group_retry'] === true,
    autoGroups: isTexts(record['auto_groups']) ? record['auto_groups'] : null,
  }
}

/** The rule of 6.4 that the fields break, or `null`. Name limits are in bytes (6.3). */
export function tokenFieldsProblem(relay: RelayCore, fields: TokenFields): MessageId | null {
  const maxNameBytes = isSince(relay.generation, 'g1a') ? 50 : 30
  if (Buffer.byteLength(fields.name) > maxNameBytes) return 'tokenNameTooLong'
  if (fields.unlimitedQuota) return null
  if (fields.remainQuota < 0) return 'tokenQuotaNegative'
  return fields.remainQuota > 1_000_000_000 * relay.quotaPerUnit ? 'tokenQuotaTooLarge' : null
}
