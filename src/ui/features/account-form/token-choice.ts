import type { AccountAuth } from '@/src/domain/account'
import type { Recognition } from '@/src/domain/recognition'

/**
 * How a recognised account may prove itself: `found` the token the site showed, `cookie` this
 * browser's login, `paste` a token the person has, `create` a new token that stops the old one.
 */
export type TokenChoice = 'found' | 'cookie' | 'paste' | 'create'

/** What can be chosen, the default first. Nothing that changes the site is ever the default. */
export function tokenChoices(
  token: Recognition['token'],
  authModes: readonly AccountAuth['mode'][],
): readonly TokenChoice[] {
  const byToken: Record<Recognition['token'], readonly TokenChoice[]> = {
    found: ['found', 'cookie'],
    replaces: ['cookie', 'paste', 'create'],
    'by-hand': ['cookie', 'paste'],
  }
  return byToken[token].filter((choice) =>
    authModes.includes(choice === 'cookie' ? 'cookie' : 'token'),
  )
}
