import type { Group, KeyDraft, KeyEdit, KeyFeatures, KeyField } from './api-key'
import { isAddress, isRange } from './ip-form'

/**
 * What is wrong with a field of a draft.
 *
 * | reason | meaning |
 * |---|---|
 * | `empty` | it has to be filled in |
 * | `too-long` | more bytes than the family takes |
 * | `not-a-number`, `not-positive` | no amount; nothing to spend |
 * | `in-the-past` | it would have expired already |
 * | `not-an-address` | an entry is no IP address (or range, where the family takes ranges) |
 * | `not-offered` | the family has no such field, or the site offers no such group |
 * | `required` | the family needs one |
 */
export type DraftReason =
  | 'empty'
  | 'too-long'
  | 'not-a-number'
  | 'not-positive'
  | 'in-the-past'
  | 'not-an-address'
  | 'not-offered'
  | 'required'

export interface DraftProblem {
  readonly field: KeyField
  readonly reason: DraftReason
}

/** Groups of the site; `null` or absent = not known, so nothing is said about them. */
type Offered = readonly Pick<Group, 'name'>[] | null | undefined

/** Everything that keeps a draft from becoming a key; one problem per field, none = fine. */
export function draftProblems(
  draft: KeyDraft,
  features: KeyFeatures,
  nowMs: number,
  offeredGroups?: Offered,
): DraftProblem[] {
  const surplus = namesOf(draft).filter(
    (field) => !features.create.includes(field) && !isNeutral(draft[field]),
  )
  return problemsOf(draft, features, { nowMs, offeredGroups, surplus })
}

/** As {@link draftProblems}, for a change: whatever it names has to be changeable. */
export function editProblems(
  edit: KeyEdit,
  features: KeyFeatures,
  nowMs: number,
  offeredGroups?: Offered,
): DraftProblem[] {
  const surplus = namesOf(edit).filter((field) => !features.edit.includes(field))
  return problemsOf(edit, features, { nowMs, offeredGroups, surplus })
}

interface Around {
  readonly nowMs: number
  readonly offeredGroups: Offered
  /** Fields the family does not have. */
  readonly surplus: readonly KeyField[]
}

function problemsOf(
  edit: KeyEdit,
  features: KeyFeatures,
  { nowMs, offeredGroups, surplus }: Around,
): DraftProblem[] {
  return namesOf(edit).flatMap((field) => {
    const reason = surplus.includes(field)
      ? 'not-offered'
      : reasonOf(field, edit, features, nowMs, offeredGroups)
    return reason ? [{ field, reason }] : []
  })
}

function reasonOf(
  field: KeyField,
  edit: KeyEdit,
  features: KeyFeatures,
  nowMs: number,
  offered: Offered,
): DraftReason | null {
  switch (field) {
    case 'name':
      return nameReason(edit.name ?? '', features)
    case 'remaining':
      return amountReason(edit.remaining ?? null)
    case 'expiresAtMs':
      return expiryReason(edit.expiresAtMs ?? null, nowMs)
    case 'ipLimits':
      return addressReason(edit.ipLimits ?? [], features)
    case 'group':
      return groupReason(edit.group ?? '', features.groups === 'required', offered)
    case 'backupGroup':
      return groupReason(edit.backupGroup ?? '', false, offered)
    default:
      return null
  }
}

function nameReason(name: string, { nameBytes }: KeyFeatures): DraftReason | null {
  if (name.trim() === '') return 'empty'
  return utf8Bytes(name) > nameBytes ? 'too-long' : null
}

function amountReason(remaining: number | null): DraftReason | null {
  if (remaining === null) return null
  if (!Number.isFinite(remaining)) return 'not-a-number'
  return remaining > 0 ? null : 'not-positive'
}

function expiryReason(expiresAtMs: number | null, nowMs: number): DraftReason | null {
  if (expiresAtMs === null) return null
  if (!Number.isFinite(expiresAtMs)) return 'not-a-number'
  return expiresAtMs > nowMs ? null : 'in-the-past'
}

function addressReason(entries: readonly string[], { ipForm }: KeyFeatures): DraftReason | null {
  if (entries.length === 0) return null
  if (ipForm === 'none') return 'not-offered'
  const isFine = (entry: string) => isAddress(entry) || (ipForm === 'range' && isRange(entry))
  return entries.every(isFine) ? null : 'not-an-address'
}

function groupReason(group: string, isRequired: boolean, offered: Offered): DraftReason | null {
  if (group === '') return isRequired ? 'required' : null
  return offered && !offered.some(({ name }) => name === group) ? 'not-offered' : null
}

/** The fields that are said at all. */
function namesOf(edit: KeyEdit): KeyField[] {
  const names = Object.keys(edit) as KeyField[]
  return names.filter((field) => edit[field] !== undefined)
}

/** Whether a value asks for nothing a family would have to have. */
function isNeutral(value: KeyDraft[KeyField]): boolean {
  return !value || (Array.isArray(value) && value.length === 0)
}

/** Length in bytes of UTF-8: how servers count names (`contracts/new-api.md 6.3`). */
export function utf8Bytes(text: string): number {
  return new TextEncoder().encode(text).length
}

/** The longest beginning of whole characters that has at most `most` bytes of UTF-8. */
export function cutToBytes(text: string, most: number): string {
  let bytes = 0
  let kept = ''
  for (const character of text) {
    bytes += utf8Bytes(character)
    if (bytes > most) break
    kept += character
  }
  return kept
}
