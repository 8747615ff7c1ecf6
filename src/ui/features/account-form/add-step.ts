import type { Failure } from '@/src/domain/failure'
import type { Recognition } from '@/src/domain/recognition'
import type { SiteDescription } from '@/src/domain/site-description'

/**
 * What only the person can do. `needs-tab`: open the site. `shielded`: pass its protection page in
 * a tab. `login`: log in there. `captcha`: log in there, as the sign-in here cannot show a captcha.
 */
export type WaitingFor = 'needs-tab' | 'shielded' | 'login' | 'captcha'

/** Where adding an account stands. */
export type AddStep =
  | { readonly at: 'address' }
  /** The browser's own question about access is open. */
  | { readonly at: 'asking' }
  | { readonly at: 'refused' }
  | { readonly at: 'recognising' }
  | { readonly at: 'waiting'; readonly why: WaitingFor; readonly opened: boolean }
  | { readonly at: 'recognised'; readonly recognition: Recognition }
  /** `signsIn`: reached in order to sign in. */
  | { readonly at: 'by-hand'; readonly failure?: Failure; readonly signsIn?: true }

/** Where to go on after recognition stopped. `site`: the family, where that much is known. */
export function stepAfter(failure: Failure, site: SiteDescription | undefined): AddStep {
  if (failure.class === 'access') return { at: 'refused' }
  const waits = waitingFor(failure)
  // Pages of a service that only takes tokens give no login away: opening one leads nowhere.
  if (failure.reason === 'no-page-login' || (waits && takesOnlyTokens(site))) {
    return { at: 'by-hand' }
  }
  return waits ? { at: 'waiting', why: waits, opened: false } : { at: 'by-hand', failure }
}

/** What a failure waits for, if the person can do it at the site. */
export function waitingFor({ class: kind, reason }: Failure): WaitingFor | null {
  if (kind === 'needs-tab') return reason === 'shielded' ? 'shielded' : 'needs-tab'
  if (kind === 'proof' && reason === 'captcha') return 'captcha'
  return kind === 'login' ? 'login' : null
}

/** Whether somebody fills in the step; it must not vanish under a question of the browser. */
export function isForm({ at }: AddStep): boolean {
  return at === 'by-hand' || at === 'recognised' || at === 'waiting'
}

function takesOnlyTokens(site: SiteDescription | undefined): boolean {
  return site?.hosted !== undefined && site.authModes.every((mode) => mode === 'token')
}
