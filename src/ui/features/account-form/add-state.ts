import type { Failure } from '@/src/domain/failure'
import type { DetectedSite, Recognition } from '@/src/domain/recognition'
import type { SiteDescription } from '@/src/domain/site-description'
import type { SiteType } from '@/src/domain/site-type'

import { type AddStep, isForm, stepAfter } from './add-step'
import { type Draft, type DraftValues, emptyDraft, fillIn, leadsElsewhere, typeInto } from './draft'
import { knownTab } from './look-at-site'

/** What was looked at last, and what is known of it. */
export interface Looked {
  /** `null` = nothing yet. */
  readonly origin: string | null
  /** The person's own word on what runs there. */
  readonly chosenType?: SiteType | undefined
  readonly detected: DetectedSite | null
}

export interface AddState {
  readonly step: AddStep
  /** Outlives the steps: what was typed is never lost to a new try. */
  readonly draft: Draft
  readonly looked: Looked
  readonly tabId: number | undefined
}

export type AddEvent =
  | { readonly type: 'typed'; readonly edit: Partial<DraftValues> }
  | { readonly type: 'asked-for-access' }
  | { readonly type: 'access-refused' }
  | {
      readonly type: 'recognising'
      readonly origin: string
      readonly chosenType: SiteType | undefined
    }
  | { readonly type: 'recognised'; readonly recognition: Recognition }
  | {
      readonly type: 'stopped'
      readonly detected: DetectedSite | null
      readonly failure: Failure
      /** The family of what was detected. */
      readonly site: SiteDescription | undefined
    }
  | { readonly type: 'site-opened'; readonly tabId: number }
  | { readonly type: 'wants-captcha' }
  | { readonly type: 'chose-by-hand' }
  | { readonly type: 'chose-sign-in' }
  | { readonly type: 'went-back' }

export function startAdding(origin: string, tabId: number | undefined): AddState {
  return {
    step: { at: 'address' },
    draft: emptyDraft(origin),
    looked: { origin: null, detected: null },
    tabId,
  }
}

export function nextAddState(state: AddState, event: AddEvent): AddState {
  switch (event.type) {
    case 'typed':
      return typed(state, event.edit)
    case 'asked-for-access':
      return isForm(state.step) ? state : { ...state, step: { at: 'asking' } }
    case 'access-refused':
      return { ...state, step: { at: 'refused' } }
    case 'recognising':
      return looking(state, event)
    case 'recognised': {
      const { recognition } = event
      return { ...found(state, recognition), step: { at: 'recognised', recognition } }
    }
    case 'stopped':
      return { ...found(state, event.detected), step: stepAfter(event.failure, event.site) }
    case 'site-opened':
      return { ...state, tabId: knownTab(event.tabId) ?? state.tabId, step: opened(state.step) }
    case 'wants-captcha':
      return { ...state, step: { at: 'waiting', why: 'captcha', opened: false } }
    case 'chose-by-hand':
      return { ...state, step: { at: 'by-hand' } }
    case 'chose-sign-in':
      return { ...state, draft: signingIn(state), step: { at: 'by-hand', signsIn: true } }
    case 'went-back':
      return { ...state, step: { at: 'address' } }
  }
}

function typed(state: AddState, edit: Partial<DraftValues>): AddState {
  const looked = leadsElsewhere(state.draft, edit)
    ? { ...state.looked, detected: null, chosenType: undefined }
    : state.looked
  return { ...state, looked, draft: typeInto(state.draft, edit) }
}

function looking(
  state: AddState,
  { origin, chosenType }: Extract<AddEvent, { type: 'recognising' }>,
): AddState {
  return {
    ...state,
    step: { at: 'recognising' },
    looked: { origin, chosenType, detected: null },
    draft: chosenType ? typeInto(state.draft, { siteType: chosenType }) : state.draft,
  }
}

/** Signing in was offered for what was recognised, whatever type stood in the form before. */
function signingIn({ draft, looked }: AddState): Draft {
  const { siteType } = looked.detected ?? draft.values
  return { ...draft, values: { ...draft.values, siteType, method: 'session' } }
}

/** What is known of a site stands in the form, also when nobody is logged in there. */
function found(state: AddState, site: DetectedSite | Recognition | null): AddState {
  if (!site) return state
  const draft = fillIn(state.draft, {
    origin: site.origin,
    siteType: site.siteType,
    name: site.siteName,
    exchangeRate: String(site.exchangeRate),
    ...('userId' in site ? { userId: site.userId, username: site.username } : {}),
  })
  return { ...state, draft, looked: { ...state.looked, detected: site } }
}

function opened(step: AddStep): AddStep {
  return step.at === 'waiting' ? { ...step, opened: true } : step
}
