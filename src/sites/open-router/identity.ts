import { raise, type Result, settle } from '@/src/domain/failure'

import type { Access, SiteContext, SiteUser } from '../adapter'
import { fetchData, managementKeyOf, notAManagementKey } from './request'
import { ownerSchema } from './schemas'

const DERIVED_ID = /^key-[0-9a-f]{16}$/

/**
 * Who a management key belongs to (`contracts/other-sites.md 4`). Where the service does not tell,
 * the key itself stands for the user.
 */
export function identify(ctx: SiteContext, accessToken: string): Promise<Result<SiteUser>> {
  return settle(async () => {
    const creator = await fetchCreator(ctx, accessToken)
    return { userId: creator ?? (await derivedId(accessToken)), username: 'OpenRouter' }
  })
}

/**
 * The identity guard: the key of `access`, proven to be its user's.
 *
 * @throws `identity` when it is another user's, or nobody says any more whose it is.
 */
export async function provenKey(ctx: SiteContext, access: Access): Promise<string> {
  const key = managementKeyOf(access)
  const owner = DERIVED_ID.test(access.userId) ? await derivedId(key) : await fetchCreator(ctx, key)
  if (owner === access.userId) return key
  return raise({ class: 'identity', reason: 'user-mismatch', path: '/api/v1/key' })
}

/** The creator of a key, `null` when not told. @throws `input` for a key that only calls models. */
async function fetchCreator(ctx: SiteContext, key: string): Promise<string | null> {
  const owner = await fetchData(ctx, key, { path: '/key' }, ownerSchema)
  if (!owner.is_management_key) raise(notAManagementKey())
  return owner.creator_user_id ?? null
}

/** Always the same for a key, and of no use to whoever reads it. */
async function derivedId(key: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key))
  const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0'))
  return `key-${hex.join('').slice(0, 16)}`
}
