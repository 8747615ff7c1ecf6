import { raise, type Result, settle } from '@/src/domain/failure'
import type { Generation } from '@/src/domain/site-type'

import type { Access, SiteContext } from '../adapter'
import { classifyAnswer } from './classify'
import { RATES } from './groups'
import { factsOf, send } from './request'

/**
 * Tells servers with refresh tokens from older ones by a route that came with them
 * (`contracts/sub2api.md 1`). Unknown paths are 404 for everybody, so no proof is sent along; the
 * site may know it from a call before.
 */
export function probeGeneration(
  ctx: SiteContext,
  access: Access | null,
): Promise<Result<Generation>> {
  return settle(async () => {
    const response = await send(ctx, null, { path: RATES })
    const answer = classifyAnswer(response, factsOf(access, RATES))
    if (answer.ok || answer.failure.class === 'login') return 'sub2api-new'
    return answer.failure.class === 'unsupported' ? 'sub2api-old' : raise(answer.failure)
  })
}
