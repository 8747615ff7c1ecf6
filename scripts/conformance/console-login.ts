import * as z from 'zod/mini'

import { raise } from '@/src/domain/failure'
import { readData } from '@/src/net/envelope'
import type { SiteContext } from '@/src/sites/adapter'

import type { ConformanceOptions } from './arguments'

/** What a browser has after a login at the console. */
export interface ConsoleLogin {
  readonly userId: string
  /** `localStorage` as the front end fills it (`contracts/new-api.md 3.3`); empty on G2+. */
  readonly storage: Readonly<Record<string, string>>
  readonly hasSession: boolean
}

const PATH = '/api/user/login'

const bundle = z.object({ access_token: z.string(), user: z.object({ id: z.int() }) })
const secondStep = z.union([
  z.object({ require_2fa: z.literal(true) }),
  z.object({ require_verification: z.literal(true) }),
])
const answerSchema = z.union([bundle, secondStep, z.looseObject({ id: z.int() })])

/**
 * Logs in by password (`contracts/new-api.md 2.7`); the cookie stays in the transport's jar.
 *
 * @throws `proof/second-factor` when the site wants more than the password.
 */
export async function logIn(
  ctx: SiteContext,
  { username, password, turnstile }: NonNullable<ConformanceOptions['login']>,
): Promise<ConsoleLogin> {
  const response = await ctx.transport({
    method: 'POST',
    path: PATH,
    ...(turnstile === undefined ? {} : { query: { turnstile } }),
    body: { username, password },
    cookies: 'include',
    budget: 'critical',
  })
  const secrets = [password, ...(turnstile === undefined ? [] : [turnstile])]
  const answer = readData(response, answerSchema, { path: PATH, secrets })
  if ('access_token' in answer && 'user' in answer) {
    const session = bundle.parse(answer)
    return { userId: String(session.user.id), storage: {}, hasSession: true }
  }
  if (!('id' in answer)) return raise({ class: 'proof', reason: 'second-factor', path: PATH })
  return { userId: String(answer.id), storage: { user: JSON.stringify(answer) }, hasSession: false }
}

/** Ends the login that {@link logIn} made. */
export async function logOut(ctx: SiteContext, login: ConsoleLogin): Promise<void> {
  const path = login.hasSession ? '/api/user/auth/logout' : '/api/user/logout'
  const response = await ctx.transport({
    method: login.hasSession ? 'POST' : 'GET',
    path,
    cookies: 'include',
    budget: login.hasSession ? 'critical' : 'general',
  })
  readData(response, z.unknown(), { path, secrets: [] })
}
