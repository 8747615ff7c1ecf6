import type { SiteDouble } from '../relays/kit/site-double'
import type { Sub2ApiRelay } from '../relays/sub2api/relay'

/** A user as a person logs in at the site. */
export interface FamilyUser {
  readonly id: number
  readonly username: string
  readonly password: string
  /** What is left at the start. */
  readonly dollars: number
}

export const MARA: FamilyUser = {
  id: 41,
  username: 'mara',
  password: 'password-of-mara',
  dollars: 12.34,
}

export const NOEL: FamilyUser = {
  id: 42,
  username: 'noel',
  password: 'password-of-noel',
  dollars: 56.78,
}

export const USERS = [MARA, NOEL]

/** What a test does to a site of any family. */
export interface FamilySite {
  readonly relay: SiteDouble
  setBalance(user: FamilyUser, dollars: number): void
  /** The access token the site has for a user; `null` = none, or the family has none. */
  accessTokenOf(user: FamilyUser): string | null
  /** Access tokens that were asked for and refresh tokens that were presented. */
  spent(): number
  /** Ends every login, as a new secret of the server does. */
  endLogins(): void
  /** Ends what a stored account of the user lives by; the user as they log in from then on. */
  expire(user: FamilyUser): FamilyUser
}

/** Quota units of one US dollar. */
export const POINTS = 500_000

interface PointRelay extends SiteDouble {
  readonly state: {
    readonly users: ReadonlyMap<number, { quota: number; accessToken: string | null }>
    secret: string
  }
}

/** A site that counts in quota units. `livesBy`: what its accounts are stored with. */
export function pointSite(relay: PointRelay, livesBy: 'token' | 'cookie'): FamilySite {
  const rowOf = ({ id }: FamilyUser) => relay.state.users.get(id)!
  const asked = (method: string) => relay.counters.count(method, '/api/user/token')
  const endLogins = () => {
    relay.state.secret = `${relay.state.secret}-renewed`
  }
  return {
    relay,
    setBalance: (user, dollars) => {
      rowOf(user).quota = Math.round(dollars * POINTS)
    },
    accessTokenOf: (user) => rowOf(user).accessToken,
    spent: () => asked('GET') + asked('POST'),
    endLogins,
    expire: (user) => {
      if (livesBy === 'token') rowOf(user).accessToken = 'fedcba9876543210fedcba9876543210'
      else endLogins()
      return user
    },
  }
}

/** A Sub2API site. `ends`: a new secret of the server, or a new password of the user. */
export function sub2ApiSite(relay: Sub2ApiRelay, ends: 'secret' | 'password'): FamilySite {
  const { state } = relay
  const rowOf = ({ id }: FamilyUser) => state.users.get(id)!
  const endLogins = () => {
    state.secret = `${state.secret}-renewed`
  }
  return {
    relay,
    setBalance: (user, dollars) => {
      rowOf(user).balance = dollars
    },
    accessTokenOf: () => null,
    spent: () => state.refreshLog.length,
    endLogins,
    expire: (user) => {
      const password = ends === 'password' ? 'a-new-password' : user.password
      if (ends === 'secret') endLogins()
      rowOf(user).password = password
      return { ...user, password }
    },
  }
}
