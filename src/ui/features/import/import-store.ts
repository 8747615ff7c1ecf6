import { create } from 'zustand'

import type { Failure } from '@/src/domain/failure'
import type { DetectedSite } from '@/src/domain/recognition'

import type { Found } from './candidates'

/** What is known of one site that was to be looked at. */
export type Outcome =
  | { readonly at: 'waiting' }
  | { readonly at: 'looking' }
  | { readonly at: 'recognised'; readonly site: DetectedSite }
  | { readonly at: 'failed'; readonly failure: Failure }
  /** The run ended before its turn came, or in the middle of it. */
  | { readonly at: 'stopped' }

/** An import under way; lasts as long as the options page is open, whichever page it shows. */
export interface ImportState {
  /** `null`: bookmarks have not been read. */
  readonly found: Found | null
  readonly step: 'choose' | 'results'
  readonly query: string
  readonly folder: string
  readonly includeStored: boolean
  readonly chosen: ReadonlySet<string>
  /** The browser's own question about access to sites. */
  readonly question: 'none' | 'open' | 'refused'
  /** Sites looked at, in that order. */
  readonly outcomes: ReadonlyMap<string, Outcome>
  /** Sites the browser granted for this import, and that were not given back yet. */
  readonly granted: ReadonlySet<string>
  /** Ends the run that is under way. */
  readonly run: AbortController | null
}

const NOTHING: ImportState = {
  found: null,
  step: 'choose',
  query: '',
  folder: '',
  includeStored: false,
  chosen: new Set(),
  question: 'none',
  outcomes: new Map(),
  granted: new Set(),
  run: null,
}

/** Outside the page's components: adding an account happens on another page, and one comes back. */
export const useImport = create<ImportState>()(() => NOTHING)

export function change(edit: Partial<ImportState>): void {
  useImport.setState(edit)
}

/** Marks these sites as chosen or not. */
export function choose(origins: readonly string[], isChosen: boolean): void {
  useImport.setState(({ chosen }) => {
    const next = new Set(chosen)
    for (const origin of origins) {
      if (isChosen) next.add(origin)
      else next.delete(origin)
    }
    return { chosen: next }
  })
}

export function note(origin: string, outcome: Outcome): void {
  useImport.setState(({ outcomes }) => ({ outcomes: new Map(outcomes).set(origin, outcome) }))
}

/** Forgets the import, bookmarks included. */
export function forget(): void {
  useImport.getState().run?.abort()
  useImport.setState(NOTHING)
}
