import type { Farm } from '@/e2e/relays/farm'
import { RELATIVES } from '@/e2e/relays/new-api/relay'
import { createShield, type Shield } from '@/e2e/relays/shield/shield'
import type { SiteDouble } from '@/e2e/relays/kit/site-double'

import { type Amounts, hub, type MakeDouble, newApi, sub2Api, veloera } from './doubles'

/** A demo site with one user, at whose console the demo browser is logged in. */
export interface DemoSite {
  readonly name: string
  readonly origin: string
  /** What the user has by the site's own books, in the unit the site counts in. */
  readonly book: () => number
  /** How many keys the user has by those books. */
  readonly keys: () => number
  /** Down at first, so that the demo browser can log in; `null` = the site has none. */
  readonly shield: Shield<SiteDouble> | null
}

interface Plan extends Amounts {
  readonly host: string
  readonly name: string
  readonly make: MakeDouble
  readonly isShielded?: true
}

const LANTERN_TOKEN = 'lanternDemoAccessToken0123456789'

/** Every family and, where it matters for the login, its generations. */
const PLANS: readonly Plan[] = [
  {
    host: 'harbour',
    name: 'Harbour Relay',
    make: newApi({ generation: 'g1b', checkinEnabled: true }),
    usd: 86.38,
    todayUsd: 1.27,
  },
  {
    host: 'summit',
    name: 'Summit API',
    make: newApi({ generation: 'g2', checkinEnabled: true }),
    usd: 12.34,
    todayUsd: 0.42,
  },
  {
    host: 'lantern',
    name: 'Lantern',
    make: newApi({ generation: 'g0' }, LANTERN_TOKEN),
    usd: 240.05,
    todayUsd: 3.9,
  },
  {
    host: 'meadow',
    name: 'Meadow One',
    make: newApi({ generation: 'one-api' }),
    usd: 3.071,
    todayUsd: 0.006,
  },
  { host: 'orchard', name: 'Orchard Hub', make: hub('done-hub'), usd: 57.6, todayUsd: 2.15 },
  { host: 'willow', name: 'Willow Gate', make: hub('one-hub'), usd: 18.902, todayUsd: 0.33 },
  { host: 'thistle', name: 'Thistle Relay', make: veloera('v3'), usd: 7.75, todayUsd: 0.08 },
  { host: 'bramble', name: 'Bramble Relay', make: veloera('v4'), usd: 31.2, todayUsd: 1.04 },
  { host: 'saltmarsh', name: 'Saltmarsh', make: sub2Api('old'), usd: 9.4185, todayUsd: 0.61 },
  { host: 'larkspur', name: 'Larkspur', make: sub2Api('new'), usd: 44.0625, todayUsd: 2.875 },
  {
    host: 'copper',
    name: 'Copper Lane',
    make: newApi({ generation: 'g1b', relative: RELATIVES['rix-api'] }),
    usd: 22.5,
    todayUsd: 0.19,
  },
  {
    host: 'granite',
    name: 'Granite Pass',
    make: newApi({ generation: 'g1b' }),
    usd: 65.11,
    todayUsd: 0.7,
    isShielded: true,
  },
]

/** Starts the demo sites on `<name>.localhost`, each with a morning's worth of use and a few keys. */
export function addDemoSites(farm: Farm): DemoSite[] {
  return PLANS.map((plan, index) => {
    const host = `${plan.host}.localhost`
    const { double, book, keys } = plan.make(plan.name, 1001 + index, plan)
    const shield = plan.isShielded ? createShield(double) : null
    if (shield) shield.isUp = false
    farm.add(host, shield ?? double)
    return { name: plan.name, origin: farm.origin(host), book, keys, shield }
  })
}
