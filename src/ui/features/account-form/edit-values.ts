import type { AccountEdit } from '@/src/domain/account'
import { AUTOMATION_LIMITS } from '@/src/domain/automation-limits'
import type { AuthMode } from '@/src/domain/site-description'
import type { AccountDetails } from '@/src/messaging/protocol'

import { parseRate } from './draft'
import { checkRate, checkToken, type FieldErrors } from './draft-check'
import { authOf } from './draft-input'
import { checkWebAddress, webAddressIn } from './web-address'

/** What the form for a stored account holds. */
export interface EditValues {
  readonly name: string
  readonly username: string
  readonly notes: string
  readonly tagIds: readonly string[]
  readonly exchangeRate: string
  readonly excludeFromTotal: boolean
  readonly disabled: boolean
  readonly autoRefresh: boolean
  readonly autoCheckIn: boolean
  /** USD as text; empty = as its tags or the settings say. */
  readonly lowBalanceUsd: string
  /** Empty = the site's own check-in, if it has one. */
  readonly checkInUrl: string
  readonly method: AuthMode
  /** Empty = keep the stored token. */
  readonly token: string
}

export function valuesOf({ row, notes, automation }: AccountDetails): EditValues {
  const { lowBalanceUsd } = automation
  return {
    name: row.name,
    username: row.username,
    notes,
    tagIds: row.tagIds ?? [],
    exchangeRate: String(row.exchangeRate),
    excludeFromTotal: row.excludeFromTotal,
    disabled: row.disabled,
    autoRefresh: automation.refresh,
    autoCheckIn: automation.checkIn,
    lowBalanceUsd: lowBalanceUsd === null ? '' : String(lowBalanceUsd),
    checkInUrl: automation.checkInUrl,
    method: row.authMode,
    token: '',
  }
}

/** @param hasToken whether a token is stored, so that the field may stay empty. */
export function checkEdit(values: EditValues, hasToken: boolean): FieldErrors {
  const rate = checkRate(values.exchangeRate)
  const keepsToken = values.token.trim() === '' && hasToken
  const token = values.method === 'token' && !keepsToken ? checkToken(values.token) : null
  return {
    ...(values.name.trim() === '' ? { name: 'name-missing' } : {}),
    ...(values.name.trim().length > 120 ? { name: 'too-long' } : {}),
    ...(values.username.trim().length > 200 ? { username: 'too-long' } : {}),
    ...(token ? { token } : {}),
    ...(rate ? { exchangeRate: rate } : {}),
    ...(isThreshold(values.lowBalanceUsd) ? {} : { lowBalanceUsd: 'threshold-not-positive' }),
    ...checkWebAddress(values.checkInUrl),
  }
}

/** Only what differs from `before`, so that nothing else is stamped as decided now. */
export function editOf(before: EditValues, values: EditValues): AccountEdit {
  const { method, token } = values
  const newToken = method === 'token' && token.trim() !== ''
  const dropsToken = method === 'cookie' && before.method === 'token'
  return {
    ...changed(before.name, values.name.trim(), 'name'),
    ...changed(before.username, values.username.trim(), 'username'),
    ...changed(before.notes, values.notes, 'notes'),
    ...(isSameTags(before, values) ? {} : { tagIds: [...values.tagIds] }),
    ...changed(parseRate(before.exchangeRate), parseRate(values.exchangeRate), 'exchangeRate'),
    ...changed(before.excludeFromTotal, values.excludeFromTotal, 'excludeFromTotal'),
    ...changed(before.disabled, values.disabled, 'disabled'),
    ...changed(before.autoRefresh, values.autoRefresh, 'autoRefresh'),
    ...changed(before.autoCheckIn, values.autoCheckIn, 'autoCheckIn'),
    ...changed(usdIn(before.lowBalanceUsd), usdIn(values.lowBalanceUsd), 'lowBalanceUsd'),
    ...changed(before.checkInUrl, webAddressIn(values.checkInUrl), 'checkInUrl'),
    ...(newToken || dropsToken ? { auth: authOf(values) } : {}),
  }
}

/** `null` = none of its own. */
function usdIn(text: string): number | null {
  return text.trim() === '' ? null : parseRate(text)
}

function isThreshold(text: string): boolean {
  const usd = usdIn(text)
  const { min, max } = AUTOMATION_LIMITS.lowBalanceUsd
  return usd === null || (usd >= min && usd <= max)
}

function isSameTags({ tagIds: before }: EditValues, { tagIds: now }: EditValues): boolean {
  return before.length === now.length && before.every((id) => now.includes(id))
}

function changed<Value, Field extends keyof AccountEdit>(
  before: Value,
  now: Value,
  field: Field,
): AccountEdit {
  return before === now ? {} : { [field]: now }
}
