import * as z from 'zod/mini'

import { failureOf, raise, type Result, settle, unwrap } from '@/src/domain/failure'
import { readShape } from '@/src/net/envelope'

import type { Access, SessionTokens, SignInForm, SiteContext, TabSession } from '../adapter'
import { fetchSelf, toFigures } from './account'
import { readClaims } from './claims'
import { probeGeneration } from './generation'
import { fetchData } from './request'
import { fetchSettings, wantsCaptcha } from './settings'
import { type LoginAnswer, loginSchema, tokensFrom } from './tokens'

const LOGIN = '/api/v1/auth/login'
const SECOND_FACTOR = '/api/v1/auth/login/2fa'

const challengeSchema = z.object({
  requires_2fa: z.literal(true),
  temp_token: z.string().check(z.minLength(1), z.maxLength(8192)),
})

/**
 * Makes a session for the extension alone (`contracts/sub2api.md 4.1, 4.4`, 6 mode B). Fails with
 * `proof` and the reason `captcha` before the password is sent where the site wants one, and with
 * `second-factor` where a code is missing. What was typed is in no failure.
 */
export function signIn(
  ctx: SiteContext,
  form: SignInForm,
): Promise<Result<TabSession & { tokens: SessionTokens }>> {
  return settle(async () => {
    if (wantsCaptcha(await fetchSettings(ctx))) raise({ class: 'proof', reason: 'captcha' })
    const askedAtMs = ctx.now()
    const answer = await withoutWords(logIn(ctx, form))
    return sessionFrom(ctx, answer, askedAtMs)
  })
}

async function logIn(ctx: SiteContext, form: SignInForm): Promise<LoginAnswer> {
  const { login, password, code } = form
  const body = { email: login.trim(), password }
  const data = await fetchData(ctx, null, { path: LOGIN, method: 'POST', body }, z.unknown())
  const challenge = challengeSchema.safeParse(data)
  if (!challenge.success) return readShape(data, loginSchema, { path: LOGIN })
  const digits = code?.replace(/\s/g, '')
  if (!digits) return raise({ class: 'proof', reason: 'second-factor', path: LOGIN })
  return fetchData(
    ctx,
    null,
    {
      path: SECOND_FACTOR,
      method: 'POST',
      body: { temp_token: challenge.data.temp_token, totp_code: digits },
    },
    loginSchema,
  )
}

/** A login nobody confirmed is none: the new bearer has to name its user itself. */
async function sessionFrom(
  ctx: SiteContext,
  answer: LoginAnswer,
  askedAtMs: number,
): Promise<TabSession & { tokens: SessionTokens }> {
  const owner = answer.user?.id ?? readClaims(answer.access_token).user_id
  if (owner === undefined) {
    return raise({ class: 'changed-api', reason: 'no-user', field: 'data.user', path: LOGIN })
  }
  const tokens = tokensFrom(answer, owner, askedAtMs, LOGIN)
  const access = accessOf(tokens)
  const self = await fetchSelf(ctx, access)
  const isNew = tokens.refreshToken !== null
  return {
    access,
    figures: toFigures(self),
    generation: isNew ? 'sub2api-new' : unwrap(await probeGeneration(ctx)),
    existingToken: null,
    tokenCreation: 'none',
    tokens,
  }
}

export function accessOf({ userId, bearer, expiresAtMs }: SessionTokens): Access {
  return { kind: 'bearer', userId, bearer, expiresAtMs }
}

/** The site's own words may quote what was typed, in any disguise: they are left out. */
async function withoutWords<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (thrown) {
    const { detail: _, ...failure } = failureOf(thrown)
    return raise(failure)
  }
}
