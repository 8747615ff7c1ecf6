import {
  createDoneHubRelay,
  type DoneHubOptions,
  type HubSeedUser,
  type Variant,
} from '../../e2e/relays/done-hub/relay'
import { ALICE, BOB, NOON_MS, startTestSite } from './relay-client'

export const VARIANTS: readonly Variant[] = ['done-hub', 'one-hub']

export const ALICE_PAT = '0123456789abcdef0123456789abcdef'
export const BOB_PAT = 'fedcba9876543210fedcba9876543210'
export const ALICE_SEED: HubSeedUser = { ...ALICE, accessToken: ALICE_PAT }
export const BOB_SEED: HubSeedUser = { ...BOB, accessToken: BOB_PAT, role: 10 }

/** Alice's access token as a header. */
export const BY_TOKEN = { authorization: `Bearer ${ALICE_PAT}` }

/** A site with Alice and the administrator Bob, no limits and a clock that the test moves. */
export async function startHub(variant: Variant, options: Partial<DoneHubOptions> = {}) {
  const clock = { nowMs: NOON_MS }
  const relay = createDoneHubRelay({
    variant,
    users: [ALICE_SEED, BOB_SEED],
    rateLimits: 'off',
    now: () => clock.nowMs,
    ...options,
  })
  const { call } = await startTestSite(relay)
  /** Answer data of a GET with Alice's token. */
  const get = async (path: string) => (await call('GET', path, { headers: BY_TOKEN })).data
  /** `[success, message]` of a call with Alice's token. */
  const verdict = async (method: string, path: string, body?: unknown) => {
    const { json } = await call(method, path, { headers: BY_TOKEN, body })
    return [json?.['success'], json?.['message']]
  }
  const cookieOf = (name: string) => `session=${relay.sessionFor(name).cookies[0]?.value}`
  return { relay, call, clock, get, verdict, cookieOf }
}
