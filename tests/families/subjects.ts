import { createDoneHubRelay, type Variant } from '@/e2e/relays/done-hub/relay'
import type { SiteDouble } from '@/e2e/relays/kit/site-double'
import { createNewApiRelay, RELATIVES, type SeedUser } from '@/e2e/relays/new-api/relay'
import { createSub2ApiRelay } from '@/e2e/relays/sub2api/relay'
import { createVeloeraRelay } from '@/e2e/relays/veloera/relay'
import type { SiteType } from '@/src/domain/site-type'

type RelativeType = keyof typeof RELATIVES

/** A site of the table, and who claims it when every adapter is asked by itself. */
export interface Subject {
  readonly name: string
  /** `systemName`: what the operator calls the site. */
  readonly create: (systemName?: string) => SiteDouble
  /** The claims with nobody and with somebody logged in; the first one is what counts. */
  readonly claims: { readonly nobody: Claims; readonly alice: Claims }
  /** Whether the title of the page decides, with nobody and with somebody logged in. */
  readonly titleCounts?: { readonly nobody: boolean; readonly alice: boolean }
}

type Claims = readonly [SiteType, ...SiteType[]]

export type Login = keyof Subject['claims']

export const LOGINS: readonly Login[] = ['nobody', 'alice']

const USERS: SeedUser[] = [{ id: 7, username: 'alice', password: 'correct horse', quota: 1 }]

const rateLimits = 'off'

const always = (...claims: Claims): Subject['claims'] => ({ nobody: claims, alice: claims })

const withName = (systemName: string | undefined) => (systemName ? { systemName } : {})

const newApis: Subject[] = (['g0', 'g1a', 'g1b', 'g2', 'g3', 'one-api'] as const).map(
  (generation) => ({
    name: generation === 'one-api' ? 'One API' : `New API ${generation}`,
    create: (name) =>
      createNewApiRelay({ generation, users: USERS, rateLimits, ...withName(name) }),
    claims: always(generation === 'one-api' ? 'one-api' : 'new-api'),
  }),
)

/** Those that a header of their own gives away, once somebody is logged in. */
const BY_HEADER: readonly RelativeType[] = ['v-api', 'voapi', 'rix-api', 'neo-api', 'model-flare']

/**
 * A relative is New API with changes, so New API's own adapter claims it as well and is asked after
 * it. What tells the two apart (`contracts/new-api.md 12`, `contracts/other-sites.md 7, 9`):
 *
 * | | nobody logged in | somebody logged in |
 * |---|---|---|
 * | header of its own | the title, and only where the status has no sign of New API (G0) | the header |
 * | New API's header, or too common a one | as above | the title |
 * | AgentRouter: New API's header and no rule for its title | nothing but its host | nothing but its host |
 *
 * Where nothing tells, New API is the answer: it is handled like one.
 */
function relative(type: RelativeType, generation: 'g0' | 'g1b'): Subject {
  const isKnownByHost = type === 'agent-router'
  const own: Claims = isKnownByHost ? ['new-api'] : [type, 'new-api']
  return {
    name: `${RELATIVES[type].title} on ${generation}`,
    create: (name) =>
      createNewApiRelay({
        generation,
        users: USERS,
        rateLimits,
        relative: RELATIVES[type],
        ...withName(name),
      }),
    claims: { nobody: generation === 'g0' ? own : ['new-api'], alice: own },
    titleCounts: {
      nobody: generation === 'g0',
      alice: !isKnownByHost && !BY_HEADER.includes(type),
    },
  }
}

const RELATIVE_TYPES = Object.keys(RELATIVES) as RelativeType[]

const hub = (variant: Variant): Subject => ({
  name: variant === 'done-hub' ? 'DoneHub' : 'One Hub',
  create: (name) => createDoneHubRelay({ variant, users: USERS, rateLimits, ...withName(name) }),
  claims: always(variant),
})

const veloera = (generation: 'v3' | 'v4'): Subject => ({
  name: `Veloera ${generation}`,
  create: (name) => createVeloeraRelay({ generation, users: USERS, rateLimits, ...withName(name) }),
  claims: always('veloera'),
})

/** Its login is in the page's storage and in no cookie. */
const sub2api = (generation: 'old' | 'new'): Subject => ({
  name: `Sub2API ${generation}`,
  create: (name) =>
    createSub2ApiRelay({
      generation,
      users: [{ id: 7, email: 'alice@mail.example', username: 'alice', password: 'x', balance: 1 }],
      rateLimits,
      ...(name ? { siteName: name } : {}),
    }),
  claims: always('sub2api'),
})

/** Every family and generation there is a double of. */
export const SUBJECTS: readonly Subject[] = [
  ...newApis,
  ...RELATIVE_TYPES.flatMap((type) => [relative(type, 'g0'), relative(type, 'g1b')]),
  hub('done-hub'),
  hub('one-hub'),
  veloera('v3'),
  veloera('v4'),
  sub2api('old'),
  sub2api('new'),
]

/** A New API that answers under any name. */
export const anyNewApi = (): SiteDouble =>
  createNewApiRelay({ generation: 'g1b', users: USERS, rateLimits })

/** DoneHub without account functions (`contracts/donehub.md 2`). */
export const relayOnlyNode = (): SiteDouble =>
  createDoneHubRelay({ variant: 'done-hub', users: USERS, rateLimits, relayOnly: true })

/** A New API with that name, and so with that title. */
export const newApiCalled = (systemName: string, generation: 'g0' | 'g1b' | 'g2'): SiteDouble =>
  createNewApiRelay({ generation, users: USERS, rateLimits, systemName })
