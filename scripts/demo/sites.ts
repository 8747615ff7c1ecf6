import type { Farm } from '@/e2e/relays/farm'
import {
  createNewApiRelay,
  type Generation,
  type NewApiRelay,
  type SeedUser,
} from '@/e2e/relays/new-api/relay'

/** A demo relay with one user, whose console the demo browser is logged in to. */
export interface DemoSite {
  readonly name: string
  readonly origin: string
  readonly relay: NewApiRelay
  readonly user: SeedUser
}

export const PASSWORD = 'demo-password'

const QUOTA_PER_UNIT = 500_000

interface Plan {
  readonly host: string
  readonly name: string
  readonly generation: Generation
  readonly usd: number
  readonly todayUsd: number
  /** A token the user already has; only the oldest generation shows it. */
  readonly accessToken?: string
}

const PLANS: readonly Plan[] = [
  { host: 'harbour', name: 'Harbour Relay', generation: 'g1b', usd: 86.38, todayUsd: 1.27 },
  { host: 'summit', name: 'Summit API', generation: 'g2', usd: 12.34, todayUsd: 0.42 },
  {
    host: 'lantern',
    name: 'Lantern',
    generation: 'g0',
    usd: 240.05,
    todayUsd: 3.9,
    accessToken: 'lanternDemoAccessToken0123456789',
  },
  { host: 'meadow', name: 'Meadow One', generation: 'one-api', usd: 3.071, todayUsd: 0.006 },
]

/** Starts the demo relays on `<name>.localhost`, each with a morning's worth of use. */
export function addDemoSites(farm: Farm): DemoSite[] {
  return PLANS.map((plan, index) => {
    const host = `${plan.host}.localhost`
    const user: SeedUser = {
      id: 1001 + index,
      username: 'demo',
      password: PASSWORD,
      quota: Math.round(plan.usd * QUOTA_PER_UNIT),
      usedQuota: 42 * QUOTA_PER_UNIT,
      requestCount: 1280,
      ...(plan.accessToken === undefined ? {} : { accessToken: plan.accessToken }),
      keys: [{ name: 'editor', unlimited: true }],
      logs: [
        {
          createdAtSec: Math.floor(Date.now() / 1000),
          type: 2,
          quota: Math.round(plan.todayUsd * QUOTA_PER_UNIT),
          modelName: 'gpt-4o',
          promptTokens: 5200,
          completionTokens: 830,
        },
      ],
    }
    const relay = createNewApiRelay({
      generation: plan.generation,
      systemName: plan.name,
      price: 7.2,
      users: [user],
    })
    farm.add(host, relay)
    return { name: plan.name, origin: farm.origin(host), relay, user }
  })
}
