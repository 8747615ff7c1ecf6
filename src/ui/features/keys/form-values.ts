import type { KeyDraft, KeyEdit, KeyFeatures, KeyField, KeyRow } from '@/src/domain/api-key'
import { convertAmount, type Currency, type Rates, shownCurrency } from '@/src/domain/money'
import type { OutputOf } from '@/src/messaging/protocol'

/** What the site offers a form of one account. */
export type KeyOptions = OutputOf<'keys.options'>

export const EXPIRY_CHOICES = ['never', '7', '30', '90', 'date'] as const

export type ExpiryChoice = (typeof EXPIRY_CHOICES)[number]

/** What the form for a key holds, as text where a person types text. */
export interface KeyFormValues {
  readonly name: string
  readonly group: string
  readonly backupGroup: string
  readonly crossGroupRetry: boolean
  readonly unlimited: boolean
  readonly amount: string
  /** What `amount` is written in. */
  readonly currency: Currency
  /** The amount in the account's unit, where `amount` only shows it rounded. */
  readonly exact: number | null
  readonly expiry: ExpiryChoice
  /** Local date and time, `YYYY-MM-DDTHH:mm`. */
  readonly date: string
  readonly models: readonly string[]
  /** Addresses or ranges, one a line. */
  readonly addresses: string
}

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
/** Enough for the smallest price, and no digits that only come from dividing. */
const AMOUNT_DIGITS = 8

/** A new key: nothing is limited but what the family insists on. */
export function emptyValues(
  { features, groups }: Pick<KeyOptions, 'groups'> & { features: Pick<KeyFeatures, 'groups'> },
  currency: Currency,
): KeyFormValues {
  const names = groups?.map(({ name }) => name) ?? []
  const usual = names.find((name) => name === 'default')
  return {
    name: '',
    group: usual ?? (features.groups === 'required' ? (names[0] ?? '') : ''),
    backupGroup: '',
    crossGroupRetry: false,
    unlimited: true,
    amount: '',
    currency,
    exact: null,
    expiry: 'never',
    date: '',
    models: [],
    addresses: '',
  }
}

/** What a key is at its site, as the form shows it. */
export function valuesOf(row: KeyRow, rates: Rates, wanted: Currency): KeyFormValues {
  const currency = shownCurrency(rates, wanted)
  const known = row.remaining?.state === 'unavailable' ? null : (row.remaining?.value ?? null)
  return {
    name: row.name,
    group: row.group,
    backupGroup: row.backupGroup ?? '',
    crossGroupRetry: row.crossGroupRetry ?? false,
    unlimited: row.remaining === null,
    amount: known === null ? '' : amountText(known, currency, rates),
    currency,
    exact: known,
    expiry: row.expiresAtMs === null ? 'never' : 'date',
    date: row.expiresAtMs === null ? '' : localText(row.expiresAtMs),
    models: row.modelLimits,
    addresses: row.ipLimits.join('\n'),
  }
}

/** The same amount written in another currency. */
export function inCurrency(values: KeyFormValues, currency: Currency, rates: Rates): KeyFormValues {
  const exact = values.exact ?? amountIn(values, rates)
  return Number.isFinite(exact)
    ? { ...values, currency, exact, amount: amountText(exact, currency, rates) }
    : { ...values, currency }
}

/** The amount in the account's unit; `NaN` for text that is no number. */
export function amountIn({ amount, currency, exact }: KeyFormValues, rates: Rates): number {
  if (exact !== null) return exact
  const plain = amount.normalize('NFKC').replace(/[,\s]/g, '')
  const typed = plain === '' ? Number.NaN : Number(plain)
  if (currency === 'points') return Math.round(typed)
  const usd = currency === 'CNY' ? typed / rates.exchangeRate : typed
  return rates.unit === 'usd' ? usd : Math.round(usd * rates.quotaPerUnit)
}

/**
 * The key the values describe, as far as the family has the fields; amounts and times that are none
 * are `NaN`.
 */
export function draftOf(
  values: KeyFormValues,
  fields: readonly KeyField[],
  rates: Rates,
  nowMs: number,
): KeyDraft {
  const has = (field: KeyField) => fields.includes(field)
  return {
    name: values.name.trim(),
    remaining: !has('remaining') || values.unlimited ? null : amountIn(values, rates),
    expiresAtMs: has('expiresAtMs') ? expiryOf(values, nowMs) : null,
    modelLimits: has('modelLimits') ? [...values.models] : [],
    ipLimits: has('ipLimits') ? linesIn(values.addresses) : [],
    group: has('group') ? values.group : '',
    ...(has('backupGroup') ? { backupGroup: values.backupGroup } : {}),
    ...(has('crossGroupRetry') ? { crossGroupRetry: values.crossGroupRetry } : {}),
  }
}

/** Only what a person changed, of what the family lets them change. */
export function editOf(
  before: KeyFormValues,
  now: KeyFormValues,
  { edit: fields }: Pick<KeyFeatures, 'edit'>,
  rates: Rates,
  nowMs: number,
): KeyEdit {
  const was = draftOf(before, fields, rates, nowMs)
  const is = draftOf(now, fields, rates, nowMs)
  const changed = fields.filter((field) =>
    field === 'expiresAtMs'
      ? now.expiry !== before.expiry || now.date !== before.date
      : !isEqual(was[field], is[field]),
  )
  return Object.fromEntries(changed.map((field) => [field, is[field]]))
}

export function linesIn(text: string): string[] {
  return text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

function expiryOf({ expiry, date }: KeyFormValues, nowMs: number): number | null {
  if (expiry === 'never') return null
  return expiry === 'date' ? Date.parse(date) : nowMs + Number(expiry) * DAY_MS
}

function amountText(amount: number, currency: Currency, rates: Rates): string {
  const shown = convertAmount(amount, rates, currency)
  return shown === null ? '' : String(Number(shown.toFixed(AMOUNT_DIGITS)))
}

function localText(atMs: number): string {
  const offsetMs = new Date(atMs).getTimezoneOffset() * MINUTE_MS
  return new Date(atMs - offsetMs).toISOString().slice(0, 16)
}

function isEqual(a: unknown, b: unknown): boolean {
  return Object.is(a, b) || JSON.stringify(a) === JSON.stringify(b)
}
