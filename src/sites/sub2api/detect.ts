import { type Failure, raise, type Result, settle } from '@/src/domain/failure'
import type { Evidence } from '@/src/domain/recognition'

import type { Detection, SiteContext } from '../adapter'
import { classifyAnswer, parseBody } from './classify'
import { factsOf, ME, send } from './request'
import { fetchSettings, toStatus } from './settings'

const PROBE: Evidence = { sign: 'probe', detail: ME }

/** Failures that tell nothing about the software: nobody who speaks for the site answered. */
const SAYS_NOTHING: readonly Failure['class'][] = [
  'challenge',
  'limit',
  'network',
  'server',
  'access',
  'needs-tab',
  'cancelled',
  'internal',
]

/**
 * Recognises Sub2API by how it refuses a caller without a token and by its public settings
 * (`contracts/sub2api.md 3`). One of both is not enough: other software refuses in such words too.
 */
export function detect(ctx: SiteContext): Promise<Result<Detection | null>> {
  return settle(async () => {
    if (!(await refusesByName(ctx))) return null
    const settings = await settle(() => fetchSettings(ctx))
    if (!settings.ok) {
      expectForeign(settings.failure)
      return null
    }
    return { siteType: 'sub2api', evidence: [PROBE], status: toStatus(settings.value) }
  })
}

/** 401 in JSON with a `code` that is a text: the middleware of this family. */
async function refusesByName(ctx: SiteContext): Promise<boolean> {
  const asked = await settle(() => send(ctx, null, { path: ME }))
  if (asked.ok) {
    const response = asked.value
    if (response.status === 401 && typeof parseBody(response)?.['code'] === 'string') return true
  }
  const answer = asked.ok ? classifyAnswer(asked.value, factsOf(null, ME)) : asked
  if (!answer.ok) expectForeign(answer.failure)
  return false
}

/** Passes when a failure shows that another software is there. @throws it when it does not */
function expectForeign(failure: Failure): void {
  if (SAYS_NOTHING.includes(failure.class)) raise(failure)
}
