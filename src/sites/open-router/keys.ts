import * as z from 'zod/mini'

import { failureOf, type Result, settle } from '@/src/domain/failure'

import type { Access, ApiKeyList, SiteContext } from '../adapter'
import { toApiKey } from './api-key'
import { provenKey } from './identity'
import { collect } from './pages'
import { fetchData } from './request'
import { type ApiKeyAnswer, apiKeySchema, workspaceSchema } from './schemas'

interface Workspaces {
  /** `null` = the default one, whatever its id. */
  readonly ids: readonly (string | null)[]
  readonly complete: boolean
}

/**
 * All keys of all workspaces, disabled ones too (`contracts/other-sites.md 4`). Without a workspace
 * the service lists the default one only, so they are looked up first.
 */
export function listApiKeys(ctx: SiteContext, access: Access): Promise<Result<ApiKeyList>> {
  return settle(async () => {
    const key = await provenKey(ctx, access)
    const workspaces = await fetchWorkspaces(ctx, key)
    const found = new Map<string, ApiKeyAnswer>()
    let isWhole = workspaces.complete
    for (const id of workspaces.ids) {
      const isRead = await collect(
        found,
        ({ hash }) => hash,
        (offset) => fetchPage(ctx, key, id, offset),
      )
      isWhole &&= isRead
    }
    return {
      keys: [...found.values()].map((row) => toApiKey(row, ctx.now())),
      complete: isWhole,
    }
  })
}

function fetchPage(ctx: SiteContext, key: string, workspace: string | null, offset: number) {
  const query = {
    include_disabled: 'true',
    offset,
    ...(workspace === null ? {} : { workspace_id: workspace }),
  }
  return fetchData(ctx, key, { path: '/keys', query }, z.array(apiKeySchema))
}

async function fetchWorkspaces(ctx: SiteContext, key: string): Promise<Workspaces> {
  const found = new Map<string, { id: string }>()
  try {
    const isWhole = await collect(
      found,
      ({ id }) => id,
      (offset) => {
        const query = { offset, limit: 100 }
        return fetchData(ctx, key, { path: '/workspaces', query }, z.array(workspaceSchema))
      },
    )
    return { ids: found.size === 0 ? [null] : [...found.keys()], complete: isWhole }
  } catch (thrown) {
    const { class: kind } = failureOf(thrown)
    // Some keys are better than none, as long as nobody takes them for all.
    if (kind === 'unsupported' || kind === 'refused') return { ids: [null], complete: false }
    throw thrown
  }
}
