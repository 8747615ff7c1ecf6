import { createOpenRouter } from '@/e2e/relays/hosted/open-router'
import { createSub2ApiRelay } from '@/e2e/relays/sub2api/relay'

import type { KeyWorld } from './key-world'
import type { Worker } from './key-worker'

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

/** An account of a Sub2API site, with a session of its own; every key there needs a group. */
export async function sub2ApiWith(world: KeyWorld, worker: Worker, keys: number) {
  const seeds = Array.from({ length: keys }, (_, at) => ({ name: `key ${at + 1}` }))
  const user = { id: 7, email: 'alice@mail.example', password: 'correct horse', balance: 12 }
  const now = () => world.clock.nowMs
  const relay = createSub2ApiRelay({ generation: 'new', now, users: [{ ...user, keys: seeds }] })
  await world.site('sub2api', relay)
  const accountId = await world.account(worker, 'sub2api', {
    siteType: 'sub2api',
    auth: { mode: 'session', owner: 'self' },
  })
  const { auth_token: bearer = '' } = relay.sessionFor('alice@mail.example').localStorage
  const session = { bearer, expiresAtMs: world.clock.nowMs + 3_600_000 }
  await worker.vault.write([{ store: 'bonds', put: { id: accountId, session } }])
  return { relay, accountId }
}
