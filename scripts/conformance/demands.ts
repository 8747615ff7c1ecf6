import type { SiteAdapter } from '@/src/sites/adapter'

import type { ConformanceOptions } from './arguments'
import { loginOf } from './logins'
import { UsageError } from './usage'

/** What a family asks of the command line. @throws UsageError */
export function checkDemands({ description }: SiteAdapter, options: ConformanceOptions): void {
  const { type, authModes, userId, capabilities } = description
  const { login, token, replaceToken } = options
  if (login && !loginOf(type)) {
    throw new UsageError(`${type} has no login by password: give --token`)
  }
  if (token && !authModes.includes('token')) {
    throw new UsageError(`${type} has no access tokens: give --username and --password`)
  }
  if (token && userId === 'needed' && !/^[1-9]\d*$/.test(token.userId ?? '')) {
    throw new UsageError(`${type}: --token needs --user-id, a number`)
  }
  if (replaceToken && !capabilities.includes('access-token')) {
    throw new UsageError(`${type} has no access tokens to replace`)
  }
}
