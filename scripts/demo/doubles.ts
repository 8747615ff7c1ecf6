import { createDoneHubRelay } from '@/e2e/relays/done-hub/relay'
import type { SiteDouble } from '@/e2e/relays/kit/site-double'
import { createNewApiRelay, type RelayOptions, type SeedUser } from '@/e2e/relays/new-api/relay'
import { createSub2ApiRelay } from '@/e2e/relays/sub2api/relay'
import { createVeloeraRelay } from '@/e2e/relays/veloera/relay'

import { dollarKeys, pointKeys, points } from './keys'

export const USERNAME = 'demo'
export const PASSWORD = 'demo-password'

const CNY_PER_USD = 7.2

/** What a demo site tells its one user. */
export interface Amounts {
  readonly usd: number
  readonly todayUsd: number
}

/** A demo site without an address. */
export interface DemoDouble {
  readonly double: SiteDouble
  /** What the user has by the site's own books, in the unit the site counts in. */
  readonly book: () => number
  /** How many keys the user has by those books. */
  readonly keys: () => number
}

/** Starts a site of one family under that name. */
export type MakeDouble = (systemName: string, userId: number, amounts: Amounts) => DemoDouble

/** New API, One API and relatives; `accessToken`: one the user already has. */
export function newApi(
  {
    generation,
    relative,
    checkinEnabled,
  }: Pick<RelayOptions, 'generation' | 'relative' | 'checkinEnabled'>,
  accessToken?: string,
): MakeDouble {
  return (systemName, id, amounts) => {
    const user = { ...pointsUser(id, amounts), ...(accessToken ? { accessToken } : {}) }
    const kind = {
      generation,
      ...(relative ? { relative } : {}),
      ...(checkinEnabled ? { checkinEnabled } : {}),
    }
    const double = createNewApiRelay({ ...kind, systemName, price: CNY_PER_USD, users: [user] })
    return { double, ...pointBooks(double.state, id) }
  }
}

export function hub(variant: 'done-hub' | 'one-hub'): MakeDouble {
  return (systemName, id, amounts) => {
    const users = [pointsUser(id, amounts)]
    const double = createDoneHubRelay({ variant, systemName, paymentUsdRate: CNY_PER_USD, users })
    return { double, ...pointBooks(double.state, id) }
  }
}

export function veloera(generation: 'v3' | 'v4'): MakeDouble {
  return (systemName, id, amounts) => {
    const users = [pointsUser(id, amounts)]
    const double = createVeloeraRelay({ generation, systemName, price: CNY_PER_USD, users })
    return { double, ...pointBooks(double.state, id) }
  }
}

export function sub2Api(generation: 'old' | 'new'): MakeDouble {
  return (siteName, id, { usd, todayUsd }) => {
    const user = {
      id,
      email: `${USERNAME}@mail.example`,
      username: USERNAME,
      password: PASSWORD,
      balance: usd,
      keys: dollarKeys(generation),
      usage: [
        {
          createdAtMs: Date.now(),
          totalCost: todayUsd,
          actualCost: todayUsd,
          inputTokens: 5200,
          outputTokens: 830,
        },
      ],
    }
    const double = createSub2ApiRelay({ generation, siteName, users: [user] })
    const { users, keys } = double.state
    return {
      double,
      book: () => users.get(id)?.balance ?? Number.NaN,
      keys: () => keysOf(keys, id),
    }
  }
}

interface Owned {
  readonly userId: number
}

/** The books of a site that counts in points. */
function pointBooks(
  state: {
    readonly users: ReadonlyMap<number, { readonly quota: number }>
    readonly tokens: ReadonlyMap<number, Owned>
  },
  id: number,
): Pick<DemoDouble, 'book' | 'keys'> {
  return {
    book: () => state.users.get(id)?.quota ?? Number.NaN,
    keys: () => keysOf(state.tokens, id),
  }
}

const keysOf = (rows: ReadonlyMap<number, Owned>, id: number): number =>
  [...rows.values()].filter(({ userId }) => userId === id).length

/** A user of a site that counts in points, with a morning's worth of use. */
function pointsUser(id: number, { usd, todayUsd }: Amounts): SeedUser {
  return {
    id,
    username: USERNAME,
    password: PASSWORD,
    quota: points(usd),
    usedQuota: points(42),
    requestCount: 1280,
    keys: pointKeys(),
    logs: [
      {
        createdAtSec: Math.floor(Date.now() / 1000),
        type: 2,
        quota: points(todayUsd),
        modelName: 'gpt-4o',
        promptTokens: 5200,
        completionTokens: 830,
      },
    ],
  }
}
