import { createDoneHubRelay } from '../relays/done-hub/relay'
import type { DoneHubOptions } from '../relays/done-hub/options'
import { createNewApiRelay, type RelayOptions } from '../relays/new-api/relay'
import { createSub2ApiRelay, type Sub2ApiOptions } from '../relays/sub2api/relay'
import { createVeloeraRelay, type VeloeraOptions } from '../relays/veloera/relay'
import { type FamilySite, MARA, NOEL, POINTS, pointSite, sub2ApiSite, USERS } from './family-site'

const SITE_NAME = 'Harbour'
const TOKENS = new Map([
  [MARA.id, '0123456789abcdef0123456789abcdef'],
  [NOEL.id, '89abcdef0123456789abcdef01234567'],
])

const pointUsers = (hasTokens: boolean) =>
  USERS.map(({ id, username, password, dollars }) => ({
    id,
    username,
    password,
    quota: Math.round(dollars * POINTS),
    accessToken: hasTokens ? TOKENS.get(id)! : null,
    keys: [{ name: 'a key' }],
  }))

/** DoneHub or One Hub: every user has an access token, and the site shows it. */
export function hub(variant: DoneHubOptions['variant']): FamilySite {
  const users = pointUsers(true)
  return pointSite(createDoneHubRelay({ variant, systemName: SITE_NAME, users }), 'token')
}

/** Shows the access token of whoever has made one. */
export function veloera(generation: VeloeraOptions['generation'], hasTokens: boolean): FamilySite {
  const users = pointUsers(hasTokens)
  const relay = createVeloeraRelay({ generation, systemName: SITE_NAME, users })
  return pointSite(relay, hasTokens ? 'token' : 'cookie')
}

/** One API, New API or a relative: every user has an access token, and the site never shows it. */
export function newApi(options: Pick<RelayOptions, 'generation' | 'relative'>): FamilySite {
  const users = pointUsers(true)
  return pointSite(createNewApiRelay({ ...options, systemName: SITE_NAME, users }), 'cookie')
}

/** Old servers end logins by a new secret here, new ones by a new password. */
export function sub2Api(options: Pick<Sub2ApiOptions, 'generation'>): FamilySite {
  const users = USERS.map(({ id, username, password, dollars }) => ({
    id,
    username,
    email: `${username}@mail.example`,
    password,
    balance: dollars,
  }))
  const relay = createSub2ApiRelay({ ...options, siteName: SITE_NAME, users })
  return sub2ApiSite(relay, options.generation === 'old' ? 'secret' : 'password')
}
