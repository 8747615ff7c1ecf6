import { createOpenRouter } from '@/e2e/relays/hosted/open-router'

import type { KeyWorld, Worker } from './key-world'

const MANAGEMENT_KEY = 'sk-or-mgmt-0123456789abcdef0123456789abcdef'

/** An account of a service that shows each key once, when it is made. */
export async function openRouterWith(
  world: KeyWorld,
  worker: Worker,
  keys: number,
): Promise<string> {
  const seeds = Array.from({ length: keys }, (_, at) => ({ name: `key ${at + 1}` }))
  const users = [{ id: 1, managementKey: MANAGEMENT_KEY, totalCredits: 1, keys: seeds }]
  await world.site('open-router', createOpenRouter({ users }))
  return world.account(worker, 'open-router', {
    siteType: 'open-router',
    userId: 'user_1',
    auth: { mode: 'token', accessToken: MANAGEMENT_KEY },
  })
}
