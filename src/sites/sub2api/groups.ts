import * as z from 'zod/mini'

import type { Group } from '@/src/domain/api-key'
import { failureOf, raise, type Result, settle } from '@/src/domain/failure'

import type { Access, SiteContext } from '../adapter'
import { fetchData } from './request'
import { groupSchema, ratesSchema } from './schemas'

const GROUPS = '/api/v1/groups/available'

/** Absent on old servers; also what generations are told apart by (`contracts/sub2api.md 1`). */
export const RATES = '/api/v1/groups/rates'

/**
 * The groups the user may bind, with the multiplier that is theirs (`contracts/sub2api.md 9`). The
 * higher one of peak hours is not in it.
 */
export function fetchGroups(ctx: SiteContext, access: Access): Promise<Result<readonly Group[]>> {
  return settle(async () => {
    const [groups, rates] = await Promise.all([fetchBindable(ctx, access), fetchRates(ctx, access)])
    return groups.map(({ id, name, description, rate_multiplier: ratio }) => ({
      name,
      ratio: rates[String(id)] ?? ratio,
      description: description ?? '',
    }))
  })
}

/**
 * The id a key is bound to a group by.
 *
 * @throws `input` when the user may not bind a group of that name
 */
export async function fetchGroupId(
  ctx: SiteContext,
  access: Access,
  name: string,
): Promise<number> {
  const found = (await fetchBindable(ctx, access)).find((group) => group.name === name)
  return found?.id ?? raise({ class: 'input', field: 'group', reason: 'not-offered' })
}

function fetchBindable(ctx: SiteContext, access: Access) {
  return fetchData(ctx, access, { path: GROUPS }, z.array(groupSchema))
}

/** Personal multipliers; without an answer no multiplier could be trusted, so failures stay. */
async function fetchRates(ctx: SiteContext, access: Access): Promise<Record<string, number>> {
  try {
    return (await fetchData(ctx, access, { path: RATES }, ratesSchema)) ?? {}
  } catch (thrown) {
    if (failureOf(thrown).class === 'unsupported') return {}
    throw thrown
  }
}
