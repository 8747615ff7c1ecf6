import { normaliseBaseUrl } from '@/src/domain/base-url'
import type { CredentialDecided, CredentialRecord } from '@/src/domain/credential'
import { raise, unwrap } from '@/src/domain/failure'
import { newId } from '@/src/domain/ids'
import { isWholeKey } from '@/src/domain/whole-key'

import { customQuestion } from './query-custom'

/** What a form or a key brings; everything as typed. `''` as key = the one of `before`. */
export type Given = Omit<CredentialDecided, 'link'>

/**
 * What is typed as it is kept: address normalised, nothing around name and key, tags once each.
 *
 * @throws `input` with the field: `required`, `not-a-web-address`, `masked` or `malformed-key` (both
 *   `apiKey`), and what {@link customQuestion} refuses
 */
export function decidedFrom(given: Given, before?: CredentialDecided): Given {
  const { apiType, query } = given
  const name = given.name.trim()
  if (name === '') raise({ class: 'input', reason: 'required', field: 'name' })
  const baseUrl = addressFrom(given, before)
  const apiKey = keyFrom(given.apiKey, before)
  if (query.mode === 'custom') customQuestion(query.custom, baseUrl)
  return { ...given, name, baseUrl, apiKey, apiType, tagIds: [...new Set(given.tagIds)] }
}

/** An address that was normalised already may have another version segment that belongs to it. */
export function addressFrom(
  { baseUrl, apiType }: Pick<Given, 'baseUrl' | 'apiType'>,
  before?: CredentialDecided,
): string {
  const isUnchanged = before?.baseUrl === baseUrl && before.apiType === apiType
  return isUnchanged ? baseUrl : unwrap(normaliseBaseUrl(baseUrl, apiType))
}

/** The key as clients send it. */
export function keyFrom(typed: string, before?: Pick<CredentialDecided, 'apiKey'>): string {
  const key = typed.trim() || before?.apiKey
  if (key === undefined) return raise({ class: 'input', reason: 'required', field: 'apiKey' })
  if (!isWholeKey(key)) return raise({ class: 'input', reason: 'masked', field: 'apiKey' })
  // Anything else cannot travel in a header.
  if (!/^[\x21-\x7e]+$/.test(key))
    raise({ class: 'input', reason: 'malformed-key', field: 'apiKey' })
  return key
}

/** Two credentials of the same identity are one (`features/accounts-and-keys.md 7.1`). */
export function isSame(a: Given, b: Given): boolean {
  return a.apiType === b.apiType && a.baseUrl === b.baseUrl && a.apiKey === b.apiKey
}

export function newRecord(decided: CredentialDecided, nowMs: number): CredentialRecord {
  const fields = Object.keys(decided).map((field): [string, number] => [field, nowMs])
  return {
    id: newId('cred'),
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
    decided,
    decidedAtMs: Object.fromEntries(fields),
  }
}

/** The record with what is decided now; exactly the fields that differ are stamped. */
export function withDecided(
  record: CredentialRecord,
  decided: CredentialDecided,
  nowMs: number,
): CredentialRecord {
  const decidedAtMs = { ...record.decidedAtMs }
  const names = new Set([...Object.keys(decided), ...Object.keys(record.decided)])
  for (const name of names as Set<keyof CredentialDecided>) {
    const isEqual = JSON.stringify(decided[name]) === JSON.stringify(record.decided[name])
    if (!isEqual) decidedAtMs[name] = nowMs
  }
  return { ...record, updatedAtMs: nowMs, decided, decidedAtMs }
}
