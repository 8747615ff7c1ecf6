import * as z from 'zod/mini'

import type { ApiKey } from '@/src/domain/api-key'
import { type Result, settle } from '@/src/domain/failure'

import type { Access, ApiKeyList, SiteContext } from '../adapter'
import { fetchSelf } from '../new-api/account'
import { toApiKey } from '../new-api/api-key'
import { readApiKeys } from '../new-api/keys'
import { apiKeySchema } from '../new-api/schemas'

/** On old keys any member may be missing, and a list `null` (`contracts/donehub.md 9.1`). */
const gap = <S extends z.ZodMiniType>(schema: S) => z.optional(z.nullable(schema))

const hubKeySchema = z.extend(apiKeySchema, {
  setting: gap(
    z.object({
      limits: gap(
        z.object({
          limit_model_setting: gap(
            z.object({ enabled: gap(z.boolean()), models: gap(z.array(z.string())) }),
          ),
        }),
      ),
    }),
  ),
})

/**
 * All keys, in full (`contracts/donehub.md 9`). Their rows name the user; an empty page does not,
 * and a browser's login may change between two pages: then the site is asked.
 */
export function listApiKeys(ctx: SiteContext, access: Access): Promise<Result<ApiKeyList>> {
  return settle(async () => {
    const list = await readApiKeys(ctx, access, { schema: hubKeySchema, toApiKey: toHubKey })
    if (access.kind === 'cookie' || list.keys.length === 0) await fetchSelf(ctx, access)
    return list
  })
}

function toHubKey(row: z.infer<typeof hubKeySchema>, nowMs: number): ApiKey {
  const { enabled, models } = row.setting?.limits?.limit_model_setting ?? {}
  return { ...toApiKey(row, nowMs), modelLimits: enabled === true ? (models ?? []) : [] }
}
