import * as z from 'zod/mini'

import type { Group } from '@/src/domain/api-key'
import { type Result, settle } from '@/src/domain/failure'
import { readData } from '@/src/net/envelope'

import type { Access, SiteContext } from '../adapter'
import { factsOf, send } from '../new-api/request'
import { asOwner } from './owner'

export const GROUP_MAP = '/api/user_group_map'

const groupMapSchema = z.record(
  z.string(),
  z.object({
    name: z.optional(z.nullable(z.string())),
    /** DoneHub only. */
    description: z.optional(z.nullable(z.string())),
    ratio: z.number(),
    inaccessible: z.optional(z.boolean()),
  }),
)

/**
 * The groups the user may choose (`contracts/donehub.md 6.1`). The map looks at the cookie only:
 * whoever has a token sees the public groups, and the own one comes from `/api/user/self`.
 */
export function fetchGroups(ctx: SiteContext, access: Access): Promise<Result<readonly Group[]>> {
  return settle(() =>
    asOwner(ctx, access, async ({ group: own }) => {
      const groups = await fetchMap(ctx, access)
      // To a cookie the own group is shown, unless it is switched off.
      if (access.kind === 'cookie' || !own || groups.some(({ name }) => name === own)) return groups
      return [...groups, { name: own, ratio: null, description: '' }]
    }),
  )
}

async function fetchMap(ctx: SiteContext, access: Access): Promise<Group[]> {
  // A credential that is not looked at need not travel; the site knows it all the same by now.
  const proof = access.kind === 'cookie' ? access : null
  const response = await send(ctx, proof, { path: GROUP_MAP })
  const map = readData(response, groupMapSchema, factsOf(access, GROUP_MAP))
  return Object.entries(map)
    .filter(([, { inaccessible }]) => inaccessible !== true)
    .map(([symbol, { ratio, description, name }]) => ({
      name: symbol,
      ratio,
      description: description || name || '',
    }))
}
