import * as z from 'zod/mini'

import { raise } from '@/src/domain/failure'

import type { SessionTokens } from '../adapter'
import { readClaims } from './claims'
import { claimedMs } from './page'
import { lenient, tokenText, userId } from './schemas'

/**
 * A login's answer: everything but the access token may be missing, on old servers and while the
 * store of refresh tokens is down (`contracts/sub2api.md 4.1`).
 */
export const loginSchema = z.object({
  access_token: tokenText,
  refresh_token: lenient(tokenText),
  /** Seconds. */
  expires_in: lenient(z.number().check(z.positive())),
  user: lenient(z.object({ id: userId })),
})

export type LoginAnswer = z.infer<typeof loginSchema>

/** A renewal's answer: incomplete, it is none (`contracts/sub2api.md 4.3`). */
export const pairSchema = z.object({
  access_token: tokenText,
  refresh_token: tokenText,
  expires_in: z.number().check(z.positive()),
})

const SHAPELESS = { class: 'changed-api', reason: 'unexpected-shape' } as const

/**
 * The tokens of an answer.
 *
 * @param askedAtMs when it was asked for: a slow answer has used up part of its life
 * @throws `identity` when the token says it is another user's, `changed-api` when nothing tells how
 *   long it lives
 */
export function tokensFrom(
  answer: Pick<LoginAnswer, 'access_token' | 'refresh_token' | 'expires_in'>,
  owner: string,
  askedAtMs: number,
  path: string,
): SessionTokens {
  const claims = readClaims(answer.access_token)
  if (claims.user_id !== undefined && claims.user_id !== owner) {
    raise({ class: 'identity', reason: 'user-mismatch', path })
  }
  const { expires_in: seconds } = answer
  const expiresAtMs =
    seconds === undefined ? claimedMs(claims.exp) : Math.round(askedAtMs + seconds * 1000)
  return {
    userId: owner,
    bearer: answer.access_token,
    expiresAtMs: expiresAtMs ?? raise({ ...SHAPELESS, field: 'data.expires_in', path }),
    refreshToken: answer.refresh_token ?? null,
  }
}
