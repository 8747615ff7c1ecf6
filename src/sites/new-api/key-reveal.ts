import * as z from 'zod/mini'

import { type Failure, failureOf, raise } from '@/src/domain/failure'
import { isWholeKey } from '@/src/domain/whole-key'

import type { Access, SecurityProof, SiteContext } from '../adapter'
import { withPrefix } from './api-key'
import { numberOf } from './key-change'
import type { RevealRoutes } from './key-family'
import { KEYS } from './keys'
import { type Call, fetchData } from './request'

/** `POST /api/token/batch/keys` takes so many (`contracts/new-api.md 6.2`). */
export const MOST_AT_ONCE = 100

const oneSchema = z.object({ key: z.string() })
const manySchema = z.object({ keys: z.record(z.string(), z.string()) })

type Shown = ReadonlyMap<string, string>

interface RevealOptions {
  readonly proof?: SecurityProof | undefined
  readonly atOnce: number
}

/**
 * Full keys by id, from one call of the critical budget: the call for many, or, for one key and where
 * that is missing, the call for the first key alone. So an answer about fewer keys than `atOnce`
 * allowed is no failure; the caller goes on with the rest.
 *
 * @throws `unsupported`/`no-reveal` where the server hides keys and never shows one;
 *   `proof`/`verification-required` where it asks for a second factor, `browser-login-needed` where
 *   an access token cannot answer that
 */
export async function revealKeys(
  routes: RevealRoutes,
  ctx: SiteContext,
  access: Access,
  keyIds: readonly string[],
  { proof, atOnce }: RevealOptions,
): Promise<Shown> {
  const [first] = keyIds
  if (first === undefined) return new Map()
  const securityProof = proof?.token ?? undefined
  try {
    const many = keyIds.slice(0, Math.min(atOnce, routes.most ?? 1))
    const shown = many.length > 1 ? await revealMany(ctx, access, many, securityProof) : null
    return shown ?? (await revealOne(routes, ctx, access, first, securityProof))
  } catch (thrown) {
    return raise(askingForProof(failureOf(thrown)), thrown)
  }
}

/** `null` = the server has no such call. */
async function revealMany(
  ctx: SiteContext,
  access: Access,
  keyIds: readonly string[],
  securityProof: string | undefined,
): Promise<Shown | null> {
  const call: Call = {
    path: `${KEYS}batch/keys`,
    method: 'POST',
    body: { ids: keyIds.map(numberOf) },
    budget: 'critical',
    securityProof,
  }
  const answer = await ifThere(() => fetchData(ctx, access, call, manySchema))
  return answer && wholeOnly(keyIds.map((id) => [id, answer.keys[id]]))
}

async function revealOne(
  { one }: RevealRoutes,
  ctx: SiteContext,
  access: Access,
  keyId: string,
  securityProof: string | undefined,
): Promise<Shown> {
  const path = `${KEYS}${String(numberOf(keyId))}/key`
  for (const method of one) {
    const call: Call = { path, method, budget: 'critical', securityProof }
    const answer = await ifThere(() => fetchData(ctx, access, call, oneSchema))
    if (answer) return wholeOnly([[keyId, answer.key]])
  }
  return raise({ class: 'unsupported', reason: 'no-reveal', path })
}

/** `null` for a route the server does not have. */
async function ifThere<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (thrown) {
    if (failureOf(thrown).class !== 'unsupported') throw thrown
    return null
  }
}

/** As clients send them; a masked text is no answer. */
function wholeOnly(keys: readonly (readonly [string, string | undefined])[]): Shown {
  const texts = keys.map(([id, key]) => [id, withPrefix(key ?? '')] as const)
  return new Map(texts.filter(([, text]) => isWholeKey(text)))
}

/** Forks that protect the user's own keys ask as others ask for a channel's (10.2, 10.3). */
function askingForProof(failure: Failure): Failure {
  if (failure.class === 'proof') return { ...failure, reason: 'verification-required' }
  return failure.reason === 'auth-session-required'
    ? { ...failure, class: 'proof', reason: 'browser-login-needed' }
    : failure
}
