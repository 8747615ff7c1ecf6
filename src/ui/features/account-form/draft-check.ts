import { type Failure, failureOf } from '@/src/domain/failure'
import { parseOrigin } from '@/src/domain/origin'
import type { SiteDescription } from '@/src/domain/site-description'

import { type DraftField, type FittedValues, parseRate } from './draft'
import { bareToken } from './draft-input'

/** Why a value is not acceptable; the words are in the locale files under `error`. */
export type FieldError =
  | 'address-missing'
  | 'not-a-web-address'
  | 'address-with-login'
  | 'name-missing'
  | 'user-id-missing'
  | 'user-id-needed'
  | 'token-missing'
  | 'token-too-short'
  | 'not-a-management-key'
  | 'malformed-token'
  | 'rate-not-positive'
  | 'threshold-not-positive'
  | 'duplicate'
  | 'too-long'
  | 'not-acceptable'

/** A value of any form about an account that can be wrong. */
export type FormField = DraftField | 'lowBalanceUsd' | 'checkInUrl'

export type FieldErrors = Partial<Record<FormField, FieldError>>

/** In the order the fields stand on the screen. */
const DRAFT_FIELDS: readonly DraftField[] = [
  'siteType',
  'origin',
  'name',
  'userId',
  'username',
  'method',
  'token',
  'exchangeRate',
]

const FIELDS: readonly FormField[] = [...DRAFT_FIELDS, 'lowBalanceUsd', 'checkInUrl']

const LONGEST: Partial<Record<DraftField, number>> = {
  name: 120,
  userId: 64,
  username: 200,
  token: 4096,
}

/** What the worker or a site says of a value in words of its own. */
const TOLD: readonly FieldError[] = [
  'duplicate',
  'user-id-needed',
  'not-a-management-key',
  'malformed-token',
]

/** Every value that is not acceptable, by field. */
export function checkDraft(values: FittedValues, site?: SiteDescription): FieldErrors {
  const errors: FieldErrors = {}
  for (const field of DRAFT_FIELDS) {
    const error = checkField(field, values, site)
    if (error) errors[field] = error
  }
  return errors
}

/** Whether the site itself tells whose a token is. */
export function looksUpUser(
  site: SiteDescription | undefined,
  { method }: Pick<FittedValues, 'method'>,
): boolean {
  return site?.userId === 'from-token' && method === 'token'
}

/** The first field with an error, as they stand on the screen. */
export function firstWrong(errors: FieldErrors): FormField | null {
  return FIELDS.find((field) => errors[field] !== undefined) ?? null
}

function checkField(
  field: DraftField,
  values: FittedValues,
  site: SiteDescription | undefined,
): FieldError | null {
  const text = values[field].trim()
  if (text.length > (LONGEST[field] ?? Infinity)) return 'too-long'
  if (field === 'origin') return checkAddress(text)
  if (field === 'name' && text === '') return 'name-missing'
  if (field === 'userId' && text === '' && !looksUpUser(site, values)) return 'user-id-missing'
  if (field === 'token' && values.method === 'token') return checkToken(text)
  if (field === 'exchangeRate') return checkRate(text)
  return null
}

export function checkAddress(text: string): FieldError | null {
  if (text.trim() === '') return 'address-missing'
  try {
    parseOrigin(text)
    return null
  } catch (thrown) {
    const { reason } = failureOf(thrown)
    return reason === 'address-with-login' ? reason : 'not-a-web-address'
  }
}

export function checkToken(text: string): FieldError | null {
  const token = bareToken(text)
  if (token === '') return 'token-missing'
  return token.length < 8 ? 'token-too-short' : null
}

export function checkRate(text: string): FieldError | null {
  const rate = parseRate(text)
  return rate > 0 && rate <= 100_000 ? null : 'rate-not-positive'
}

/** What was found wrong with a value later, at the field a person can change. */
export function errorsFrom(failure: Failure | null): FieldErrors {
  if (failure?.class !== 'input' || failure.field === undefined) return {}
  const told = failure.field.split('.').at(-1)
  const field =
    FIELDS.find((one) => one === told) ?? (/auth|accessToken/.test(failure.field) ? 'token' : null)
  if (!field) return {}
  return { [field]: TOLD.find((reason) => reason === failure.reason) ?? 'not-acceptable' }
}
