import { FAMILIES } from '../families/cases'
import type { OptionalField, TypedKey } from '../pages/key-form'
import { RELATIVES } from '../relays/new-api/relay'
import {
  aihubmixKeys,
  type ConsoleKeySite,
  hubKeys,
  type KeySite,
  newApiKeys,
  openRouterKeys,
  sub2ApiKeys,
  veloeraKeys,
} from './key-sites'

/** What a family lets a person do with keys, by what its contract says. */
export interface KeyCase {
  /** A key with everything that the form offers. */
  readonly full: TypedKey & { readonly name: string }
  /** What the group's choice says of its price. */
  readonly price?: RegExp
  /** What the form of a new key does not have. */
  readonly lacks: readonly OptionalField[]
  /** What the form of a key that is there lacks beside that. */
  readonly alsoFixed?: readonly OptionalField[]
  readonly canDisable: boolean
  /** The full text is shown when the key is made and never again. */
  readonly showsOnce: boolean
}

/** A family whose users log in at a console, as the family tests have it. */
export interface ConsoleCase extends KeyCase {
  readonly family: (typeof FAMILIES)[number]
  readonly create: () => ConsoleKeySite
}

/** A hosted service, whose accounts are typed in with a key of the service. */
export interface HostedCase extends KeyCase {
  readonly name: string
  readonly siteType: 'open-router' | 'aihubmix'
  readonly userId: string
  readonly secret: string
  readonly create: () => KeySite
}

const RANGES = ['10.0.0.0/8', '192.0.2.7', '2001:db8::1']
const ADDRESSES = ['192.0.2.7', '2001:db8::1']
const LIMITS = { name: 'Night shift', amount: '2.5', days: 30 } as const
const MODELS = ['gpt-4o', 'gpt-4o-mini']

const EVERYTHING = { lacks: [], canDisable: true, showsOnce: false } as const

const HUB: KeyCase = {
  ...EVERYTHING,
  full: { ...LIMITS, models: MODELS, addresses: RANGES, group: 'default', backupGroup: 'vip' },
  price: /×1/,
}

const VELOERA: KeyCase = {
  ...EVERYTHING,
  full: { ...LIMITS, models: ['gpt-4o'], addresses: ADDRESSES, group: 'vip' },
  price: /×0\.8/,
  lacks: ['Backup group'],
}

const NEW_API: KeyCase = {
  ...EVERYTHING,
  full: { ...LIMITS, models: MODELS, addresses: RANGES, group: 'auto', crossGroupRetry: true },
  lacks: ['Backup group'],
}

/** By the slug of the family. */
const CONSOLES: Readonly<Record<string, KeyCase & { create: () => ConsoleKeySite }>> = {
  'done-hub': { ...HUB, create: () => hubKeys('done-hub') },
  'one-hub': { ...HUB, create: () => hubKeys('one-hub') },
  'veloera-v3': { ...VELOERA, create: () => veloeraKeys('v3', false) },
  'veloera-v4': { ...VELOERA, create: () => veloeraKeys('v4', true) },
  'sub2api-old': {
    ...EVERYTHING,
    full: { name: 'Night shift', group: 'gpt' },
    price: /×1/,
    lacks: ['Backup group', 'Unlimited quota', 'Expires', 'Models', 'IP addresses'],
    create: () => sub2ApiKeys('old'),
  },
  'sub2api-new': {
    ...EVERYTHING,
    full: { ...LIMITS, addresses: RANGES, group: 'gpt' },
    price: /×1/,
    lacks: ['Backup group', 'Models'],
    create: () => sub2ApiKeys('new'),
  },
  'one-api': {
    ...EVERYTHING,
    full: { ...LIMITS, models: MODELS, addresses: RANGES },
    lacks: ['Group', 'Backup group'],
    create: () => newApiKeys({ generation: 'one-api' }),
  },
  'rix-api': {
    ...NEW_API,
    create: () => newApiKeys({ generation: 'g1a', relative: RELATIVES['rix-api'] }),
  },
  'v-api': {
    ...NEW_API,
    create: () => newApiKeys({ generation: 'g1a', relative: RELATIVES['v-api'] }),
  },
  'new-api': { ...NEW_API, create: () => newApiKeys({ generation: 'g1b' }) },
}

/** Every family that has a console; one without a case here fails at once. */
export const CONSOLE_CASES: readonly ConsoleCase[] = FAMILIES.map((family) => {
  const known = CONSOLES[family.slug]
  if (!known) throw new Error(`no key case for ${family.slug}`)
  return { family, ...known }
})

const MANAGEMENT_KEY = `sk-or-v1-${'5'.repeat(64)}`
const RAW_TOKEN = 'fd0123456789abcdef0123456789abcd'

export const HOSTED_CASES: readonly HostedCase[] = [
  {
    ...EVERYTHING,
    name: 'OpenRouter',
    siteType: 'open-router',
    userId: '',
    secret: MANAGEMENT_KEY,
    full: LIMITS,
    lacks: ['Group', 'Backup group', 'Models', 'IP addresses'],
    alsoFixed: ['Expires'],
    showsOnce: true,
    create: () => openRouterKeys(MANAGEMENT_KEY),
  },
  {
    ...EVERYTHING,
    name: 'AIHubMix',
    siteType: 'aihubmix',
    userId: '',
    secret: RAW_TOKEN,
    full: { ...LIMITS, models: ['gpt-4o', 'claude-sonnet-4'], addresses: RANGES },
    lacks: ['Group', 'Backup group'],
    canDisable: false,
    showsOnce: true,
    create: () => aihubmixKeys(RAW_TOKEN),
  },
]
