import * as z from 'zod/mini'

import { raise, unwrap } from '@/src/domain/failure'
import { readShape } from '@/src/net/envelope'
import type { Json } from '@/src/net/transport'
import type { SiteContext } from '@/src/sites/adapter'
import { classifyAnswer } from '@/src/sites/sub2api/classify'

import type { ConsoleLogin, Credentials } from './console-login'

const LOGIN = '/api/v1/auth/login'
const LOGOUT = '/api/v1/auth/logout'

const challengeSchema = z.object({ requires_2fa: z.literal(true) })
const answerSchema = z.object({
  access_token: z.string(),
  refresh_token: z.optional(z.string()),
  /** Seconds. */
  expires_in: z.optional(z.number()),
  user: z.looseObject({ id: z.int() }),
})

type Answer = z.infer<typeof answerSchema>

/** Logs in by e-mail address and password; the page keeps all of it (`contracts/sub2api.md 4, 5`). */
export async function sub2ApiLogin(
  ctx: SiteContext,
  { username: email, password, turnstile }: Credentials,
): Promise<ConsoleLogin> {
  const askedAtMs = ctx.now()
  const body = {
    email,
    password,
    ...(turnstile === undefined ? {} : { turnstile_token: turnstile }),
  }
  const data = await post(ctx, LOGIN, body, Object.values(body))
  if (challengeSchema.safeParse(data).success) {
    return raise({ class: 'proof', reason: 'second-factor', path: LOGIN })
  }
  const answer = readShape(data, answerSchema, { path: LOGIN })
  const { access_token: bearer, refresh_token: refresh = null, user } = answer
  return {
    userId: String(user.id),
    storage: storageOf(answer, askedAtMs),
    secrets: refresh === null ? [bearer] : [bearer, refresh],
    logOut: () => endSession(ctx, refresh),
    endSession: (token) => endSession(ctx, token),
  }
}

/** Ends a session at the site; its access token lives on until it expires. */
async function endSession(ctx: SiteContext, refreshToken: string | null): Promise<void> {
  const body = refreshToken === null ? {} : { refresh_token: refreshToken }
  await post(ctx, LOGOUT, body, Object.values(body))
}

/** What the page stores; old servers give neither an expiry nor a refresh token. */
function storageOf(answer: Answer, askedAtMs: number): Record<string, string> {
  const { access_token, refresh_token, expires_in, user } = answer
  return {
    auth_token: access_token,
    auth_user: JSON.stringify(user),
    ...(expires_in === undefined
      ? {}
      : { token_expires_at: String(Math.round(askedAtMs + expires_in * 1000)) }),
    ...(refresh_token === undefined ? {} : { refresh_token }),
  }
}

async function post(
  ctx: SiteContext,
  path: string,
  body: Json,
  secrets: readonly string[],
): Promise<unknown> {
  const call = { method: 'POST', path, body, cookies: 'omit', budget: 'general' } as const
  const response = await ctx.transport(call)
  return unwrap(classifyAnswer(response, { path, secrets }))['data']
}
