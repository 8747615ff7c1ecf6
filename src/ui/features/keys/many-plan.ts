import type { KeyDraft, KeyFeatures } from '@/src/domain/api-key'
import { type DraftProblem, draftProblems } from '@/src/domain/key-draft'
import { KEY_FIELDS, type KeyField } from '@/src/domain/key-values'

import { draftOf, type KeyFormValues } from './form-values'
import type { KeySection } from './key-entries'

/** Why an account cannot get the key that is described. */
export type LeftOutReason =
  | 'name-too-long'
  | 'group-required'
  | 'group-not-offered'
  | 'no-ranges'
  | 'no-points'
  | 'no-such-limit'

/** What is made for one account. */
export interface PlannedKey {
  readonly section: KeySection
  /** In the account's own unit. */
  readonly draft: KeyDraft
  readonly leftOut: LeftOutReason | null
}

/** Fields that mean the same everywhere; models differ from site to site. */
const MANY_FIELDS = ['name', 'group', 'remaining', 'expiresAtMs', 'ipLimits'] as const

/** A family that can do everything: what it finds wrong is wrong everywhere. */
const ANY_FAMILY: KeyFeatures = {
  create: [...KEY_FIELDS],
  edit: [],
  nameBytes: Infinity,
  groups: 'optional',
  ipForm: 'range',
  expiryInDays: false,
  canDisable: false,
  canRemove: false,
  secret: 'listed',
}

/** What is wrong with the values whatever the account. */
export function commonProblems(values: KeyFormValues, section: KeySection, nowMs: number) {
  const draft = draftOf(values, MANY_FIELDS, section.account, nowMs)
  return draftProblems(draft, ANY_FAMILY, nowMs)
}

/** The key each account would get. Every asked limit is kept, or the account is left out. */
export function planMany(
  sections: readonly KeySection[],
  values: KeyFormValues,
  nowMs: number,
): PlannedKey[] {
  return sections.map((section) => {
    const { account, list } = section
    const draft = draftOf(values, MANY_FIELDS, account, nowMs)
    const hasNoPoints = !values.unlimited && values.currency === 'points' && account.unit === 'usd'
    const problems = draftProblems(draft, list.features, nowMs, list.groups)
    return {
      section,
      draft,
      leftOut: hasNoPoints ? 'no-points' : (problems.map(reasonOf).find(Boolean) ?? null),
    }
  })
}

function reasonOf({ field, reason }: DraftProblem): LeftOutReason | null {
  if (field === 'name') return reason === 'too-long' ? 'name-too-long' : null
  if (field === 'group') return reason === 'required' ? 'group-required' : 'group-not-offered'
  if (reason === 'not-an-address') return 'no-ranges'
  return reason === 'not-offered' ? 'no-such-limit' : null
}

/** Accounts that get the very same key, for one message each. */
export function portionsOf(plan: readonly PlannedKey[], most: number): PlannedKey[][] {
  const same = new Map<string, PlannedKey[]>()
  for (const planned of plan) {
    const key = JSON.stringify(planned.draft)
    same.set(key, [...(same.get(key) ?? []), planned])
  }
  return [...same.values()].flatMap((those) => {
    const count = Math.ceil(those.length / most)
    return Array.from({ length: count }, (_, at) => those.slice(at * most, (at + 1) * most))
  })
}

/** Every group that one of the accounts is known to have. */
export function groupsOf(sections: readonly KeySection[]): string[] {
  const names = sections.flatMap(({ list }) => list.groups?.map(({ name }) => name) ?? [])
  return [...new Set(names)].sort()
}

/** Whether any of the accounts' families has the field. */
export function anyHas(sections: readonly KeySection[], field: KeyField): boolean {
  return sections.some(({ list }) => list.features.create.includes(field))
}
