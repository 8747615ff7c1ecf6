import { bodyRecord } from '../new-api/context'
import type { HubCore, UserContext } from './context'
import { decodeProblem, type Shape } from './go-values'
import { enabledGroup, maySelect } from './groups'
import { TEXT } from './messages'
import type { HubToken, HubUser } from './state'
import { readSetting, SETTING_SHAPE, settingProblem } from './token-setting'

const MAX_NAME_BYTES = 30

const TOKEN_SHAPE: Shape = {
  id: 'int',
  status: 'int',
  name: 'string',
  expired_time: 'int',
  remain_quota: 'int',
  unlimited_quota: 'bool',
  group: 'string',
  backup_group: 'string',
  setting: SETTING_SHAPE,
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
export const whole = (value: unknown): number => (typeof value === 'number' ? value : 0)

/** A body that the server can decode into a key; a text says why it cannot. */
export function readTokenBody(body: unknown): Record<string, unknown> | string {
  if (body === undefined) return 'unexpected EOF'
  return decodeProblem(body, TOKEN_SHAPE, 'Token') ?? bodyRecord(body) ?? {}
}

/** What create and update take from a body; missing fields are zero values. */
export function readTokenFields(body: Record<string, unknown>, user: HubUser, before?: HubToken) {
  return {
    name: text(body['name']),
    expiredTime: whole(body['expired_time']),
    remainQuota: whole(body['remain_quota']),
    unlimitedQuota: body['unlimited_quota'] === true,
    group: text(body['group']),
    backupGroup: text(body['backup_group']),
    setting: readSetting(body['setting'], user, before?.setting),
  }
}

/** The editable part of a key. */
export type TokenFields = ReturnType<typeof readTokenFields>

function groupProblem(relay: HubCore, user: HubUser, symbol: string, before = ''): string | null {
  if (symbol === '' || symbol === before) return null
  const group = enabledGroup(relay, symbol)
  if (group === undefined) return TEXT.groupInvalid
  return maySelect(user, group) ? null : TEXT.groupForbidden
}

/** The rule of `contracts/donehub.md` 9.2 that the fields break, or `null`. */
export function tokenFieldsProblem(
  { relay, user }: UserContext,
  fields: TokenFields,
  before?: HubToken,
): string | null {
  if (Buffer.byteLength(fields.name) > MAX_NAME_BYTES) return TEXT.keyNameTooLong
  return (
    settingProblem(fields.setting) ??
    groupProblem(relay, user, fields.group, before?.group) ??
    groupProblem(relay, user, fields.backupGroup, before?.backupGroup)
  )
}
