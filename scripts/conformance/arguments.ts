import { parseArgs } from 'node:util'

import { parseOrigin } from '@/src/domain/origin'
import { SITE_TYPES, type SiteType } from '@/src/domain/site-type'

export const USAGE = `usage: npm run conformance -- --type <${SITE_TYPES.join('|')}> --url <address>
  --username <name> --password <password>   log in as the console does
                                            (password also from RELAYDECK_PASSWORD)
  --turnstile <token>                       sent with the login
  --token <token> --user-id <number>        check an existing access token
  --replace-token                           make a new access token; the previous one stops working
  --json                                    print {ok, operations} instead of a table`

export interface ConformanceOptions {
  readonly type: SiteType
  readonly origin: string
  readonly login?: {
    readonly username: string
    readonly password: string
    readonly turnstile?: string
  }
  readonly token?: { readonly accessToken: string; readonly userId: string }
  readonly replaceToken: boolean
  readonly json: boolean
}

/** A command line that asks for nothing that can be run; the message is for people. */
export class UsageError extends Error {}

/** @throws UsageError */
export function parseArguments(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): ConformanceOptions {
  const values = readFlags(argv)
  const type = SITE_TYPES.find((known) => known === values.type)
  if (!type) throw new UsageError(`--type must be one of: ${SITE_TYPES.join(', ')}`)
  const login = loginOf(values, env)
  const token = tokenOf(values)
  if (!login && !token) throw new UsageError('give --username and --password, or --token')
  if (values['replace-token'] && !login) throw new UsageError('--replace-token needs a login')
  return {
    type,
    origin: originOf(values.url),
    ...(login ? { login } : {}),
    ...(token ? { token } : {}),
    replaceToken: values['replace-token'] ?? false,
    json: values.json ?? false,
  }
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
        json: { type: 'boolean' },
      },
    })
    return values
  } catch (thrown) {
    throw new UsageError(thrown instanceof Error ? thrown.message : 'unreadable arguments')
  }
}

function originOf(url: string | undefined): string {
  if (url === undefined) throw new UsageError('--url is missing')
  try {
    return parseOrigin(url)
  } catch {
    throw new UsageError('--url is not a web address')
  }
}

function loginOf(
  values: Flags,
  env: Readonly<Record<string, string | undefined>>,
): ConformanceOptions['login'] {
  const { username, turnstile } = values
  if (username === undefined) return undefined
  const password = values.password ?? env['RELAYDECK_PASSWORD']
  if (password === undefined) throw new UsageError('--password or RELAYDECK_PASSWORD is missing')
  return { username, password, ...(turnstile === undefined ? {} : { turnstile }) }
}

function tokenOf(values: Flags): ConformanceOptions['token'] {
  if (values.token === undefined) return undefined
  const userId = values['user-id'] ?? ''
  if (!/^[1-9]\d*$/.test(userId)) throw new UsageError('--token needs --user-id, a number')
  return { accessToken: values.token, userId }
}
