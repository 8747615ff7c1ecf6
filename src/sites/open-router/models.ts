import { type Result, settle } from '@/src/domain/failure'

import type { Access, SiteContext } from '../adapter'
import { provenKey } from './identity'
import { fetchBody } from './request'
import { modelsSchema } from './schemas'

const PATH = '/models/user'
const MOST_PAGES = 100

/**
 * Names of the models the user may call (`contracts/other-sites.md 4`), page after page as the
 * answers name the next one, as long as it is one of the same list.
 */
export function fetchModels(ctx: SiteContext, access: Access): Promise<Result<readonly string[]>> {
  return settle(async () => {
    const key = await provenKey(ctx, access)
    const names = new Set<string>()
    let query: Record<string, string> | null = {}
    for (let asked = 0; query !== null && asked < MOST_PAGES; asked += 1) {
      const page = await fetchModelPage(ctx, key, query)
      const before = names.size
      for (const { id } of page.data) names.add(id)
      query = names.size === before ? null : nextQuery(ctx.origin, page.links?.next)
    }
    return [...names]
  })
}

const fetchModelPage = (ctx: SiteContext, key: string, query: Record<string, string>) =>
  fetchBody(ctx, key, { path: PATH, query }, modelsSchema)

/** The query of the page named; `null` = there is none, or it is somewhere else. */
function nextQuery(origin: string, next: string | null | undefined): Record<string, string> | null {
  if (next == null || !URL.canParse(next, origin)) return null
  const url = new URL(next, origin)
  if (url.origin !== origin || url.pathname !== `/api/v1${PATH}`) return null
  return Object.fromEntries(url.searchParams)
}
