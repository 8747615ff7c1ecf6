import { onTestFinished } from 'vitest'

import { createDoneHubRelay } from '@/e2e/relays/done-hub/relay'
import { startSite } from '@/e2e/relays/farm'
import type { SiteDouble } from '@/e2e/relays/kit/site-double'
import { createNewApiRelay, RELATIVES } from '@/e2e/relays/new-api/relay'
import { createSub2ApiRelay } from '@/e2e/relays/sub2api/relay'
import { createVeloeraRelay } from '@/e2e/relays/veloera/relay'
import type { SiteType } from '@/src/domain/site-type'
import * as hub from '@/tests/sites/done-hub-client'
import * as lineage from '@/tests/sites/site-client'
import * as sub2Api from '@/tests/sites/sub2api-client'

/** A double of one family with alice and bob, and what proves them to the command. */
export interface Family<Double extends SiteDouble = SiteDouble> {
  readonly type: SiteType
  readonly make: () => Double
  /** Logs alice in; empty = the family has no login by password. */
  readonly login: readonly string[]
  /** Alice's token; empty = the family has none. */
  readonly token: readonly string[]
  readonly bobsToken: readonly string[]
  /** What no output may show. */
  readonly secrets: readonly string[]
}

const login = (username: string, password: string) => [
  '--username',
  username,
  '--password',
  password,
]
export const token = (accessToken: string | null | undefined, userId?: number) => [
  '--token',
  accessToken ?? '',
  ...(userId === undefined ? [] : ['--user-id', String(userId)]),
]

/** A member of the New API lineage, whose requests name the user. */
function lineageFamily<Double extends SiteDouble>(
  type: SiteType,
  make: () => Double,
): Family<Double> {
  const { ALICE, BOB, PAT } = lineage
  return {
    type,
    make,
    login: login('alice', ALICE.password),
    token: token(PAT, ALICE.id),
    bobsToken: token(BOB.accessToken, BOB.id),
    secrets: [ALICE.password, PAT],
  }
}

export const veloera = (generation: 'v3' | 'v4') =>
  lineageFamily('veloera', () =>
    createVeloeraRelay({ generation, users: [lineage.ALICE, lineage.BOB] }),
  )

export const newApi = (generation: lineage.RelayGeneration) =>
  lineageFamily(generation === 'one-api' ? 'one-api' : 'new-api', () =>
    createNewApiRelay({ generation, users: [lineage.ALICE, lineage.BOB] }),
  )

const relative = (type: keyof typeof RELATIVES & SiteType) =>
  lineageFamily(type, () =>
    createNewApiRelay({
      generation: 'g1b',
      relative: RELATIVES[type],
      users: [lineage.ALICE, lineage.BOB],
    }),
  )

export const doneHub = (variant: 'done-hub' | 'one-hub') => {
  const { ALICE, BOB, ALICE_TOKEN, BOB_TOKEN } = hub
  return {
    type: variant,
    make: () => createDoneHubRelay({ variant, users: [ALICE, BOB] }),
    login: login('alice', ALICE.password),
    token: token(ALICE_TOKEN),
    bobsToken: token(BOB_TOKEN),
    secrets: [ALICE.password, ALICE_TOKEN, BOB_TOKEN],
  } satisfies Family
}

export const sub2api = (generation: 'old' | 'new', turnstile = false) => {
  const { ALICE, BOB } = sub2Api
  return {
    type: 'sub2api',
    make: () => createSub2ApiRelay({ generation, turnstile, users: [ALICE, BOB] }),
    login: login(ALICE.email, ALICE.password),
    token: [],
    bobsToken: [],
    secrets: [ALICE.password],
  } satisfies Family
}

/** The doubles that stand at addresses of their own. */
export const SELF_HOSTED: Readonly<Record<string, Family>> = {
  DoneHub: doneHub('done-hub'),
  'One Hub': doneHub('one-hub'),
  'Veloera V3': veloera('v3'),
  'Veloera V4': veloera('v4'),
  'Sub2API old': sub2api('old'),
  'Sub2API new': sub2api('new'),
  'Rix-API': relative('rix-api'),
  'V-API': relative('v-api'),
  AnyRouter: relative('any-router'),
}

/** The double of a family for the running test, and the arguments that lead to it. */
export async function start<Double extends SiteDouble>(family: Family<Double>) {
  const { relay, origin, close } = await startSite(family.make())
  onTestFinished(close)
  const at = (type: string) => ['--type', type, '--url', origin, '--json']
  return { relay, at, args: at(family.type) }
}
