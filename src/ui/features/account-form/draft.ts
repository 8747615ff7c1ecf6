import type { AccountAuth } from '@/src/domain/account'
import { type Failure, failureOf } from '@/src/domain/failure'
import { DEFAULT_EXCHANGE_RATE } from '@/src/domain/money'
import { parseOrigin } from '@/src/domain/origin'
import { SITE_TYPES, type SiteType } from '@/src/domain/site-type'
import type { InputOf } from '@/src/messaging/protocol'

/** What the form for an account holds, as text where a person types text. */
export interface DraftValues {
  readonly origin: string
  readonly siteType: SiteType
  readonly name: string
  readonly userId: string
  readonly username: string
  readonly method: AccountAuth['mode']
  readonly token: string
  readonly exchangeRate: string
}

export type DraftField = keyof DraftValues

/** Form values and which of them a person set: those are never filled over. */
export interface Draft {
  readonly values: DraftValues
  readonly typed: ReadonlySet<DraftField>
}

/** Why a value is not acceptable; the words are in the locale files under `error`. */
export type FieldError =
  | 'address-missing'
  | 'not-a-web-address'
  | 'address-with-login'
  | 'name-missing'
  | 'user-id-missing'
  | 'token-missing'
  | 'token-too-short'
  | 'rate-not-positive'
  | 'duplicate'
  | 'too-long'
  | 'not-acceptable'

export type FieldErrors = Partial<Record<DraftField, FieldError>>

/** In the order the fields stand on the screen. */
const FIELDS: readonly DraftField[] = [
  'origin',
  'siteType',
  'name',
  'userId',
  'username',
  'method',
  'token',
  'exchangeRate',
]

const LONGEST: Partial<Record<DraftField, number>> = {
  name: 120,
  userId: 64,
  username: 200,
  token: 4096,
}

export function emptyDraft(origin: string): Draft {
  const values: DraftValues = {
    origin,
    siteType: SITE_TYPES[0],
    name: '',
    userId: '',
    username: '',
    method: 'token',
    token: '',
    exchangeRate: String(DEFAULT_EXCHANGE_RATE),
  }
  return { values, typed: new Set() }
}

/** A person set a value. */
export function typeInto(draft: Draft, edit: Partial<DraftValues>): Draft {
  return {
    values: { ...draft.values, ...edit },
    typed: new Set([...draft.typed, ...fieldsOf(edit)]),
  }
}

/** The product found a value: only fields nobody typed into take it. */
export function fillIn(draft: Draft, found: Partial<DraftValues>): Draft {
  const free = fieldsOf(found).filter((field) => !draft.typed.has(field))
  const values = { ...draft.values }
  for (const field of free) Object.assign(values, { [field]: found[field] })
  return { ...draft, values }
}

/** Every value that is not acceptable, by field. */
export function checkDraft(values: DraftValues): FieldErrors {
  const errors: FieldErrors = {}
  for (const field of FIELDS) {
    const error = checkField(field, values)
    if (error) errors[field] = error
  }
  return errors
}

/** The first field with an error, as they stand on the screen. */
export function firstWrong(errors: FieldErrors): DraftField | null {
  return FIELDS.find((field) => errors[field] !== undefined) ?? null
}

/** The message a checked draft becomes. */
export function accountOf(values: DraftValues): InputOf<'accounts.add'>['account'] {
  return {
    origin: parseOrigin(values.origin),
    siteType: values.siteType,
    userId: values.userId.trim(),
    auth: authOf(values),
    name: values.name.trim(),
    username: values.username.trim(),
    exchangeRate: parseRate(values.exchangeRate),
  }
}

export function authOf(values: Pick<DraftValues, 'method' | 'token'>): AccountAuth {
  return values.method === 'cookie'
    ? { mode: 'cookie' }
    : { mode: 'token', accessToken: bareToken(values.token) }
}

/** `NaN` for text that is no number. Full-width digits count. */
export function parseRate(text: string): number {
  const plain = text.normalize('NFKC').trim()
  return plain === '' ? Number.NaN : Number(plain)
}

/** The origin in `text`, or `null` when it is no web address. */
export function originIn(text: string): string | null {
  try {
    return parseOrigin(text)
  } catch {
    return null
  }
}

function checkField(field: DraftField, values: DraftValues): FieldError | null {
  const text = values[field].trim()
  if (text.length > (LONGEST[field] ?? Infinity)) return 'too-long'
  if (field === 'origin') return checkAddress(text)
  if (field === 'name' && text === '') return 'name-missing'
  if (field === 'userId' && text === '') return 'user-id-missing'
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

/** People copy tokens out of request headers, with the scheme in front. */
function bareToken(text: string): string {
  return text.trim().replace(/^bearer\s+/i, '')
}

function fieldsOf(values: Partial<DraftValues>): DraftField[] {
  return Object.keys(values) as DraftField[]
}

/** What the worker found wrong with a value, at the field a person can change. */
export function errorsFrom(failure: Failure | null): FieldErrors {
  if (failure?.class !== 'input' || failure.field === undefined) return {}
  const told = failure.field.split('.').at(-1)
  const field =
    FIELDS.find((one) => one === told) ?? (/auth|accessToken/.test(failure.field) ? 'token' : null)
  if (!field) return {}
  return { [field]: failure.reason === 'duplicate' ? 'duplicate' : 'not-acceptable' }
}
