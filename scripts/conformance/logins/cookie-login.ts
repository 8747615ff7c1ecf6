import * as z from 'zod/mini'

import { raise } from '@/src/domain/failure'
import { readData } from '@/src/net/envelope'
import type { SiteContext } from '@/src/sites/adapter'

import type { ConsoleLogin, LogIn } from './console-login'

/** How a member of the New API lineage differs. */
interface CookieConsole {
  /** The header its pages name the user in, also when they log out. */
  readonly userHeader?: string
  /** `localStorage` its pages fill with the user (`contracts/new-api.md 3.3`). */
  readonly storage: (user: object) => Readonly<Record<string, string>>
}

const PATH = '/api/user/login'

const bundle = z.object({ access_token: z.string(), user: z.object({ id: z.int() }) })
const secondStep = z.union([
  z.object({ require_2fa: z.literal(true) }),
  z.object({ require_verification: z.literal(true) }),
])
const answerSchema = z.union([bundle, secondStep, z.looseObject({ id: z.int() })])

/** Most pages of the lineage. */
export const storesUser: CookieConsole['storage'] = (user) => ({ user: JSON.stringify(user) })

/** A login by name and password that leaves a cookie (`contracts/new-api.md 2.7`). */
export function cookieLogin({ userHeader, storage }: CookieConsole): LogIn {
  return async (ctx, { username, password, turnstile }) => {
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
      return sessionLogin(ctx, String(bundle.parse(answer).user.id))
    }
    if (!('id' in answer)) return raise({ class: 'proof', reason: 'second-factor', path: PATH })
    const userId = String(answer.id)
    const headers = userHeader === undefined ? {} : { [userHeader]: userId }
    const logOut = () => end(ctx, { method: 'GET', path: '/api/user/logout', headers })
    return { userId, storage: storage(answer), secrets: [], logOut }
  }
}

/** G2+ keeps its session by a cookie alone: pages store nothing (`contracts/new-api.md 2.6`). */
function sessionLogin(ctx: SiteContext, userId: string): ConsoleLogin {
  const logOut = () => end(ctx, { method: 'POST', path: '/api/user/auth/logout', headers: {} })
  return { userId, storage: {}, secrets: [], logOut }
}

async function end(
  ctx: SiteContext,
  call: {
    readonly method: 'GET' | 'POST'
    readonly path: string
    readonly headers: Readonly<Record<string, string>>
  },
): Promise<void> {
  const budget = call.method === 'POST' ? 'critical' : 'general'
  const response = await ctx.transport({ ...call, cookies: 'include', budget })
  readData(response, z.unknown(), { path: call.path, secrets: [] })
}
