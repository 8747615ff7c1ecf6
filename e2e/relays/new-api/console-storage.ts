import type { RelayOptions } from './options'

/** Statements that keep `user` in more places of localStorage than the one all builds use (3.3). */
export function moreUserStorage({ generation, relative }: RelayOptions): string {
  if (relative?.special === 'v-api') {
    return `localStorage.setItem('user-storage', JSON.stringify({ state: { user }, version: 0 }))`
  }
  return generation === 'g1b' ? `localStorage.setItem('uid', String(user.id))` : ''
}
