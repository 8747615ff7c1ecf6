import type { KeyDraft, KeyEdit, KeyFeatures } from '@/src/domain/api-key'
import { raise } from '@/src/domain/failure'
import { type DraftProblem, draftProblems, editProblems } from '@/src/domain/key-draft'

/**
 * Refuses a draft the family cannot carry out before anything is sent: a limit that is left out
 * silently makes a key that may do more than its owner wants.
 *
 * @throws `input` with the field's name and a `DraftReason`
 */
export function expectDraft(draft: KeyDraft, features: KeyFeatures, nowMs: number): void {
  refuse(draftProblems(draft, features, nowMs))
}

/** As {@link expectDraft}, for a change. */
export function expectEdit(edit: KeyEdit, features: KeyFeatures, nowMs: number): void {
  refuse(editProblems(edit, features, nowMs))
}

function refuse([problem]: readonly DraftProblem[]): void {
  if (problem) raise({ class: 'input', ...problem })
}
