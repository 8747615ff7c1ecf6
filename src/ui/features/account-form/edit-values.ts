import type { AccountEdit } from '@/src/domain/account'
import type { AuthMode } from '@/src/domain/site-description'
import type { AccountDetails } from '@/src/messaging/protocol'

import { parseRate } from './draft'
import { checkRate, checkToken, type FieldErrors } from './draft-check'
import { authOf } from './draft-input'

/** What the form for a stored account holds. */
export interface EditValues {
  readonly name: string
  readonly username: string
  readonly notes: string
  readonly tagIds: readonly string[]
  readonly exchangeRate: string
  readonly excludeFromTotal: boolean
  readonly disabled: boolean
  readonly method: AuthMode
  /** Empty = keep the stored token. */
  readonly token: string
}

export function valuesOf({ row, notes }: AccountDetails): EditValues {
  return {
    name: row.name,
    username: row.username,
    notes,
    tagIds: row.tagIds ?? [],
    exchangeRate: String(row.exchangeRate),
    excludeFromTotal: row.excludeFromTotal,
    disabled: row.disabled,
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
    ...(newToken || dropsToken ? { auth: authOf(values) } : {}),
  }
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
