import { type Result, settle } from '@/src/domain/failure'
import type { Generation } from '@/src/domain/site-type'

import type { Access, ApiKeyList, SiteContext } from '../adapter'
import { expectUser } from '../new-api/identity'
import { toApiKey } from './api-key'
import { listPage } from './list-page'
import { fetchData } from './request'
import { type ApiKeyAnswer, apiKeySchema } from './schemas'

export const KEYS = '/api/v1/keys'
const MOST_PAGES = 100

const keyPage = listPage(apiKeySchema)

/**
 * All keys, page after page as the answers count them: a size above the server's cap silently gives
 * 20 rows (`contracts/sub2api.md 2, 8`).
 */
export function listApiKeys(
  ctx: SiteContext,
  access: Access,
  generation: Generation,
): Promise<Result<ApiKeyList>> {
  const size = generation === 'sub2api-old' ? 100 : 1000
  return settle(async () => {
    const found = new Map<number, ApiKeyAnswer>()
    for (let asked = 1; ; asked += 1) {
      const page = await fetchPage(ctx, access, { page: asked, page_size: size })
      const fresh = page.items.filter(({ id }) => !found.has(id))
      for (const row of fresh) found.set(row.id, row)
      const isEnd = page.page >= page.pages || fresh.length === 0
      if (isEnd || asked === MOST_PAGES) {
        const keys = [...found.values()].map((row) => toApiKey(row, ctx.now()))
        return { keys, complete: isEnd && keys.length >= page.total }
      }
    }
  })
}

async function fetchPage(ctx: SiteContext, access: Access, query: Record<string, number>) {
  const page = await fetchData(ctx, access, { path: KEYS, query }, keyPage)
  for (const { user_id: owner } of page.items) {
    if (owner !== undefined) expectUser(owner, access, KEYS)
  }
  return page
}
