import { parseArgs } from 'node:util'

import { parseOrigin } from '@/src/domain/origin'
import { accountOrigin } from '@/src/domain/site-pages'
import { SITE_TYPES, type SiteType } from '@/src/domain/site-type'
import { adapterFor, allAdapters } from '@/src/sites/registry'

import { checkDemands } from './demands'
import type { Credentials } from './logins/console-login'
import { UsageError } from './usage'

export interface ConformanceOptions {
  /** `auto` = whatever is recognised at the address. */
  readonly type: SiteType | 'auto'
  readonly origin: string
  readonly login?: Credentials
  /** Without a user id the site is asked whose it is. */
  readonly token?: { readonly accessToken: string; readonly userId?: string }
  readonly replaceToken: boolean
  /** Whether a key is made, changed and removed. */
  readonly keys: boolean
  readonly json: boolean
}

/** @throws UsageError */
export function parseArguments(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): ConformanceOptions {
  const values = readFlags(argv)
  const type = values.type === 'auto' ? 'auto' : SITE_TYPES.find((known) => known === values.type)
  if (!type) throw new UsageError(`--type must be auto or one of: ${SITE_TYPES.join(', ')}`)
  const login = credentialsOf(values, env)
  const token = tokenOf(values)
  if (!login && !token) throw new UsageError('give --username and --password, or --token')
  if (values['replace-token'] && !login) throw new UsageError('--replace-token needs a login')
  const options: ConformanceOptions = {
    type,
    origin: originOf(values.url, type),
    ...(login ? { login } : {}),
    ...(token ? { token } : {}),
    replaceToken: values['replace-token'] ?? false,
    keys: !(values['no-keys'] ?? false),
    json: values.json ?? false,
  }
  if (type !== 'auto') checkDemands(adapterFor(type), options)
  return options
}

type Flags = ReturnType<typeof readFlags>

function readFlags(argv: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        type: { type: 'string' },
        url: { type: 'string' },
        username: { type: 'string' },
        password: { type: 'string' },
        token: { type: 'string' },
        'user-id': { type: 'string' },
        turnstile: { type: 'string' },
        'replace-token': { type: 'boolean' },
        'no-keys': { type: 'boolean' },
        json: { type: 'boolean' },
      },
    })
    return values
  } catch (thrown) {
    throw new UsageError(thrown instanceof Error ? thrown.message : 'unreadable arguments')
  }
}

/** Where requests go: a hosted service has one origin, whichever of its addresses is given. */
function originOf(url: string | undefined, type: ConformanceOptions['type']): string {
  const hosted = type === 'auto' ? undefined : adapterFor(type).description.hosted
  const address = url ?? hosted?.origin
  if (address === undefined) throw new UsageError('--url is missing')
  try {
    const descriptions = allAdapters.map(({ description }) => description)
    return accountOrigin(descriptions, parseOrigin(address))
  } catch {
    throw new UsageError('--url is not a web address')
  }
}

function credentialsOf(
  values: Flags,
  env: Readonly<Record<string, string | undefined>>,
): Credentials | undefined {
  const { username, turnstile } = values
  if (username === undefined) return undefined
  const password = values.password ?? env['RELAYDECK_PASSWORD']
  if (password === undefined) throw new UsageError('--password or RELAYDECK_PASSWORD is missing')
  return { username, password, ...(turnstile === undefined ? {} : { turnstile }) }
}

function tokenOf({ token, 'user-id': userId }: Flags): ConformanceOptions['token'] {
  if (token === undefined) return undefined
  return { accessToken: token, ...(userId === undefined ? {} : { userId }) }
}
