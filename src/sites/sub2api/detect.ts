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
    if (!settings.ok) return foreign(settings.failure) || null
    return { siteType: 'sub2api', evidence: [PROBE], status: toStatus(settings.value) }
  })
}

/** 401 in JSON with a `code` that is a text: the middleware of this family. */
async function refusesByName(ctx: SiteContext): Promise<boolean> {
  const asked = await settle(() => send(ctx, null, { path: ME }))
  if (!asked.ok) return foreign(asked.failure)
  const response = asked.value
  if (response.status === 401 && typeof parseBody(response)?.['code'] === 'string') return true
  const answer = classifyAnswer(response, factsOf(null, ME))
  return answer.ok ? false : foreign(answer.failure)
}

/** `false` = another software is there. @throws a failure that does not show that */
function foreign(failure: Failure): false {
  return SAYS_NOTHING.includes(failure.class) ? raise(failure) : false
}
