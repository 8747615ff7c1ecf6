import { failureOf, raise, type Result, settle } from '@/src/domain/failure'

import type { Access, SiteContext } from '../adapter'
import { fetchSelf } from './account'
import { fetchPayload, proofOf } from './request'
import { modelsSchema } from './schemas'

/** The user's own models by two names of the route, then everything the service offers. */
const PATHS = ['/api/user/available_models', '/call/usr/avail_mdls', '/api/v1/models'] as const

/**
 * Names of the models the user may call (`contracts/other-sites.md 5`): the first list that names
 * any. The console's own route gets the token like the others: the browser may be logged in as
 * somebody else.
 */
export function fetchModels(ctx: SiteContext, access: Access): Promise<Result<readonly string[]>> {
  return settle(async () => {
    await fetchSelf(ctx, access)
    for (const path of PATHS) {
      const names = await namesAt(ctx, access, path)
      if (names.length > 0) return names
    }
    return raise({ class: 'unsupported', reason: 'no-model-list' })
  })
}

/** What ends everything is no word on this list alone. */
const FATAL = ['cancelled', 'limit', 'network', 'access', 'internal', 'identity']

async function namesAt(ctx: SiteContext, access: Access, path: string): Promise<string[]> {
  try {
    const names = await fetchPayload(ctx, proofOf(access), { path }, modelsSchema)
    return [...new Set(names.filter((name) => name !== ''))]
  } catch (thrown) {
    if (FATAL.includes(failureOf(thrown).class)) throw thrown
    return []
  }
}
