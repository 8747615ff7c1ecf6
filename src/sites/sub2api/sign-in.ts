import * as z from 'zod/mini'

import { type Failure, failed, raise, type Result, settle } from '@/src/domain/failure'
import type { Json } from '@/src/net/transport'
import { readShape } from '@/src/net/envelope'

import type { SessionTokens, SignInForm, SiteContext, TabSession } from '../adapter'
import { readClaims } from './claims'
import { fetchData } from './request'
import { confirmSession } from './session'
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
 * `proof` and the reason `captcha` where the site wants one, before the password is sent, and with
 * `second-factor` where a code is missing. What was typed is in no failure.
 */
export async function signIn(
  ctx: SiteContext,
  form: SignInForm,
): Promise<Result<TabSession & { tokens: SessionTokens }>> {
  const made = await settle(async () => {
    if (wantsCaptcha(await fetchSettings(ctx))) raise({ class: 'proof', reason: 'captcha' })
    const askedAtMs = ctx.now()
    const answer = await logIn(ctx, form)
    // Only a hint: the site has to confirm it.
    const owner = answer.user?.id ?? readClaims(answer.access_token).user_id
    if (owner === undefined) return raise(unexpected('data.user'))
    const tokens = tokensFrom(answer, owner, askedAtMs, LOGIN)
    return { ...(await confirmSession(ctx, tokens)), tokens }
  })
  return made.ok ? made : failed(withoutWords(made.failure))
}

async function logIn(ctx: SiteContext, form: SignInForm): Promise<LoginAnswer> {
  const email = form.login.trim()
  const code = form.code?.replace(/\s/g, '') ?? ''
  const secrets = [form.login, form.password, code]
  const post = (path: string, body: Json) =>
    fetchData(ctx, null, { path, method: 'POST', body }, z.unknown(), secrets)

  const data = await post(LOGIN, { email, password: form.password })
  const challenge = challengeSchema.safeParse(data)
  if (!challenge.success) return readShape(data, loginSchema, { path: LOGIN })
  if (code === '') return raise({ class: 'proof', reason: 'second-factor', path: LOGIN })
  const { temp_token } = challenge.data
  const finished = await post(SECOND_FACTOR, { temp_token, totp_code: code })
  return readShape(finished, loginSchema, { path: SECOND_FACTOR })
}

function unexpected(field: string): Failure {
  return { class: 'changed-api', reason: 'unexpected-shape', field, path: LOGIN }
}

/** The site's own words may quote what was typed, in whatever disguise. */
function withoutWords({ detail: _, ...failure }: Failure): Failure {
  return failure
}
