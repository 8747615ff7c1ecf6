import type { Group } from '@/src/domain/api-key'
import { type Result, settle } from '@/src/domain/failure'

import type { Access, SiteContext } from '../adapter'
import { fetchData } from './request'
import { groupsSchema } from './schemas'

/** `GET /api/user/self/groups` (`contracts/new-api.md 4.2`), as a map or as V-API's texts. */
export function fetchGroups(ctx: SiteContext, access: Access): Promise<Result<readonly Group[]>> {
  return settle(async () => {
    const data = await fetchData(ctx, access, { path: '/api/user/self/groups' }, groupsSchema)
    if (Array.isArray(data)) return data.map((text) => fromText(text, text))
    return Object.entries(data).map(([name, group]) =>
      typeof group === 'string'
        ? fromText(name, group)
        : {
            name,
            // A text (`自动`) belongs to the pseudo-group whose ratio the server chooses.
            ratio: typeof group.ratio === 'number' ? group.ratio : null,
            description: group.desc ?? '',
          },
    )
  })
}

/** V-API writes the ratio into the description: `x N倍`, or `text=x N` (other-sites 7.3). */
function fromText(name: string, description: string): Group {
  const parts = /^(.*)=\s*x\s*(\d+(?:\.\d+)?)\s*倍?\s*$/is.exec(description)
  if (parts) return { name, ratio: Number(parts[2]), description: parts[1]?.trim() ?? '' }
  const ratio = /x\s*(\d+(?:\.\d+)?)\s*倍/i.exec(description)?.[1]
  return { name, ratio: ratio === undefined ? null : Number(ratio), description }
}
