import type { AccountAuth } from '@/src/domain/account'
import { parseOrigin } from '@/src/domain/origin'
import type { InputOf } from '@/src/messaging/protocol'

import { type FittedValues, parseRate } from './draft'

/** The message a checked draft becomes. */
export function accountOf(values: FittedValues): InputOf<'accounts.add'>['account'] {
  return {
    origin: parseOrigin(values.origin),
    siteType: values.siteType,
    userId: values.userId.trim(),
    auth: authOf(values),
    name: values.name.trim(),
    username: values.username.trim(),
    exchangeRate: parseRate(values.exchangeRate),
  }
}

/** A proof that can be typed. Sessions cannot: they are signed in for or read from a page. */
export function authOf({ method, token }: Pick<FittedValues, 'method' | 'token'>): AccountAuth {
  return method === 'token' ? { mode: 'token', accessToken: bareToken(token) } : { mode: 'cookie' }
}

/** People copy tokens out of request headers, with the scheme in front. */
export function bareToken(text: string): string {
  return text.trim().replace(/^bearer\s+/i, '')
}
