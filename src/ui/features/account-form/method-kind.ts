import type { AuthMode } from '@/src/domain/site-description'

/** Access methods as a person tells them apart; the words are in the locale files. */
export type MethodKind = 'token' | 'cookie' | 'own-cookies' | 'own-session' | 'page-session'

/** @param isOwn the login is the account's own, not that of the browser or of a page. */
export function methodKind(mode: AuthMode, isOwn: boolean): MethodKind {
  if (mode === 'session') return isOwn ? 'own-session' : 'page-session'
  return mode === 'cookie' && isOwn ? 'own-cookies' : mode
}
