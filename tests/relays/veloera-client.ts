import {
  createVeloeraRelay,
  type VeloeraGeneration,
  type VeloeraOptions,
} from '../../e2e/relays/veloera/relay'
import { ALICE, BOB, NOON_MS, startTestSite } from './relay-client'

export const GENERATIONS = ['v3', 'v4'] as const

/** Alice's access token, as it is sent. */
export const PAT = String(ALICE.accessToken)

/** A site with Alice and Bob, no limits and a clock that the test moves. */
export async function startVeloera(
  generation: VeloeraGeneration,
  options: Partial<VeloeraOptions> = {},
) {
  const clock = { nowMs: NOON_MS }
  const users = [ALICE, BOB]
  const now = () => clock.nowMs
  const made = createVeloeraRelay({ generation, users, rateLimits: 'off', now, ...options })
  const { site, call } = await startTestSite(made)
  const cookie = `session=${site.sessionFor('alice').cookies[0]?.value}`
  return {
    relay: site,
    call,
    clock,
    cookie,
    byToken: { headers: { authorization: `Bearer ${PAT}`, 'veloera-user': '7' } },
    byCookie: { headers: { 'veloera-user': '7' }, cookie },
    alice: site.state.users.get(7)!,
  }
}
