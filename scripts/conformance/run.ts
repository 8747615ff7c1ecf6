import { randomBytes } from 'node:crypto'

import { adapterFor } from '@/src/sites/registry'

import type { ConformanceOptions } from './arguments'
import { checkAnonymous } from './checks/anonymous'
import { checkDetect, checkDetectAgain, recognise, recogniseAgain } from './checks/detection'
import { checkKeys } from './checks/keys'
import { checkSessions } from './checks/own-session'
import { checkSession } from './checks/session'
import { checkTokenOnly, checkTokens, type Proven } from './checks/tokens'
import { checkDemands } from './demands'
import { createLedger, type Row } from './ledger'
import { loginOf } from './logins'
import type { Credentials } from './logins/console-login'
import { type Place, placeAt, type Subject } from './subject'

/**
 * Runs every operation of an adapter against a real server and says which hold. Changes nothing at
 * the site except its own logins, which it ends, a key, which it deletes, and, only when told to,
 * the access token.
 *
 * @throws UsageError when what was recognised needs another command line
 */
export async function runConformance(options: ConformanceOptions): Promise<readonly Row[]> {
  const ledger = createLedger(() => performance.now())
  for (const secret of secretsOf(options)) ledger.hide(secret)
  const subject = await subjectOf(placeAt(options.origin, ledger), options)
  if (!subject) return ledger.rows
  await checkAnonymous(subject)
  if (options.login) await checkLogin(subject, options, options.login)
  else if (options.token) {
    const proven = await checkTokenOnly(subject, options.token)
    if (proven) await checkKeyLife(subject, options, proven)
  }
  return ledger.rows
}

async function subjectOf(place: Place, options: ConformanceOptions): Promise<Subject | null> {
  if (options.type !== 'auto') {
    const subject = { ...place, adapter: adapterFor(options.type) }
    await checkDetect(subject)
    return subject
  }
  const subject = await recognise(place)
  if (subject) checkDemands(subject.adapter, options)
  return subject
}

function secretsOf({ login, token }: ConformanceOptions): string[] {
  return [login?.password, login?.turnstile, token?.accessToken].filter(
    (secret) => secret !== undefined,
  )
}

async function checkLogin(
  found: Subject,
  options: ConformanceOptions,
  credentials: Credentials,
): Promise<void> {
  const { ctx, adapter, ledger } = found
  const logIn = loginOf(adapter.description.type)
  if (!logIn) return
  const login = await ledger.check('log in', async () => {
    const value = await logIn(ctx, credentials)
    for (const secret of value.secrets) ledger.hide(secret)
    return { value, note: `user ${value.userId}` }
  })
  if (!login) return
  try {
    const subject = await lookAgain(found, options)
    const session = await checkSession(subject, login)
    await checkSessions(subject, credentials, login)
    if (!session) return
    const token = await checkTokens(subject, options, session)
    const { access, generation } = session
    await checkKeyLife(subject, options, { access: token ?? access, generation })
  } finally {
    await ledger.check('log out', async () => {
      await login.logOut()
      return { value: null, note: '' }
    })
  }
}

/** By the access token where there is one: that is what most accounts have. */
async function checkKeyLife(
  subject: Subject,
  options: ConformanceOptions,
  { access, generation }: Proven,
): Promise<void> {
  const { ledger } = subject
  if (options.keys) {
    await checkKeys(subject, access, generation, randomBytes(4).toString('hex'))
  } else ledger.skip('create key', 'not with --no-keys')
}

/** Detection once more, now that somebody is logged in. */
async function lookAgain(subject: Subject, { type }: ConformanceOptions): Promise<Subject> {
  if (type === 'auto') return recogniseAgain(subject)
  await checkDetectAgain(subject)
  return subject
}
