import { raise } from '@/src/domain/failure'
import type { EnvelopeBody } from '@/src/net/classify'

import type { Access, SiteContext } from '../adapter'
import { certainly } from '../uncertain'
import { type Call, envelopeOf, send } from './request'

/**
 * Sends one call that changes something, once, and returns the envelope of its success: whatever
 * else is in the answer, the site says that it acted. `secrets`: values of the body that must not
 * be in a failure.
 *
 * @throws `interrupted` when its fate is unknown, else the site's refusal
 */
export async function act(
  ctx: SiteContext,
  access: Access,
  call: Call,
  secrets: readonly string[] = [],
): Promise<EnvelopeBody> {
  // A stop before sending is a plain one: after it, nobody knows.
  if (ctx.signal?.aborted) raise({ class: 'cancelled', path: call.path })
  return certainly(async () =>
    envelopeOf(await send(ctx, access, call), access, call.path, secrets),
  )
}
