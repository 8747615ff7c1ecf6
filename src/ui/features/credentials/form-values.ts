import { normaliseBaseUrl } from '@/src/domain/base-url'
import type { ApiType } from '@/src/domain/api-types'
import type { CredentialView, CustomQuery, QueryConfig } from '@/src/domain/credential'
import { type Failure, ok, type Result } from '@/src/domain/failure'
import { QUERY_VALUES, type QueryMode, type QueryValue } from '@/src/domain/query-values'
import { isWholeKey } from '@/src/domain/whole-key'
import type { InputOf } from '@/src/messaging/protocol'

/** What the form of a credential holds, as typed. */
export interface FormValues {
  readonly name: string
  readonly baseUrl: string
  /** Empty = keep the stored key. */
  readonly apiKey: string
  readonly apiType: ApiType
  readonly tagIds: readonly string[]
  readonly notes: string
  readonly mode: QueryMode
  readonly endpoint: string
  readonly paths: Readonly<Partial<Record<QueryValue, string>>>
}

export const EMPTY_FORM: FormValues = {
  name: '',
  baseUrl: '',
  apiKey: '',
  apiType: 'openai-compatible',
  tagIds: [],
  notes: '',
  mode: 'auto',
  endpoint: '',
  paths: {},
}

export function valuesOf({ decided }: Pick<CredentialView, 'decided'>): FormValues {
  const { name, baseUrl, apiType, tagIds, notes, query } = decided
  return {
    name,
    baseUrl,
    apiKey: '',
    apiType,
    tagIds,
    notes,
    mode: query.mode,
    endpoint: query.custom?.endpoint ?? '',
    paths: query.custom?.paths ?? {},
  }
}

/** What the worker is sent. */
export function formOf(values: FormValues): InputOf<'credentials.save'>['form'] {
  const { name, baseUrl, apiKey, apiType, tagIds, notes } = values
  return { name, baseUrl, apiKey, apiType, tagIds: [...tagIds], notes, query: queryOf(values) }
}

/** A custom query that is not used now is kept for the day it is. */
export function queryOf({ mode, endpoint, paths }: FormValues): QueryConfig {
  const filled = Object.entries(paths).filter(([, path]) => path.trim() !== '')
  const custom: CustomQuery = {
    endpoint: endpoint.trim(),
    paths: Object.fromEntries(filled),
  }
  const isUsed = mode === 'custom' || custom.endpoint !== '' || filled.length > 0
  return { mode, ...(isUsed ? { custom } : {}) }
}

/**
 * The base address as it will be saved. One that was saved before stays as it is: it may have a
 * version segment that belongs to it.
 */
export function savedAddress(
  { baseUrl, apiType }: Pick<FormValues, 'baseUrl' | 'apiType'>,
  stored?: FormValues,
): Result<string> {
  const isUnchanged = stored?.baseUrl === baseUrl && stored.apiType === apiType
  return isUnchanged ? ok(baseUrl) : normaliseBaseUrl(baseUrl, apiType)
}

/** Whether requests go elsewhere, or ask otherwise, than before. */
export function asksOtherwise(before: FormValues | undefined, now: FormValues): boolean {
  if (!before || now.apiKey.trim() !== '') return true
  const facts = (values: FormValues) => [values.baseUrl, values.apiType, queryOf(values)]
  return JSON.stringify(facts(before)) !== JSON.stringify(facts(now))
}

/** Fields that can be wrong, as they stand on the screen. */
export type FormField = 'name' | 'baseUrl' | 'apiKey' | 'endpoint' | 'paths' | QueryValue

const FIELDS: readonly FormField[] = [
  'name',
  'baseUrl',
  'apiKey',
  'endpoint',
  'paths',
  ...QUERY_VALUES,
]

/** Why a value is not acceptable; the words are in the texts under `error`. */
const REASONS = [
  'required',
  'too-long',
  'not-a-web-address',
  'masked',
  'malformed-key',
  'endpoint-required',
  'not-a-path',
  'other-origin',
  'address-with-login',
  'repeated-parameter',
  'path-required',
  'bad-path',
  'not-accepted',
] as const

type FormReason = (typeof REASONS)[number]

export type FormErrors = Partial<Record<FormField, FormReason>>

/** As the stored record has it. */
const LONGEST_NAME = 120

/** What the page itself can tell; the rest is the worker's to say. */
export function checkForm(values: FormValues, stored?: FormValues): FormErrors {
  const { name, apiKey, mode, endpoint, paths } = values
  const hasPath = Object.values(paths).some((path) => path.trim() !== '')
  return {
    ...(name.trim() === '' ? { name: 'required' } : {}),
    ...(name.trim().length > LONGEST_NAME ? { name: 'too-long' } : {}),
    ...checkConnection(values, stored),
    ...(apiKey.trim() !== '' && !isWholeKey(apiKey) ? { apiKey: 'masked' } : {}),
    ...(mode === 'custom' && endpoint.trim() === '' ? { endpoint: 'endpoint-required' } : {}),
    ...(mode === 'custom' && !hasPath ? { paths: 'path-required' } : {}),
  }
}

function checkConnection(values: FormValues, stored?: FormValues): FormErrors {
  const address = savedAddress(values, stored)
  return {
    ...(address.ok ? {} : errorsFrom(address.failure)),
    ...(values.apiKey.trim() === '' && !stored ? { apiKey: 'required' } : {}),
  }
}

/** What the worker found wrong with a field. */
export function errorsFrom(failure: Failure | null): FormErrors {
  if (failure?.class !== 'input' || failure.field === undefined) return {}
  const told = failure.field.split('.')
  // `query.custom.paths.balanceUsd` means the value, `query.custom.paths` all of them.
  const field = FIELDS.find((one) => one === told.at(-1))
  const reason = REASONS.find((one) => one === failure.reason)
  return field ? { [field]: reason ?? 'not-accepted' } : {}
}

/** The control to go to: the first wrong one, as they stand on the screen. */
export function firstWrong(errors: FormErrors): string | null {
  const field = FIELDS.find((one) => errors[one] !== undefined)
  if (field === undefined) return null
  return field === 'paths' ? QUERY_VALUES[0] : field
}
