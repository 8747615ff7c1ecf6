import type { Access, SiteContext } from '../adapter'
import { fetchSelf } from '../new-api/account'
import type { SelfAnswer } from '../new-api/schemas'

/**
 * Runs `work`, whose answer names nobody, and makes sure that it is about `access.userId`. No header
 * names a user here, and a cookie silently outranks a token (`contracts/donehub.md 3.1`), so the
 * site is asked who it takes us for: before, and where the browser's login may change meanwhile,
 * also after.
 *
 * @throws `identity` when the site takes us for somebody else.
 */
export async function asOwner<T>(
  ctx: SiteContext,
  access: Access,
  work: (self: SelfAnswer) => Promise<T>,
): Promise<T> {
  const result = await work(await fetchSelf(ctx, access))
  if (access.kind === 'cookie') await fetchSelf(ctx, access)
  return result
}
