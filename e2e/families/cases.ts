import type { AuthMode } from '@/src/domain/site-description'

import { RELATIVES } from '../relays/new-api/relay'
import { hub, newApi, sub2Api, veloera } from './doubles'
import type { FamilySite } from './family-site'

/** One software as the screens show it, and how to make a site of it with two users. */
export interface FamilyCase {
  readonly name: string
  /** First part of its host name. */
  readonly slug: string
  /** Browsers have Web Locks below `localhost` only, as the site speaks plain HTTP. */
  readonly domain: 'test' | 'localhost'
  readonly software: string
  /** What gives it away. */
  readonly sign: RegExp
  /** What it is taken for while nobody is logged in, where its signs show at a login only. */
  readonly loggedOut?: { readonly software: string; readonly sign: RegExp }
  /** The words for its generation. */
  readonly generation: string
  /** The access method that is offered first. */
  readonly way: keyof typeof WAYS
  /** The sentence about a login that ended. */
  readonly ended: RegExp
  readonly create: () => FamilySite
}

/** Ways to store an account, as the form names them. */
export const WAYS = {
  'found-token': 'Use the access token the site shows',
  'page-session': 'Use the login of the open page',
  'browser-login': 'Use this browser’s login',
  'own-cookies': 'Keep this login for this account',
} as const

/** What an account added in the way of a case lives by. */
export const MODE_OF = {
  'found-token': 'token',
  'page-session': 'session',
  'browser-login': 'cookie',
  'own-cookies': 'cookie',
} as const satisfies Record<keyof typeof WAYS, AuthMode>

const TOKEN_ENDED = /does not know the account.s access token any more/
const LOGIN_ENDED = /Your login at \S+ ended/

const NEW_API = {
  software: 'New API',
  sign: /fields of its status: HeaderNavModules, SidebarModulesAdmin/,
} as const

const HUB = { domain: 'test', way: 'found-token', ended: TOKEN_ENDED } as const
const BY_COOKIE = { domain: 'test', way: 'browser-login', ended: LOGIN_ENDED } as const
/** A refusal names the user header only to whoever is logged in. */
const RELATIVE = {
  ...BY_COOKIE,
  loggedOut: NEW_API,
  generation: '2025 version: shows whole keys',
} as const

export const FAMILIES: readonly FamilyCase[] = [
  {
    ...HUB,
    name: 'DoneHub',
    slug: 'done-hub',
    software: 'DoneHub',
    sign: /fields of its status: .*linuxDo_oauth/,
    generation: 'DoneHub',
    create: () => hub('done-hub'),
  },
  {
    ...HUB,
    name: 'One Hub',
    slug: 'one-hub',
    software: 'One Hub',
    sign: /fields of its status: .*what its status lacks/,
    generation: 'One Hub',
    create: () => hub('one-hub'),
  },
  {
    ...BY_COOKIE,
    name: 'Veloera V3',
    slug: 'veloera-v3',
    software: 'Veloera',
    sign: /fields of its status: check_in_enabled/,
    generation: 'Version 0.3',
    create: () => veloera('v3', false),
  },
  {
    domain: 'test',
    way: 'found-token',
    ended: TOKEN_ENDED,
    name: 'Veloera V4',
    slug: 'veloera-v4',
    software: 'Veloera',
    sign: /fields of its status: check_in_enabled/,
    generation: 'Version 0.4 or 0.5',
    create: () => veloera('v4', true),
  },
  {
    domain: 'localhost',
    way: 'page-session',
    ended: /holds a login that has run out/,
    name: 'Sub2API, old',
    slug: 'sub2api-old',
    software: 'Sub2API',
    sign: /its answer at \/api\/v1\/auth\/me/,
    generation: 'Without refresh tokens',
    create: () => sub2Api({ generation: 'old' }),
  },
  {
    domain: 'localhost',
    way: 'page-session',
    ended: /withdrew this login/,
    name: 'Sub2API, new',
    slug: 'sub2api-new',
    software: 'Sub2API',
    sign: /its answer at \/api\/v1\/auth\/me/,
    generation: 'With refresh tokens',
    create: () => sub2Api({ generation: 'new' }),
  },
  {
    ...BY_COOKIE,
    name: 'One API',
    slug: 'one-api',
    software: 'One API',
    sign: /fields of its status: lark_client_id/,
    generation: 'One API, login by session cookie',
    create: () => newApi({ generation: 'one-api' }),
  },
  {
    ...RELATIVE,
    name: 'Rix-API',
    slug: 'rix-api',
    software: 'Rix-API',
    sign: /the header Rix-Api-User it asks for/,
    create: () => newApi({ generation: 'g1a', relative: RELATIVES['rix-api'] }),
  },
  {
    ...RELATIVE,
    name: 'V-API',
    slug: 'v-api',
    software: 'V-API',
    sign: /the header X-Api-User it asks for/,
    create: () => newApi({ generation: 'g1a', relative: RELATIVES['v-api'] }),
  },
  {
    ...BY_COOKIE,
    name: 'New API',
    slug: 'new-api',
    software: 'New API',
    sign: /the header X-New-Api-Version of its answers/,
    generation: '2026 version: masks keys',
    create: () => newApi({ generation: 'g1b' }),
  },
]
