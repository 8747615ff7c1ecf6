import { failureOf, raise, unwrap } from '@/src/domain/failure'
import type { Recognised } from '@/src/domain/recognition'
import type { SiteType } from '@/src/domain/site-type'
import { createTrace, withTrace } from '@/src/net/trace'
import type { SignInForm } from '@/src/sites/adapter'

import type { AccountBook } from './account-book'
import { type DraftPorts, keepDraft } from './drafts'
import { describe, type DetectPorts, recognitionOf } from './recognise'

export interface SignInPorts extends DetectPorts, DraftPorts {
  readonly book: AccountBook
}

/**
 * Signs in at a site and keeps the session as a draft: one that is ours alone, so that renewing it
 * disturbs no page. What the user typed is used for this once and kept nowhere.
 */
export async function signIn(
  ports: SignInPorts,
  { origin, siteType, ...form }: SignInForm & { origin: string; siteType: SiteType },
): Promise<Recognised> {
  const trace = createTrace(ports.now)
  try {
    if (!(await ports.hasAccess(origin))) raise({ class: 'access', reason: 'not-granted' })
    const adapter = ports.adapterFor(siteType)
    const { sessions } = adapter
    if (!sessions) return raise({ class: 'unsupported', reason: 'no-sessions' })
    const transport = trace.wrap(ports.transportTo(origin), 'worker')
    const ctx = { origin, transport, now: ports.now }
    const status = await adapter.fetchStatus(ctx)
    const detected = describe(
      origin,
      { siteType, evidence: [{ sign: 'chosen' }], status: status.ok ? status.value : {} },
      adapter,
    )
    const session = unwrap(await sessions.signIn(ctx, form))
    // One that nobody can renew would be no session of its own.
    if (session.tokens.refreshToken === null) raise({ class: 'unsupported', reason: 'no-sessions' })
    const recognition = await recognitionOf(ports.book, detected, session, ['own-session'])
    await keepDraft(ports, recognition, session, session.tokens.refreshToken)
    return { detected, recognition }
  } catch (thrown) {
    const failure = withTrace(failureOf(thrown), trace.steps())
    return { detected: null, recognition: null, failure }
  }
}
