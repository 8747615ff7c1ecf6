import type { SiteType } from '@/src/domain/site-type'
import { RELATIVES, type RelativeType } from '@/src/sites/relatives/table'

import type { LogIn } from './console-login'
import { cookieLogin, storesUser } from './cookie-login'
import { sub2ApiLogin } from './sub2api-login'

/** The console of a relative, which names the user in a header of its own. */
const relative = (type: RelativeType): LogIn =>
  cookieLogin({ userHeader: RELATIVES[type].userHeader, storage: storesUser })

/** Pages of One Hub and DoneHub keep their user in memory (`contracts/donehub.md 11`). */
const hub = cookieLogin({ storage: () => ({}) })

/** `null` = nobody logs in there by password: a token has to be given. */
const LOGINS: Readonly<Record<SiteType, LogIn | null>> = {
  'new-api': cookieLogin({ storage: storesUser }),
  'one-api': cookieLogin({ storage: storesUser }),
  'done-hub': hub,
  'one-hub': hub,
  veloera: cookieLogin({ userHeader: 'Veloera-User', storage: storesUser }),
  sub2api: sub2ApiLogin,
  'any-router': relative('any-router'),
  'agent-router': relative('agent-router'),
  wong: relative('wong'),
  'model-flare': relative('model-flare'),
  // Its pages keep the user in two places (`contracts/other-sites.md 7.3`).
  'v-api': cookieLogin({
    userHeader: RELATIVES['v-api'].userHeader,
    storage: (user) => ({
      ...storesUser(user),
      'user-storage': JSON.stringify({ state: { user } }),
    }),
  }),
  voapi: relative('voapi'),
  'super-api': relative('super-api'),
  'rix-api': relative('rix-api'),
  'neo-api': relative('neo-api'),
  'open-router': null,
  aihubmix: null,
}

export const loginOf = (type: SiteType): LogIn | null => LOGINS[type]
