import type { Failure } from '@/src/domain/failure'
import type { Recognition } from '@/src/domain/recognition'

import { type Draft, type DraftValues, emptyDraft, fillIn, typeInto } from './draft'

/** Where adding an account stands. */
export type AddStep =
  | { readonly at: 'address' }
  /** The browser's own question about access is open. */
  | { readonly at: 'asking' }
  | { readonly at: 'refused' }
  | { readonly at: 'recognising' }
  /** Only the person can go on: open the site, or log in there. */
  | { readonly at: 'waiting'; readonly why: 'needs-tab' | 'login'; readonly opened: boolean }
  | { readonly at: 'recognised'; readonly recognition: Recognition }
  | { readonly at: 'by-hand'; readonly failure?: Failure }

export interface AddState {
  readonly step: AddStep
  /** Outlives the steps: what was typed is never lost to a new try. */
  readonly draft: Draft
  readonly tabId?: number
}

export type AddEvent =
  | { readonly type: 'typed'; readonly edit: Partial<DraftValues> }
  | { readonly type: 'asked-for-access' }
  | { readonly type: 'access-refused' }
  | { readonly type: 'recognising' }
  | { readonly type: 'recognised'; readonly recognition: Recognition }
  | { readonly type: 'not-recognised'; readonly failure: Failure }
  | { readonly type: 'site-opened'; readonly tabId: number }
  | { readonly type: 'chose-by-hand' }
  | { readonly type: 'went-back' }

export function startAdding(origin: string, tabId?: number): AddState {
  return {
    step: { at: 'address' },
    draft: emptyDraft(origin),
    ...(tabId === undefined ? {} : { tabId }),
  }
}

export function nextAddState(state: AddState, event: AddEvent): AddState {
  switch (event.type) {
    case 'typed':
      return { ...state, draft: typeInto(state.draft, event.edit) }
    case 'asked-for-access':
      return { ...state, step: { at: 'asking' } }
    case 'access-refused':
      return { ...state, step: { at: 'refused' } }
    case 'recognising':
      return { ...state, step: { at: 'recognising' } }
    case 'recognised':
      return {
        ...state,
        step: { at: 'recognised', recognition: event.recognition },
        draft: fillIn(state.draft, valuesOf(event.recognition)),
      }
    case 'not-recognised':
      return { ...state, step: stepAfter(event.failure) }
    case 'site-opened':
      return { ...state, ...knownTab(event.tabId), step: opened(state.step) }
    case 'chose-by-hand':
      return { ...state, step: { at: 'by-hand' } }
    case 'went-back':
      return { ...state, step: { at: 'address' } }
  }
}

function valuesOf(recognition: Recognition): Partial<DraftValues> {
  return {
    origin: recognition.origin,
    siteType: recognition.siteType,
    name: recognition.siteName,
    userId: recognition.userId,
    username: recognition.username,
    exchangeRate: String(recognition.exchangeRate),
  }
}

function stepAfter(failure: Failure): AddStep {
  if (failure.class === 'access') return { at: 'refused' }
  if (failure.class === 'needs-tab' || failure.class === 'login') {
    return { at: 'waiting', why: failure.class, opened: false }
  }
  return { at: 'by-hand', failure }
}

function opened(step: AddStep): AddStep {
  return step.at === 'waiting' ? { ...step, opened: true } : step
}

/** A browser may not tell the id of a tab it opened. */
function knownTab(tabId: number): { tabId?: number } {
  return tabId >= 0 ? { tabId } : {}
}
