import * as z from 'zod/mini'

import type { ApiKey } from '@/src/domain/api-key'
import { type Result, settle } from '@/src/domain/failure'

import type { Access, ApiKeyList, SiteContext } from '../adapter'
import { fetchSelf } from '../new-api/account'
import { toApiKey } from '../new-api/api-key'
import { type KeyForm, readApiKeys } from '../new-api/keys'
import { apiKeySchema } from '../new-api/schemas'

/** On old keys any member may be missing, and a list `null` (`contracts/donehub.md 9.1`). */
const gap = <S extends z.ZodMiniType>(schema: S) => z.optional(z.nullable(schema))

const hubKeySchema = z.extend(apiKeySchema, {
  backup_group: gap(z.string()),
  setting: gap(
    z.object({
      limits: gap(
        z.object({
          limit_model_setting: gap(
            z.object({ enabled: gap(z.boolean()), models: gap(z.array(z.string())) }),
          ),
          limits_ip_setting: gap(
            z.object({ enabled: gap(z.boolean()), whitelist: gap(z.array(z.string())) }),
          ),
        }),
      ),
    }),
  ),
})

export type HubKeyAnswer = z.infer<typeof hubKeySchema>

export const HUB_KEY_FORM: KeyForm<HubKeyAnswer> = { schema: hubKeySchema, toApiKey: toHubKey }

/**
 * All keys, in full (`contracts/donehub.md 9`). Their rows name the user; an empty page does not,
 * and a browser's login may change between two pages: then the site is asked.
 */
export function listApiKeys(ctx: SiteContext, access: Access): Promise<Result<ApiKeyList>> {
  return settle(async () => {
    const list = await readApiKeys(ctx, access, HUB_KEY_FORM)
    if (access.kind === 'cookie' || list.keys.length === 0) await fetchSelf(ctx, access)
    return list
  })
}

function toHubKey(row: HubKeyAnswer, nowMs: number): ApiKey {
  const { limit_model_setting: models, limits_ip_setting: ips } = row.setting?.limits ?? {}
  return {
    ...toApiKey(row, nowMs),
    modelLimits: models?.enabled === true ? (models.models ?? []) : [],
    ipLimits: ips?.enabled === true ? (ips.whitelist ?? []) : [],
    backupGroup: row.backup_group ?? '',
  }
}
