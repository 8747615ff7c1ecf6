import * as z from 'zod/mini'

import { failed, failureOf, raise, type Result, settle } from '@/src/domain/failure'
import { readData } from '@/src/net/envelope'

import type { Access, SecurityProof, SiteContext } from '../adapter'
import { fetchData, send } from './request'

const VERIFY = '/api/verify'
const METHODS = '/api/verify/methods'

/**
 * The scope of a user's own key. No contract names it, because upstream does not protect these
 * (`contracts/new-api.md 10.2`): it is formed as that of a channel's key, `channel.key.read`.
 */
const SCOPE = 'token.key.read'

/** G1 (10.2): the mark stays in the cookie session. G2+ (10.3): a proof to send along. */
const provenSchema = z.object({
  /** Epoch seconds. */
  expires_at: z.int().check(z.positive()),
  proof_token: z.optional(z.string().check(z.regex(/^[\x21-\x7e]{1,4096}$/))),
})

const methodsSchema = z.object({
  methods: z.array(z.object({ method: z.string(), available: z.boolean() })),
})

/**
 * Answers the site's question for a second factor with a code of the user's, an emergency code
 * included (`contracts/new-api.md 10`). Only a login of the browser can: what a G1 remembers sits in
 * its cookie, and G2+ take a bearer alone.
 */
export function prove(
  ctx: SiteContext,
  access: Access,
  code: string,
): Promise<Result<SecurityProof>> {
  if (access.kind === 'token') {
    return Promise.resolve(failed({ class: 'proof', reason: 'browser-login-needed', path: VERIFY }))
  }
  return settle(async () => {
    if (access.kind === 'bearer') await expectCodes(ctx, access)
    const question = { method: '2fa', code }
    const response = await send(ctx, access, {
      path: VERIFY,
      method: 'POST',
      body: access.kind === 'bearer' ? { ...question, scope: SCOPE } : question,
      budget: 'critical',
    })
    const bearer = access.kind === 'bearer' ? [access.bearer] : []
    const facts = { path: VERIFY, secrets: [code, ...bearer] }
    const { proof_token: token, expires_at: expiresAt } = readData(response, provenSchema, facts)
    if (access.kind === 'bearer' && token === undefined) {
      raise({
        class: 'changed-api',
        reason: 'unexpected-shape',
        field: 'proof_token',
        path: VERIFY,
      })
    }
    return { token: token ?? null, expiresAtMs: expiresAt * 1000 }
  })
}

/** G3 tells what it would take (10.3); a wrong guess there costs a try of the critical budget. */
async function expectCodes(ctx: SiteContext, access: Access): Promise<void> {
  try {
    const call = { path: METHODS, query: { scope: SCOPE } }
    const { methods } = await fetchData(ctx, access, call, methodsSchema)
    if (methods.some(({ method, available }) => method === '2fa' && available)) return
  } catch (thrown) {
    // G2 has no such question.
    if (failureOf(thrown).class === 'unsupported') return
    throw thrown
  }
  raise({ class: 'proof', reason: 'no-second-factor', path: METHODS })
}
