import type { SiteContext } from '@/src/sites/adapter'

/** What a person types at a console. */
export interface Credentials {
  /** Name or, where the family logs in by it, e-mail address. */
  readonly username: string
  readonly password: string
  /** A solved challenge, sent with the login. */
  readonly turnstile?: string
}

/** What a browser has after a login at the console, beside its cookies. */
export interface ConsoleLogin {
  readonly userId: string
  /** `localStorage` as the front end leaves it. */
  readonly storage: Readonly<Record<string, string>>
  /** What of it no note may show. */
  readonly secrets: readonly string[]
  /** Ends the login, as the console's button does. */
  readonly logOut: () => Promise<void>
  /** Ends another session of the user, where a session is more than a cookie. */
  readonly endSession?: (refreshToken: string | null) => Promise<void>
}

/**
 * Logs in as the console of a family does; cookies stay in the transport's jar.
 *
 * @throws `proof/second-factor` when the site wants more than the password.
 */
export type LogIn = (ctx: SiteContext, credentials: Credentials) => Promise<ConsoleLogin>
